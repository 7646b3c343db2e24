#!/bin/bash
# Hostile and normal load together for as long as asked; then whether anything is left.
#
#   benchmarks/mixed.sh [MINUTES=20] [AT_ONCE=8] [SEED=1]
#
# AT_ONCE guests of the hostile corpus run all the time, chosen by chance, while four connections ask a
# well-behaved site, each every 5 ms. Before (after a warm-up with the same load) and afterwards: heap
# after a collection, threads, descriptors, temporary files. Ends with 1 if more is left than SLACK.
# Installs curl from Debian if it is missing (as root).
set -euo pipefail
cd "$(dirname "$0")/.."
minutes=${1:-20}
at_once=${2:-8}
seed=${3:-1}

. benchmarks/java.sh
. benchmarks/hostile-site.sh
. benchmarks/server.sh
need curl
port=18092
admin=18093
hostile_volume "$work/in/volume"
{
    printf '[server]\nlisten = "127.0.0.1:%d"\nadmin-listen = "127.0.0.1:%d"\n%s\n' $port $admin "${SETTINGS:-}"
    printf '[limits]\ntime = "500ms"\nmemory = "16MiB"\nresponse-body = "1MiB"\nstderr = "4KiB"\n'
    printf '[[site]]\nname = "good"\nhosts = ["good.test"]\n'
    printf '[[site.route]]\npath = "/hello"\nmodule = "%s"\n' "$PWD/examples/cgi-wasm/hello.wasm"
    hostile_site "$PWD/examples/hostile" "$work/in/volume"
} >"$work/jetway.toml"
mkdir "$work/tmp"
JETWAY_JAVA_OPTS="-Xmx512m -Djava.io.tmpdir=$work/tmp ${JETWAY_JAVA_OPTS:-}" \
    serve
answers -H 'Host: good.test' http://127.0.0.1:$port/hello

load() { # load SECONDS
    "$java" -cp "benchmarks/target/jetway-benchmarks.jar:benchmarks/target/lib/*" \
        dev.jetway.benchmarks.MixedLoad $port examples/hostile/expected.txt "$at_once" "$1" "$seed"
}
state() { # state NAME: sets heap (KiB), threads, descriptors, files
    sleep 75 # for threads without work to end
    for _ in 1 2 3; do "${java%java}jcmd" $server GC.run >"$work/out"; done
    sleep 1
    heap=$(($(gauge 'jvm_memory_bytes_used{area="heap",}') / 1024))
    threads=$(gauge jvm_threads_current)
    descriptors=$(find /proc/$server/fd -mindepth 1 | wc -l)
    files=$(find "$work/tmp" -type f | wc -l)
    echo "$1: heap $heap KiB, threads $threads, descriptors $descriptors, temporary files $files," \
        "threads with the JVM's own $(awk '$1 == "Threads:" { print $2 }' /proc/$server/status)," \
        "resident $(awk '$1 == "VmRSS:" { print $2 }' /proc/$server/status) KiB," \
        "running $(gauge jetway_running_guests), overdue $(gauge jetway_overdue_guests)," \
        "guests' memory $(gauge jetway_guest_memory_bytes)"
}

echo "machine: $machine"
load "${WARM_UP:-60}" >"$work/warm"
state before
before=("$heap" "$threads" "$descriptors" "$files")
load $((minutes * 60))
state after

left=0
leak() { # leak WHAT BEFORE AFTER SLACK
    [ "$3" -le $(($2 + $4)) ] || { echo "left: $1: $2 before, $3 after"; left=1; }
}
leak 'heap (KiB)' "${before[0]}" "$heap" 4096
# Pools give up idle threads one by one: the longer load may leave some more for a while.
leak threads "${before[1]}" "$threads" 16
leak descriptors "${before[2]}" "$descriptors" 2
leak 'temporary files' "${before[3]}" "$files" 0
leak 'errors in the log' 0 "$(grep -cE ' ERROR |OutOfMemoryError|^	at ' "$work/log" || true)" 0
[ $left = 0 ]
echo "nothing is left"
