#!/bin/sh
# Builds the .wasm beside each source in C of a folder, and in Rust if there are any, with the
# toolchain of Debian 12:
#   apt-get install clang lld wasi-libc libclang-rt-14-dev-wasm32 rustc libstd-rust-dev-wasm32
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
# Debian's own: a rustc that comes first on the PATH may have no wasm32-wasi.
rustc=/usr/bin/rustc
if [ -n "$(find . -maxdepth 1 -name '*.rs')" ] &&
    { [ ! -x $rustc ] || [ ! -d /usr/lib/rustlib/wasm32-wasi ]; }; then
    echo "build-c.sh: needs rustc libstd-rust-dev-wasm32" >&2
    exit 3
fi

status=0
check() { # check WASM: the file that was just built
    chmod 644 "$out/$1"
    cmp -s "$out/$1" "$1" || { echo "$1 differs from its source" >&2; status=1; }
}
# In two steps: with -Os clang would run a wasm-opt that it finds on the machine after linking.
object=$(mktemp)
trap 'rm -f "$object"; [ "$out" = . ] || rm -rf "$out"' EXIT
for source in *.c; do
    wasm=${source%.c}.wasm
    clang-14 --target=wasm32-wasi --sysroot=/usr -Os -Wall -Wextra -Werror -c -o "$object" "$source"
    clang-14 --target=wasm32-wasi --sysroot=/usr -Wl,--strip-all -o "$out/$wasm" "$object"
    check "$wasm"
done
for source in *.rs; do
    [ -e "$source" ] || continue
    wasm=${source%.rs}.wasm
    "$rustc" --target wasm32-wasi --edition 2021 -O -C panic=abort -C strip=symbols \
        -C linker=wasm-ld -o "$out/$wasm" "$source"
    check "$wasm"
done
exit $status
