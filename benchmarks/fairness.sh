#!/bin/bash
# What tenants that loop without end cost their neighbours: 30 well-behaved sites alone, with 200
# endless loops of 20 other sites beside them, and alone again.
#
#   benchmarks/fairness.sh [SECONDS=60] [LOOPS=200] [BAD_SITES=20] [GOOD_SITES=30]
#
# Eight connections ask the well-behaved sites in turn, each every 5 ms.
# Installs curl from Debian if it is missing (as root).
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-60}
loops=${2:-200}
bad=${3:-20}
good=${4:-30}

. benchmarks/java.sh
. benchmarks/server.sh
need curl

port=18086
admin=18087
echo '(module (func (export "_start") (loop (br 0))))' >"$work/loop.wat"
{
    printf '[server]\nlisten = "127.0.0.1:%d"\nadmin-listen = "127.0.0.1:%d"\n%s\n' $port $admin "${SETTINGS:-}"
    for i in $(seq 0 $((bad - 1))); do
        printf '[[site]]\nname = "bad%d"\nhosts = ["bad%d.test"]\n' "$i" "$i"
        printf '[[site.route]]\npath = "/loop"\nmodule = "loop.wat"\n'
    done
    for i in $(seq 0 $((good - 1))); do
        printf '[[site]]\nname = "good%d"\nhosts = ["good%d.test"]\n' "$i" "$i"
        printf '[[site.route]]\npath = "/hello"\nmodule = "%s"\n' "$PWD/examples/cgi-wasm/hello.wasm"
    done
} >"$work/jetway.toml"
serve
answers -H 'Host: good0.test' http://127.0.0.1:$port/hello

state() {
    "${java%java}jcmd" $server GC.run >"$work/out"
    sleep 1
    echo "$1: heap $(curl -s http://127.0.0.1:$admin/metrics |
        awk '$1 == "jvm_memory_bytes_used{area=\"heap\",}" { print int($2 / 1024) }') KiB," \
        "threads $(awk '$1 == "Threads:" { print $2 }' /proc/$server/status)," \
        "descriptors $(find /proc/$server/fd | wc -l)," \
        "running $(gauge jetway_running_guests), long-running $(gauge jetway_long_running_guests)," \
        "waiting $(gauge jetway_waiting_requests), overdue $(gauge jetway_overdue_guests)"
}

echo "machine: $machine"
echo "$good well-behaved sites; $loops endless loops of $bad sites"
"$java" -cp "benchmarks/target/jetway-benchmarks.jar:benchmarks/target/lib/*" \
    dev.jetway.benchmarks.Neighbours $port 30 1 0 5 >"$work/warm"
sleep 75 # for threads without work to end
state before
"$java" -cp "benchmarks/target/jetway-benchmarks.jar:benchmarks/target/lib/*" \
    dev.jetway.benchmarks.Neighbours $port "$good" "$bad" "$loops" "$seconds" >"$work/client" &
client=$!
pids+=("$client")
until grep -q looping "$work/client" 2>/dev/null; do sleep 0.2; done
echo "meanwhile: running $(gauge jetway_running_guests), long-running $(gauge jetway_long_running_guests)," \
    "waiting $(gauge jetway_waiting_requests)"
wait $client
cat "$work/client"
sleep 75 # for threads without work to end
state after
