#!/bin/sh
# Builds the .wasm beside each source in C of a folder, with the toolchain of Debian 12:
#   apt-get install clang lld wasi-libc libclang-rt-14-dev-wasm32
#
#   examples/build-c.sh FOLDER [--check]
#
# With --check it builds elsewhere and compares: 0 all the same, 1 some differ, 3 no toolchain.
set -eu

out=.
if [ $# -eq 2 ] && [ "$2" = --check ]; then
    out=$(mktemp -d)
    trap 'rm -rf "$out"' EXIT
elif [ $# -ne 1 ]; then
    echo "usage: build-c.sh FOLDER [--check]" >&2
    exit 2
fi
cd "$1"
if ! command -v clang-14 >/dev/null || ! command -v wasm-ld >/dev/null ||
    [ ! -e /usr/lib/wasm32-wasi/libc.a ] ||
    [ ! -e /usr/lib/llvm-14/lib/clang/14.0.6/lib/wasi/libclang_rt.builtins-wasm32.a ]; then
    echo "build-c.sh: needs clang lld wasi-libc libclang-rt-14-dev-wasm32" >&2
    exit 3
fi

status=0
for source in *.c; do
    wasm=${source%.c}.wasm
    clang-14 --target=wasm32-wasi --sysroot=/usr -Os -Wall -Wextra -Werror -Wl,--strip-all \
        -o "$out/$wasm" "$source"
    chmod 644 "$out/$wasm"
    cmp -s "$out/$wasm" "$wasm" || { echo "$wasm differs from its source" >&2; status=1; }
done
exit $status
