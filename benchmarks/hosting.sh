#!/bin/bash
# Sites as folders: how soon a server with many answers, what it holds, how long a reload takes after one
# change and after none, what it uses while nothing happens, and whether reloads under load lose a request.
# Prints a table.
#
#   benchmarks/hosting.sh [SITES=2000] [RELOADS=200] [CERTIFICATES=0]
#
# Each site has a document root, a program in cgi-bin and one in modules.toml. The times of
# reloads are those of POST /reload, with reading, comparing and swapping. Installs curl and wrk from
# Debian if they are missing (as root).
set -euo pipefail
cd "$(dirname "$0")/.."
sites=${1:-2000}
reloads=${2:-200}
certificates=${3:-0}

. benchmarks/server.sh
need curl wrk openssl
port=18096
admin=18097

cat >"$work/jetway.toml" <<TOML
sites = "sites/*"
state-dir = "state"

[server]
listen = "127.0.0.1:$port"
admin-listen = "127.0.0.1:$admin"
module-cache = "cache"
TOML
for c in $(seq "$certificates"); do
    live=$work/live/s$c.example
    mkdir -p "$live"
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 -subj "/CN=s$c.example" \
        -addext "subjectAltName=DNS:s$c.example" -keyout "$live/privkey.pem" -out "$live/fullchain.pem" 2>/dev/null
done
if [ "$certificates" -gt 0 ]; then
    printf 'tls-dir = "live"\ntls-listen = "127.0.0.1:%s"\n' "$((port + 2))" >>"$work/jetway.toml"
fi
for s in $(seq "$sites"); do
    site=$work/sites/s$s.example
    mkdir -p "$site/public" "$site/cgi-bin"
    echo "<p>$s</p>" >"$site/public/index.html"
    ln "$work/hello.wasm" "$site/cgi-bin/hello.wasm" 2>/dev/null ||
        { cp examples/cgi-wasm/hello.wasm "$work/hello.wasm" && ln "$work/hello.wasm" "$site/cgi-bin/hello.wasm"; }
    printf '[[module]]\nroute = "/hello"\nmodule = "cgi-bin/hello.wasm"\n' >"$site/modules.toml"
done

# The first start compiles and fills the JVM's own cache.
serve
answers -H 'Host: s1.example' "http://127.0.0.1:$port/hello"
stop
started=$(date +%s%N)
serve
answers -H "Host: s$sites.example" "http://127.0.0.1:$port/cgi-bin/hello.wasm"
first=$((($(date +%s%N) - started) / 1000000))
sleep 3
rss=$(resident)
ticks() { awk '{ print $14 + $15 }' "/proc/$server/stat"; }
before=$(ticks)
sleep 20
idle=$(awk -v t="$(($(ticks) - before))" -v hz="$(getconf CLK_TCK)" 'BEGIN { printf "%.1f", 100 * t / hz / 20 }')

reload() { # milliseconds
    curl -sf -o "$work/answer" -w '%{time_total}\n' -X POST -H 'X-Jetway-Reload: 1' \
        "http://127.0.0.1:$admin/reload" | awk '{ printf "%.1f\n", $1 * 1000 }'
}
none=$(for _ in $(seq 9); do reload; done | median)
one=$(for i in $(seq 9); do
    printf 'cache-control = "max-age=%s"\n' "$i" >"$work/sites/s7.example/site.toml"
    reload
done | median)
changed=$(cat "$work/answer")

wrk -t1 -c8 -d1h -H 'Host: s7.example' "http://127.0.0.1:$port/hello" >"$work/wrk" 2>&1 &
load=$!
for i in $(seq "$reloads"); do
    printf 'cache-control = "max-age=%s"\n' "$((i + 100))" >"$work/sites/s7.example/site.toml"
    reload >>"$work/times"
done
kill -INT "$load"
wait "$load" || true

echo "machine: $machine; $sites sites, $certificates certificates"
echo
echo '| first answer of a restart ms | memory MiB | idle, % of a processor | reload, no change ms | reload, one site ms | the same under load ms | reloads under load | requests meanwhile | failed |'
echo '|---|---|---|---|---|---|---|---|---|'
failed=$(awk '/Non-2xx/ { n += $NF } /Socket errors/ { gsub(",", ""); n += $4 + $6 + $8 + $10 } END { print n + 0 }' "$work/wrk")
echo "| $first | $rss | $idle | $none | $one | $(median <"$work/times") | $reloads | $(awk '/requests in/ { print $1 }' "$work/wrk") | $failed |"
echo
echo "The last reload of one site said: $changed"
