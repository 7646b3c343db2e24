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

command -v curl >/dev/null || { apt-get update -qq && apt-get install -y -qq curl; }
. benchmarks/java.sh
. benchmarks/hostile-site.sh
./jetway version >/dev/null

work=$(mktemp -d)
server=
cleanup() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    wait 2>/dev/null || true
    rm -rf "$work"
}
trap cleanup EXIT
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
./jetway serve -c "$work" >"$work/log" 2>&1 &
server=$!
for _ in $(seq 600); do
    curl -sf -o "$work/out" -H 'Host: good.test' http://127.0.0.1:$port/hello && break
    kill -0 $server || { cat "$work/log" >&2; exit 1; }
    sleep 0.1
done

"$java" -cp "benchmarks/target/jetway-benchmarks.jar:benchmarks/target/lib/*" \
    dev.jetway.benchmarks.HostileTable $port $admin examples/hostile/expected.txt "$seconds" "$results"
{
    echo "machine: $(nproc) cores, $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1)"
    cat "$results/hostile.md"
    echo
    echo "overdue guests at the end: $(curl -s http://127.0.0.1:$admin/metrics |
        awk '$1 == "jetway_overdue_guests" { print int($2) }')"
} >"$work/md"
mv "$work/md" "$results/hostile.md"
cat "$results/hostile.md"
