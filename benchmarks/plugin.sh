#!/bin/bash
# Compares hello in our own server with hello in a stock Jetty that has our module, with and without its
# connectors. Each round measures all three, one after the other; prints the medians and their ratios.
#
#   benchmarks/plugin.sh [SECONDS=5] [CONNECTIONS=16] [ROUNDS=3]
#
# Needs server/target/jetway-*-jetty.zip and server/target/jetty-home-*, which `mvn -pl server -am verify` makes.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-5}
connections=${2:-16}
rounds=${3:-3}

. benchmarks/java.sh
. benchmarks/server.sh
need wrk curl unzip
archive=$(ls "$PWD"/server/target/jetway-*-jetty.zip)
home=$(ls -d "$PWD"/server/target/jetty-home-*)

printf '[server]\nlisten = "127.0.0.1:28080"\nadmin-listen = "127.0.0.1:0"\n[[route]]\npath = "/hello"\nmodule = "%s"\n' \
    "$PWD/examples/cgi-wasm/hello.wasm" >"$work/jetway.toml"
serve
port=28081
for modules in http,jetway http,jetway,jetway-http; do
    base=$work/$port
    mkdir -p "$base/work"
    unzip -q "$archive" -d "$base"
    (cd "$base" && "$java" -jar "$home/start.jar" --add-modules=$modules >/dev/null 2>&1)
    (cd "$base" && exec "$java" -jar "$home/start.jar" jetty.http.host=127.0.0.1 jetty.http.port=$port \
        >"$base/log" 2>&1) &
    pids+=($!)
    port=$((port + 1))
done

for port in 28080 28081 28082; do
    answers "http://127.0.0.1:$port/hello"
    wrk -t2 -c"$connections" -d8s "http://127.0.0.1:$port/hello" >/dev/null
done
# start.jar has a second JVM do the work, for the flags; its own end would leave that behind.
for pid in "${pids[@]}"; do
    for child in $(pgrep -P "$pid"); do pids+=("$child"); done
done
for _ in $(seq "$rounds"); do
    for port in 28080 28081 28082; do
        wrk -t2 -c"$connections" -d"${seconds}s" "http://127.0.0.1:$port/hello" |
            awk '/Non-2xx/ { exit 1 } $1 == "Requests/sec:" { print $2 }' >>"$work/$port.rates"
    done
done

median() { sort -n "$work/$1.rates" | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
echo "machine: $machine; $connections connections, ${seconds} s each, medians of $rounds rounds"
echo
echo '| what | requests/s | of our server |'
echo '|---|---|---|'
while IFS='|' read -r port what; do
    printf '| %s | %.0f | %.2f |\n' "$what" "$(median "$port")" \
        "$(awk "BEGIN { print $(median "$port") / $(median 28080) }")"
done <<'ROWS'
28080|`./jetway serve`
28081|Jetty with `http,jetway`
28082|Jetty with `http,jetway,jetway-http`
ROWS
