#!/bin/bash
# Large bodies and slow clients: what 1 GB through the server costs in memory, and what slow readers
# and slow senders cost a neighbour.
#
#   benchmarks/streams.sh [SECONDS=10] [SLOW=1000]
#
# The guest of the uploads takes a SHA-256 of all that it reads.
#
# Installs wrk and curl from Debian if they are missing (as root).
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-10}
slow=${2:-1000}

. benchmarks/java.sh
ulimit -n 16384

. benchmarks/server.sh
need wrk curl

port=18084
admin=18085
gigabyte=1000000000
cat >"$work/jetway.toml" <<EOF
[server]
listen = "127.0.0.1:$port"
admin-listen = "127.0.0.1:$admin"
[limits]
request-body = "2GiB"
[[route]]
path = "/hello"
module = "$PWD/examples/cgi-wasm/hello.wasm"
[[route]]
path = "/probe"
module = "$PWD/examples/cgi-wasm/cgi-probe.wasm"
[[route]]
path = "/stream"
module = "$PWD/examples/cgi-wasm/cgi-probe.wasm"
request-body = "stream"
[[route]]
path = "/echo"
module = "$PWD/examples/cgi-wasm/echo.wasm"
request-body = "stream"
EOF
serve
url=http://127.0.0.1:$port
answers $url/hello

threads() { awk '$1 == "Threads:" { print $2 }' /proc/$server/status; }
micros='function micros(t) { return t ~ /us$/ ? t + 0 : t ~ /ms$/ ? t * 1000 : t * 1000000 }'
hello() { # prints requests/s, p50 and p99 in µs
    wrk -t1 -c4 -d"${seconds}s" --latency $url/hello | awk "$micros"'
        $1 == "50%" { p50 = micros($2) } $1 == "99%" { p99 = micros($2) }
        /Non-2xx|Socket errors/ { bad = "  " $0 }
        $1 == "Requests/sec:" { printf "%d %d %d%s\n", $2, p50, p99, bad }'
}

echo "machine: $machine"
wrk -t1 -c4 -d8s $url/hello >/dev/null

large() { # name, then curl's arguments
    local name=$1 before peak=0 now took
    shift
    before=$(resident)
    curl -s -o "$work/out" -w '%{http_code} %{time_total} %{size_upload} %{size_download}\n' "$@" \
        >"$work/curl" &
    local curl=$!
    while kill -0 $curl 2>/dev/null; do
        now=$(resident)
        [ "$now" -le "$peak" ] || peak=$now
        sleep 0.1
    done
    took=$(awk '{ printf "status %s, %.0f MB sent, %.0f MB received, %.0f MB/s", $1, $3 / 1e6,
        $4 / 1e6, ($3 > $4 ? $3 : $4) / 1e6 / $2 }' "$work/curl")
    printf '%-28s %s; resident %d MB before, %d MB at most, %d MB after\n' "$name" "$took" \
        "$before" "$peak" "$(resident)"
    rm -f "$work/out"
}
for round in 1 2; do
    large "download, round $round" -H "X-Probe: body=$gigabyte, chunk=65536" $url/probe
    head -c $gigabyte /dev/zero |
        large "upload streamed, round $round" -T - -H 'Expect:' -X POST $url/stream
    head -c $gigabyte /dev/zero |
        large "upload buffered, round $round" -T - -H 'Expect:' -X POST $url/probe
    head -c $gigabyte /dev/zero |
        large "echo both ways, round $round" -T - -H 'Expect:' -X POST "$url/echo?raw"
done

printf '%-44s %s\n' 'hello, 4 connections' 'requests/s, p50 µs, p99 µs'
printf '%-44s %s\n' 'without slow clients' "$(hello)"
"$java" -cp "benchmarks/target/jetway-benchmarks.jar:benchmarks/target/lib/*" \
    dev.jetway.benchmarks.SlowClients $port "$slow" /probe /probe >"$work/slow.log" &
pids+=($!)
for _ in $(seq 600); do
    grep -q ready "$work/slow.log" && break
    sleep 0.1
done
sleep 2
echo "$slow slow readers and $slow slow senders: $(gauge jetway_parked_guests) guests parked," \
    "resident $(resident) MB, threads $(threads)"
printf '%-44s %s\n' "with $slow slow readers and senders each" "$(hello)"
echo "cut off meanwhile: $(awk '$1 == "lost" { n += $2 } END { print n + 0 }' "$work/slow.log")"
kill "${pids[-1]}"
sleep 3
echo "after they have left: $(gauge jetway_parked_guests) guests parked, $(gauge jetway_running_guests)" \
    "running, resident $(resident) MB, threads $(threads)"
