#!/usr/bin/env python3
import html
import os
import sys
from urllib.parse import parse_qs

name = parse_qs(os.environ.get("QUERY_STRING", "")).get("name", ["world"])[0]
body = sys.stdin.buffer.read()
print("Content-Type: text/html; charset=utf-8\n")
print(f"<p>Hello, {html.escape(name)}, from Python {sys.version.split()[0]}</p>")
if body:
    print(f"<p>{len(body)} bytes of body</p>")
