#!/bin/bash
# The tail of hello's latency at half of Jetway's peak, beside a bare Jetty handler at the same rate.
#
#   benchmarks/tails.sh [SECONDS=10] [CONNECTIONS=16] [ROUNDS=5]
#
# Each round asks both servers, one after the other; the table shows the medians of the rounds. The load
# generator, on the same machine, sends at equal distances, and a latency begins when its request was due
# (h2load sends what is due in bursts of 10 ms, at the peak's rate). Installs what is missing from Debian (as root).
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-10}
connections=${2:-16}
rounds=${3:-5}

. benchmarks/java.sh
. benchmarks/server.sh
need wrk curl

bare=http://127.0.0.1:18081/
jetway=http://127.0.0.1:18082/hello
{
    printf '[server]\nlisten = "127.0.0.1:18082"\nadmin-listen = "127.0.0.1:0"\n'
    printf '[[route]]\npath = "/hello"\nmodule = "%s"\n' "$PWD/examples/cgi-wasm/hello.wasm"
} >"$work/jetway.toml"
"$java" -cp "benchmarks/target/jetway-benchmarks.jar:benchmarks/target/lib/*" \
    dev.jetway.benchmarks.BareServer 18081 >"$work/bare.log" 2>&1 &
pids+=("$!")
serve
answers $jetway
answers $bare

# Warm up: the JVM compiles what it sees often.
for url in $bare $jetway $bare $jetway; do wrk -t1 -c"$connections" -d8s "$url" >"$work/out"; done
peak=$(wrk -t1 -c"$connections" -d5s $jetway | awk '/Requests\/sec/ { print int($2) }')
rate=$((peak / 2))

# tail_of PORT: milliseconds of the 50th, 99th and 99.9th percentile.
tail_of() {
    "$java" -XX:+UseSerialGC -cp benchmarks/target/jetway-benchmarks.jar dev.jetway.benchmarks.SteadyLoad \
        "$1" /hello "$connections" "$rate" "$seconds"
}

for ((round = 0; round < rounds; round++)); do
    tail_of 18081 >>"$work/bare"
    tail_of 18082 >>"$work/jetway"
done


echo "machine: $machine"
echo "$rate requests/s on $connections connections (Jetway's peak: $peak)"
echo
echo "| what | p50 ms | p99 ms | p99.9 ms |"
echo "|---|---|---|---|"
for what in bare jetway; do
    printf '| %s |' $what
    for column in 1 2 3; do printf ' %s |' "$(cut -d' ' -f$column "$work/$what" | median)"; done
    echo
done
printf '\np99.9 of bare Jetty: '
paste -d' ' "$work/jetway" "$work/bare" | awk '{ print $3 / $6 }' | median
