#!/bin/sh
# Builds the .wasm beside each source, with the toolchains of Debian 12:
#   apt-get install clang lld wasi-libc libclang-rt-14-dev-wasm32 rustc libstd-rust-dev-wasm32
# The same sources give the same bytes. With --check it builds elsewhere and compares with the
# committed files: 0 all the same, 1 some differ (their names are printed), 3 no toolchain.
set -eu
cd "$(dirname "$0")"

out=.
if [ "${1:-}" = --check ] && [ $# -eq 1 ]; then
    out=$(mktemp -d)
    trap 'rm -rf "$out"' EXIT
elif [ $# -gt 0 ]; then
    echo "usage: build.sh [--check]" >&2
    exit 2
fi

# Debian's own: a rustc that comes first on the PATH may have no wasm32-wasi.
rustc=/usr/bin/rustc

missing=
need() { # need PACKAGE COMMAND...: the package is missing if the command fails
    package=$1
    shift
    "$@" >/dev/null 2>&1 || missing="$missing $package"
}
need clang command -v clang-14
need lld command -v wasm-ld
need wasi-libc test -e /usr/lib/wasm32-wasi/libc.a
need libclang-rt-14-dev-wasm32 \
    test -e /usr/lib/llvm-14/lib/clang/14.0.6/lib/wasi/libclang_rt.builtins-wasm32.a
need rustc test -x "$rustc"
need libstd-rust-dev-wasm32 test -d /usr/lib/rustlib/wasm32-wasi
if [ -n "$missing" ]; then
    echo "build.sh: missing:$missing" >&2
    echo "Install with: apt-get install$missing" >&2
    exit 3
fi

# In two steps: with -Os clang would run a wasm-opt that it finds on the machine after linking.
object=$(mktemp)
trap 'rm -f "$object"; [ "$out" = . ] || rm -rf "$out"' EXIT
for source in *.c; do
    clang-14 --target=wasm32-wasi --sysroot=/usr -Os -Wall -Wextra -Werror -c -o "$object" "$source"
    clang-14 --target=wasm32-wasi --sysroot=/usr -Wl,--strip-all -o "$out/${source%.c}.wasm" "$object"
done
for source in *.rs; do
    "$rustc" --target wasm32-wasi --edition 2021 -O -C panic=abort -C strip=symbols \
        -C linker=wasm-ld -o "$out/${source%.rs}.wasm" "$source"
done
chmod 644 "$out"/*.wasm

[ "$out" != . ] || exit 0
status=0
for wasm in *.wasm; do
    [ -e "$out/$wasm" ] || { echo "$wasm has no source" >&2; status=1; }
done
for built in "$out"/*.wasm; do
    wasm=${built##*/}
    cmp -s "$built" "$wasm" || { echo "$wasm differs from its source" >&2; status=1; }
done
exit $status
