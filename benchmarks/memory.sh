#!/bin/bash
# Guests that take all the memory they can get, at once, on a heap that cannot hold them.
#
#   benchmarks/memory.sh [GUESTS=100] [HEAP=256m]
#
# First with the limit that the server sets itself, then without one, so that the heap is used up.
# Installs curl from Debian if it is missing (as root).
set -euo pipefail
cd "$(dirname "$0")/.."
guests=${1:-100}
heap=${2:-256m}

. benchmarks/server.sh
need curl
port=18088
admin=18089

run() { # a name, the setting
    cat >"$work/jetway.toml" <<EOF
[server]
listen = "127.0.0.1:$port"
admin-listen = "127.0.0.1:$admin"
admission-wait = "60s"
$2
[limits]
memory = "64MiB"
[[site]]
name = "greedy"
hosts = ["127.0.0.1"]
[[site.route]]
path = "/greedy"
module = "$PWD/examples/hostile/touch-all-memory.wat"
[[route]]
path = "/hello"
module = "$PWD/examples/cgi-wasm/hello.wasm"
EOF
    JETWAY_JAVA_OPTS="-Xmx$heap" serve
    answers http://localhost:$port/hello
    for _ in $(seq "$guests"); do printf 'url = http://127.0.0.1:%d/greedy\noutput = /dev/null\n' $port; done >"$work/urls"
    curl -s -Z --parallel-max "$guests" --parallel-immediate -K "$work/urls" \
        -m 60 -w '%{http_code}\n' >"$work/codes" 2>/dev/null &
    local greedy=$! good=0 bad=0
    while kill -0 $greedy 2>/dev/null; do
        if curl -sf -m 30 -o "$work/out" http://localhost:$port/hello; then
            good=$((good + 1))
        else
            bad=$((bad + 1))
        fi
    done
    echo "$1: $guests guests: $(sort "$work/codes" | uniq -c | awk '{ printf "%s × %s, ", $1, $2 }')" \
        "hello meanwhile: $good answered, $bad not; OutOfMemoryError in the log:" \
        "$(grep -c OutOfMemoryError "$work/log" || true)"
    curl -s http://127.0.0.1:$admin/metrics | grep -E '^jetway_(limit_hits_total|guest_memory_bytes)'
    echo "hello afterwards: $(curl -s -o "$work/out" -w '%{http_code}' http://localhost:$port/hello)"
    stop
}

run "limit of the server ($heap of heap)" ""
run "no limit ($heap of heap)" 'guest-memory = "100GiB"'
