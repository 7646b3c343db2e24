#!/bin/bash
# What each guest of the hostile corpus costs its neighbour: one after the other, each asked for again
# and again, while four connections ask a well-behaved site, each every 5 ms.
#
#   benchmarks/hostile.sh [SECONDS=3] [FOLDER=benchmarks/target]
#
# Writes hostile.md and hostile.json to the folder. Installs curl from Debian if it is missing (as root).
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-3}
results=${2:-benchmarks/target}
mkdir -p "$results"

. benchmarks/java.sh
. benchmarks/hostile-site.sh
. benchmarks/server.sh
need curl
port=18090
admin=18091
hostile_volume "$work/in/volume"
{
    printf '[server]\nlisten = "127.0.0.1:%d"\nadmin-listen = "127.0.0.1:%d"\n%s\n' $port $admin "${SETTINGS:-}"
    printf '[limits]\ntime = "500ms"\nmemory = "16MiB"\nresponse-body = "1MiB"\nstderr = "4KiB"\n'
    printf '[[site]]\nname = "good"\nhosts = ["good.test"]\n'
    printf '[[site.route]]\npath = "/hello"\nmodule = "%s"\n' "$PWD/examples/cgi-wasm/hello.wasm"
    hostile_site "$PWD/examples/hostile" "$work/in/volume"
} >"$work/jetway.toml"
serve
answers -H 'Host: good.test' http://127.0.0.1:$port/hello

"$java" -cp "benchmarks/target/jetway-benchmarks.jar:benchmarks/target/lib/*" \
    dev.jetway.benchmarks.HostileTable $port $admin examples/hostile/expected.txt "$seconds" "$results"
{
    echo "machine: $machine"
    cat "$results/hostile.md"
    echo
    echo "overdue guests at the end: $(gauge jetway_overdue_guests)"
} >"$work/md"
mv "$work/md" "$results/hostile.md"
cat "$results/hostile.md"
