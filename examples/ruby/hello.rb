#!/usr/bin/env ruby
require "cgi"

cgi = CGI.new
name = cgi.params.fetch("name", ["world"]).first
print "Content-Type: text/html; charset=utf-8\r\n\r\n"
puts "<p>Hello, #{CGI.escapeHTML(name)}, from Ruby #{RUBY_VERSION}</p>"
