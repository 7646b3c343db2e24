#!/bin/bash
# Cold starts: how long from the command to the first answer of a server with ten routes, and how
# long the first and the second request of each module take then; with a warm cache of modules.
#
#   benchmarks/cold.sh [STARTS=5] [JSON=benchmarks/target/cold.json]
#
# The table shows medians. Installs curl from Debian if it is missing (as root).
set -euo pipefail
cd "$(dirname "$0")/.."
starts=${1:-5}
json=${2:-benchmarks/target/cold.json}

. benchmarks/server.sh
need curl
address=http://127.0.0.1:18085
names=(hello.wasm env.wasm echo.wasm form.wasm index.wasm)
php=examples/php/php-cgi-8.2.0.wasm
{
    printf '[server]\nlisten = "127.0.0.1:18085"\nadmin-listen = "127.0.0.1:0"\n'
    for name in "${names[@]}"; do
        for copy in a b; do
            printf '[[route]]\npath = "/%s/%s"\nmodule = "%s"\n' $copy "$name" "$PWD/examples/cgi-wasm/$name"
        done
    done
} >"$work/jetway.toml"
if [ "${PHP:-}" = 1 ]; then
    names+=(php)
    mkdir "$work/www"
    echo '<?php echo "hi";' >"$work/www/hi.php"
    {
        printf '[[route]]\npath = "/a/php"\nmodule = "%s"\nvolumes = { "/www" = "%s/www" }\n' "$PWD/$php" "$work"
        printf 'environment = { SCRIPT_FILENAME = "/www/hi.php", REDIRECT_STATUS = "200" }\n'
    } >>"$work/jetway.toml"
fi

now() { date +%s%N; }
for start in $(seq 0 "$starts"); do
    begin=$(now)
    serve
    POLL=0.005 answers $address/a/hello.wasm
    ready=$((($(now) - begin) / 1000))
    # The first start fills the cache.
    [ "$start" = 0 ] || echo "start $ready" >>"$work/result"
    for name in "${names[@]:1}"; do
        for request in first second; do
            took=$(curl -s -o "$work/out" -w '%{time_total}' "$address/a/$name")
            [ "$start" = 0 ] || echo "$name-$request $(awk "BEGIN { print int($took * 1e6) }")" >>"$work/result"
        done
    done
    [ "$start" = 0 ] || sed -n 's/^ *[^ ]* *→ *\([^ ]*\) *from the cache in \([0-9.]*\) ms.*/\1-load \2/p' "$work/log" |
        awk '!seen[$1]++ { print $1, int($2 * 1000) }' >>"$work/result"
    stop
done

median() { # what, in ms
    awk -v n="$1" '$1 == n { print $2 / 1000 }' "$work/result" | sort -n |
        awk '{ v[NR] = $1 } END { print NR ? v[int((NR + 1) / 2)] : "-" }'
}
echo "machine: $machine; medians of $starts starts"
echo "from the command to the first answer: $(median start) ms"
echo
echo '| module | load from disk ms | first request ms | second request ms |'
echo '|---|---|---|---|'
mkdir -p "$(dirname "$json")"
{
    printf '{"machine":"%s","starts":%d,"first_answer_ms":%s,"rows":[' "$machine" "$starts" "$(median start)"
    comma=
    for name in "${names[@]:1}"; do
        module=$name
        [ "$name" != php ] || module=$(basename "$php")
        printf '| %s | %s | %s | %s |\n' "$name" "$(median "$module-load")" "$(median "$name-first")" \
            "$(median "$name-second")" >&3
        printf '%s{"module":"%s","first_ms":%s,"second_ms":%s}' "$comma" "$name" \
            "$(median "$name-first")" "$(median "$name-second")"
        comma=,
    done
    printf ']}\n'
} 3>&1 >"$json"
echo
echo "JSON: $json"
