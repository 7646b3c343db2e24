#!/bin/bash
# Compares, in one run on one machine, a bare Jetty handler, Jetway's hello route and Apache's
# mod_cgid with the same C program compiled natively. Prints requests/s, p50, p99 and ratios.
#
#   benchmarks/load.sh [SECONDS=10] [CONNECTIONS=16] [ROUNDS=3]
#
# Each round measures all three, one after the other; the table shows the medians. Installs wrk,
# apache2, gcc and curl from Debian if they are missing (as root).
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-10}
connections=${2:-16}
rounds=${3:-3}

missing=()
for pair in wrk:wrk apache2:apache2 gcc:gcc curl:curl; do
    PATH=$PATH:/usr/sbin command -v "${pair%%:*}" >/dev/null || missing+=("${pair#*:}")
done
if [ ${#missing[@]} -gt 0 ]; then
    apt-get update -qq && apt-get install -y -qq --no-install-recommends "${missing[@]}"
fi
. benchmarks/java.sh
./jetway version >/dev/null

work=$(mktemp -d)
chmod 755 "$work"
pids=()
cleanup() {
    [ ! -f "$work/apache.pid" ] || kill "$(cat "$work/apache.pid")" 2>/dev/null || true
    kill "${pids[@]}" 2>/dev/null || true
    wait 2>/dev/null || true
    rm -rf "$work"
}
trap cleanup EXIT

bare=18081
jetway=18082
apache=18083

"$java" -cp "benchmarks/target/jetway-benchmarks.jar:benchmarks/target/lib/*" \
    dev.jetway.benchmarks.BareServer $bare >"$work/bare.log" 2>&1 &
pids+=($!)
./jetway serve -c conf -l 127.0.0.1:$jetway --admin-listen 127.0.0.1:0 \
    >"$work/jetway.log" 2>&1 &
pids+=($!)

mkdir "$work/cgi-bin"
gcc -O2 -o "$work/cgi-bin/hello" examples/cgi-wasm/hello.c
cat >"$work/httpd.conf" <<EOF
ServerName localhost
Listen 127.0.0.1:$apache
PidFile $work/apache.pid
ErrorLog $work/apache.log
DocumentRoot $work
User www-data
Group www-data
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
LoadModule alias_module /usr/lib/apache2/modules/mod_alias.so
LoadModule cgid_module /usr/lib/apache2/modules/mod_cgid.so
ScriptSock $work/cgid.sock
MaxKeepAliveRequests 0
ScriptAlias /cgi-bin/ $work/cgi-bin/
EOF
PATH=$PATH:/usr/sbin apache2 -f "$work/httpd.conf"

declare -A url=(
    [bare]=http://127.0.0.1:$bare/
    [jetway]=http://127.0.0.1:$jetway/hello
    [apache]=http://127.0.0.1:$apache/cgi-bin/hello
)
for name in bare jetway apache; do
    for _ in $(seq 150); do
        [ "$(curl -s "${url[$name]}")" = "Hello world" ] && break
        sleep 0.1
    done
    [ "$(curl -s "${url[$name]}")" = "Hello world" ] || {
        echo "$name does not answer; its log:" >&2
        cat "$work/$name.log" >&2
        exit 1
    }
    # Warm up: the JVM compiles what it sees often.
    wrk -t2 -c"$connections" -d8s "${url[$name]}" >/dev/null
done

measure() { # prints requests/s, p50 and p99 in µs, errors
    wrk -t2 -c"$connections" -d"${seconds}s" --latency "${url[$1]}" | awk '
        function micros(t) { return t ~ /us$/ ? t + 0 : t ~ /ms$/ ? t * 1000 : t * 1000000 }
        $1 == "50%" { p50 = micros($2) }
        $1 == "99%" { p99 = micros($2) }
        /Non-2xx|Socket errors/ { errors = $0; gsub(/[^0-9 ]/, "", errors); bad = 1 }
        $1 == "Requests/sec:" { rate = $2 }
        END { printf "%d %d %d %s\n", rate, p50, p99, bad ? "errors:" errors : "-" }'
}

median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

for _ in $(seq "$rounds"); do
    for name in bare jetway apache; do
        measure "$name" >>"$work/$name.result"
    done
done

column_of() { awk -v c="$2" '{ print $c }' "$work/$1.result" | median; }

echo "machine: $(nproc) cores, $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1)"
echo "wrk -t2 -c$connections -d${seconds}s, median of $rounds rounds, load generator on the same machine"
printf '%-26s %12s %10s %10s %14s %14s\n' what requests/s 'p50 µs' 'p99 µs' 'of bare Jetty' 'of mod_cgid'
base=$(column_of bare 1)
cgid=$(column_of apache 1)
for name in bare jetway apache; do
    case $name in
        bare) what='bare Jetty handler' ;;
        jetway) what='Jetway, hello.wasm' ;;
        apache) what='Apache mod_cgid, native' ;;
    esac
    rate=$(column_of "$name" 1)
    printf '%-26s %12d %10d %10d %14s %14s\n' "$what" "$rate" "$(column_of "$name" 2)" \
        "$(column_of "$name" 3)" "$(awk "BEGIN { printf \"%.2f\", $rate / $base }")" \
        "$(awk "BEGIN { printf \"%.1f\", $rate / $cgid }")"
    grep -h errors: "$work/$name.result" || true
done
