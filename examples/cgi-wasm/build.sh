#!/bin/sh
# Builds the .wasm beside each source, with the toolchains of Debian 12:
#   apt-get install clang lld wasi-libc libclang-rt-14-dev-wasm32 rustc libstd-rust-dev-wasm32
# With --check it builds elsewhere and compares: 0 all the same, 1 some differ, 3 no toolchain.
set -eu
cd "$(dirname "$0")"

out=.
if [ "${1:-}" = --check ]; then
    out=$(mktemp -d)
    trap 'rm -rf "$out"' EXIT
elif [ $# -gt 0 ]; then
    echo "usage: build.sh [--check]" >&2
    exit 2
fi

rustc=/usr/bin/rustc
if ! command -v clang-14 >/dev/null || ! command -v wasm-ld >/dev/null || [ ! -x "$rustc" ] ||
    [ ! -d /usr/lib/wasm32-wasi ] ||
    [ ! -d "$("$rustc" --print sysroot)/lib/rustlib/wasm32-wasi" ]; then
    echo "build.sh: a toolchain is missing: apt-get install clang lld wasi-libc" \
        "libclang-rt-14-dev-wasm32 rustc libstd-rust-dev-wasm32" >&2
    exit 3
fi

for source in *.c; do
    clang-14 --target=wasm32-wasi --sysroot=/usr -Os -Wall -Wextra -Werror -Wl,--strip-all \
        -o "$out/${source%.c}.wasm" "$source"
done
for source in *.rs; do
    "$rustc" --target wasm32-wasi --edition 2021 -O -C panic=abort -C strip=symbols \
        -C linker=wasm-ld -o "$out/${source%.rs}.wasm" "$source"
done

status=0
if [ "$out" != . ]; then
    for built in "$out"/*.wasm; do
        name=$(basename "$built")
        cmp -s "$built" "$name" || { echo "$name differs from its source" >&2; status=1; }
    done
fi
exit $status
