#!/bin/sh
# Builds go-cgi.wasm (4 MB) from main.go; does nothing if it is newer than its source.
# With Go 1.22 or newer on the PATH it uses that. Else it takes Go 1.23 from Debian's backports, whose
# signature apt verifies, into the folder toolchain beside this file (300 MB, removed by hand): nothing
# else of the machine is changed, and it need not be root.
#
#   examples/go-cgi/build.sh
set -eu
cd "$(dirname "$0")"
folder=$(pwd)
module='go-cgi.wasm'

fail() {
    echo "build.sh: $*" >&2
    exit 1
}

[ ! -f "$module" ] || [ -n "$(find main.go go.mod build.sh -newer "$module")" ] || exit 0

is_new() { # is_new GO: 1.22 is the first with patterns of methods in net/http
    "$1" version 2>/dev/null | grep -Eq 'go(1\.(2[2-9]|[3-9][0-9])|[2-9])'
}

fetch() {
    keyring=/usr/share/keyrings/debian-archive-keyring.gpg
    if ! command -v apt-get >/dev/null || [ ! -f $keyring ]; then
        fail "needs Go 1.22 or newer, or Debian to take it from"
    fi
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    # shellcheck disable=SC2016 # apt's own variables
    mirror=$(apt-get indextargets --format '$(SITE) $(RELEASE)' 'Created-By: Packages' |
        sed -n 's/ bookworm$//p' | head -n 1)
    [ -n "$mirror" ] || fail "needs Go 1.22 or newer; this is no Debian 12 to take it from"
    echo "deb [signed-by=$keyring] $mirror bookworm-backports main" >"$work/backports.list"
    mkdir -p "$work/lists/partial" "$work/cache/archives/partial"
    chmod 755 "$work"
    apt() {
        apt-get -qq -o Dir::Etc::sourcelist="$work/backports.list" -o Dir::Etc::sourceparts=- \
            -o Dir::State::Lists="$work/lists" -o Dir::Cache="$work/cache" \
            -o APT::Sandbox::User=root "$@"
    }
    apt update || fail "apt could not read $mirror bookworm-backports"
    (cd "$work" && apt download golang-1.23-go golang-1.23-src) || fail "apt could not fetch Go 1.23"
    rm -rf toolchain.new
    for package in "$work"/golang*.deb; do
        dpkg -x "$package" toolchain.new
    done
    # Debian keeps the sources apart, behind links from the root.
    for part in src api misc test; do
        ln -sfn "../../share/go-1.23/$part" "toolchain.new/usr/lib/go-1.23/$part"
    done
    rm -rf toolchain
    mv toolchain.new toolchain
}

go=go
if ! is_new "$go"; then
    go=$folder/toolchain/usr/lib/go-1.23/bin/go
    is_new "$go" || fetch
    export GOROOT="$folder/toolchain/usr/lib/go-1.23" GOCACHE="$folder/toolchain/cache"
fi
GOTOOLCHAIN=local GOFLAGS=-mod=mod GOOS=wasip1 GOARCH=wasm \
    "$go" build -trimpath -ldflags='-s -w' -o "$module.new" .
mv "$module.new" "$module"
echo "built $folder/$module"
