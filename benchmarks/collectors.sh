#!/bin/bash
# Compares collectors and heap flags of the JVM by what `hello` does with them: requests/s at full
# load; p50, p99 and p99.9 at about half of it, and there from a guest's admission to its first
# instruction (upper bounds, of the server's own histogram); writes the table as JSON.
#
#   benchmarks/collectors.sh [SECONDS=5] [ROUNDS=3] [JSON=benchmarks/target/collectors.json]
#
# One server after another in each round; the table shows the medians. Half of the load comes from 64
# connections that wait between two requests. Installs wrk and curl from Debian if they are missing.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-5}
rounds=${2:-3}
json=${3:-benchmarks/target/collectors.json}

. benchmarks/server.sh
need wrk curl

admin=18091
address=http://127.0.0.1:18090/hello
cat >"$work/jetway.toml" <<CONF
[server]
listen = "127.0.0.1:18090"
admin-listen = "127.0.0.1:$admin"
[[route]]
path = "/hello"
module = "$PWD/examples/cgi-wasm/hello.wasm"
CONF
cat >"$work/report.lua" <<'LUA'
local pause = tonumber(os.getenv("PAUSE") or "0")
if pause > 0 then
    function delay() return math.random(0, 2 * pause) end
end
function done(summary, latency)
    io.write(string.format("result %d %d %d %d\n", summary.requests / (summary.duration / 1e6),
        latency:percentile(50), latency:percentile(99), latency:percentile(99.9)))
end
LUA

sets=(
    "G1 (the JVM's choice)|"
    "G1, heap of 512 MiB|-Xmx512m"
    "G1, heap of 512 MiB, young 300 MiB|-Xmx512m -Xmn300m"
    "Parallel|-XX:+UseParallelGC"
    "Serial|-XX:+UseSerialGC"
    "ZGC|-XX:+UseZGC"
)

load() { # connections, seconds, pause in ms: requests/s and three percentiles
    PAUSE=$3 wrk -t2 -c"$1" -d"$2s" -s "$work/report.lua" $address | awk '$1 == "result" { print $2, $3, $4, $5 }'
}

for _ in $(seq "$rounds"); do
    for i in "${!sets[@]}"; do
        JETWAY_JAVA_OPTS=${sets[$i]#*|} serve
        answers $address
        load 16 8 0 >"$work/out"
        full=$(load 16 "$seconds" 0)
        peak=${full%% *}
        # 64 connections, each with one request in this many milliseconds.
        starts >"$work/before"
        half=$(load 64 "$seconds" $((64 * 2000 / peak > 0 ? 64 * 2000 / peak : 1)))
        starts >"$work/after"
        echo "$peak ${half#* } ${half%% *} $(resident) $(start_quantile 0.5 "$work/before" "$work/after")" \
            "$(start_quantile 0.99 "$work/before" "$work/after")" >>"$work/$i.result"
        stop
    done
done

median() { awk -v c="$2" '{ print $c }' "$work/$1.result" | sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
echo "machine: $machine; medians of $rounds rounds of $seconds s"
echo
echo '| collector | requests/s | at | p50 µs | p99 µs | p99.9 µs | first instruction p50 | p99 | resident MB |'
echo '|---|---|---|---|---|---|---|---|---|'
mkdir -p "$(dirname "$json")"
{
    printf '{"machine":"%s","seconds":%d,"rounds":%d,"rows":[' "$machine" "$seconds" "$rounds"
    comma=
    for i in "${!sets[@]}"; do
        printf '| %s | %s | %s/s | %s | %s | %s | ≤ %s | ≤ %s | %s |\n' "${sets[$i]%%|*}" "$(median "$i" 1)" \
            "$(median "$i" 5)" "$(median "$i" 2)" "$(median "$i" 3)" "$(median "$i" 4)" \
            "$(median "$i" 7)" "$(median "$i" 8)" "$(median "$i" 6)" >&3
        printf '%s{"flags":"%s","requests_per_second":%s,"half_load":%s,"p50_us":%s,"p99_us":%s,"p999_us":%s,"start_p50_us":%s,"start_p99_us":%s,"resident_mb":%s}' \
            "$comma" "${sets[$i]#*|}" "$(median "$i" 1)" "$(median "$i" 5)" "$(median "$i" 2)" \
            "$(median "$i" 3)" "$(median "$i" 4)" "$(median "$i" 7)" "$(median "$i" 8)" "$(median "$i" 6)"
        comma=,
    done
    printf ']}\n'
} 3>&1 >"$json"
echo
echo "JSON: $json"
