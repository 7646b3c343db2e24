#!/bin/bash
# Programs that compute: as guests of Jetway, native (gcc -O2), and in Node's WASI. Prints the
# milliseconds of each and ratios to native; writes them as JSON.
#
#   benchmarks/cpu.sh [RUNS=7] [JSON=benchmarks/target/cpu.json]
#
# The module is one and the same. The table shows the medians of the last runs; the first two of
# each process, in which the engines still compile, are left out. Installs what is missing from Debian.
set -euo pipefail
cd "$(dirname "$0")/.."
runs=${1:-7}
json=${2:-benchmarks/target/cpu.json}

. benchmarks/server.sh
need gcc curl clang-14:clang wasm-ld:lld node:nodejs
[ -d /usr/lib/wasm32-wasi ] || packages wasi-libc libclang-rt-14-dev-wasm32

# In two steps: with -O2 clang would run a wasm-opt that it finds on the machine after linking.
clang-14 --target=wasm32-wasi --sysroot=/usr -O2 -c -o "$work/cpu.o" benchmarks/guests/cpu.c
clang-14 --target=wasm32-wasi --sysroot=/usr -o "$work/cpu.wasm" "$work/cpu.o"
gcc -O2 -o "$work/cpu" benchmarks/guests/cpu.c
cat >"$work/node.mjs" <<'JS'
import { readFile } from 'node:fs/promises';
import { WASI } from 'node:wasi';
const module = await WebAssembly.compile(await readFile(process.argv[2]));
for (let i = 0; i < 3; i++) {
    const wasi = new WASI({ version: 'preview1', args: ['cpu'] });
    wasi.start(await WebAssembly.instantiate(module, wasi.getImportObject()));
}
JS
cat >"$work/jetway.toml" <<CONF
[server]
listen = "127.0.0.1:18084"
admin-listen = "127.0.0.1:0"
[[route]]
path = "/cpu"
module = "$work/cpu.wasm"
CONF
serve
answers http://127.0.0.1:18084/cpu
for _ in $(seq $((runs + 2))); do
    curl -sf http://127.0.0.1:18084/cpu >>"$work/jetway.runs"
    "$work/cpu" >>"$work/native.runs"
done
# Of three runs in a process the last: with more of them Node's WASI has been seen to crash.
for _ in $(seq "$runs"); do
    node --no-warnings "$work/node.mjs" "$work/cpu.wasm" | tail -n 7 >>"$work/node.runs"
done
[ "$(grep -h ^sum "$work"/*.runs | sort -u | wc -l)" = 1 ] || { echo "they differ in what they compute" >&2; exit 1; }

median() { # engine, program
    awk -v n="$2" '$1 == n { print $2 }' "$work/$1.runs" | tail -n "$runs" | sort -n |
        awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
}
over() { awk "BEGIN { printf \"%.2f\", $1 / $2 }"; }

echo "machine: $machine; medians of $runs runs; Node $(node --version), $(gcc --version | head -1)"
echo
echo '| program | native ms | Jetway ms | Node ms | Jetway of native | Node of native |'
echo '|---|---|---|---|---|---|'
mkdir -p "$(dirname "$json")"
{
    printf '{"machine":"%s","runs":%d,"rows":[' "$machine" "$runs"
    comma=
    for name in sieve qsort hash sprintf matrix calls; do
        native=$(median native $name) jetway=$(median jetway $name) node=$(median node $name)
        printf '| %s | %s | %s | %s | %s | %s |\n' "$name" "$native" "$jetway" "$node" \
            "$(over "$jetway" "$native")" "$(over "$node" "$native")" >&3
        printf '%s{"program":"%s","native_ms":%s,"jetway_ms":%s,"node_ms":%s}' "$comma" "$name" \
            "$native" "$jetway" "$node"
        comma=,
    done
    printf ']}\n'
} 3>&1 >"$json"
echo
echo "JSON: $json"
