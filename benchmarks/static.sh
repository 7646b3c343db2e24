#!/bin/bash
# Compares a static file of 10 KiB from Jetway's pipeline, from Jetty's own resource handler (with its own number
# of selectors, which is half the processors, and with Jetway's), from a site's folder of the whole server, and
# from Apache's event MPM, side by side in one run. Prints requests/s, ratios to Jetty's, and the processor time
# of a request.
#
#   benchmarks/static.sh [SECONDS=5] [CONNECTIONS=16] [ROUNDS=5]
#
# Each round measures all rows, one after the other; the table shows the medians without the first
# round. Installs wrk and apache2 from Debian if they are missing (as root).
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-5}
connections=${2:-16}
rounds=${3:-5}

. benchmarks/java.sh
. benchmarks/server.sh
need wrk apache2 curl
chmod 755 "$work"
trap '[ ! -f "$work/apache.pid" ] || kill "$(cat "$work/apache.pid")" 2>/dev/null || true; cleanup' EXIT
mkdir -p "$work/www/a/b/c"
head -c 10240 /dev/urandom >"$work/www/ten.bin"
cp "$work/www/ten.bin" "$work/www/a/b/c/ten.bin"
modules=/usr/lib/apache2/modules
cat >"$work/httpd.conf" <<CONF
ServerName localhost
Listen 127.0.0.1:18089
PidFile $work/apache.pid
ErrorLog $work/apache.log
DocumentRoot $work/www
User www-data
Group www-data
LoadModule mpm_event_module $modules/mod_mpm_event.so
LoadModule authz_core_module $modules/mod_authz_core.so
CONF
for kind in jetway:18087 jetty:18088 jetty-selectors:18086; do
    "$java" --enable-native-access=ALL-UNNAMED -cp benchmarks/target/jetway-benchmarks.jar:benchmarks/target/lib/'*' \
        dev.jetway.benchmarks.StaticServer "${kind%:*}" "${kind#*:}" "$work/www" >"$work/${kind%:*}.log" 2>&1 &
    pids+=($!)
done
PATH=$PATH:/usr/sbin apache2 -f "$work/httpd.conf"
mkdir -p "$work/sites/alice.example"
cp -r "$work/www" "$work/sites/alice.example/public"
cat >"$work/jetway.toml" <<CONF
sites = "sites/*"
state-dir = "state"
[server]
listen = "127.0.0.1:18090"
admin-listen = "127.0.0.1:18091"
CONF
serve
answers -H 'Host: alice.example' http://127.0.0.1:18090/ten.bin
for port in 18086 18087 18088 18089; do
    until curl -sf -o /dev/null "http://127.0.0.1:$port/ten.bin"; do sleep 0.2; done
done

# The processor time of the process behind a port, in ticks of 10 ms; 0 of Apache's processes.
ticks() {
    case $1 in
        18087) awk '{ print $14 + $15 }' "/proc/${pids[0]}/stat" ;;
        18088) awk '{ print $14 + $15 }' "/proc/${pids[1]}/stat" ;;
        18086) awk '{ print $14 + $15 }' "/proc/${pids[2]}/stat" ;;
        18090) awk '{ print $14 + $15 }' "/proc/$(pgrep -P "$server" java || echo "$server")/stat" ;;
        *) echo 0 ;;
    esac
}
for round in $(seq 0 "$rounds"); do
    for file in ten.bin a/b/c/ten.bin; do
        for port in 18087 18088 18086 18090 18089; do
            before=$(ticks $port)
            wrk -t1 -c"$connections" -d"$seconds" -H 'Host: alice.example' "http://127.0.0.1:$port/$file" >"$work/wrk"
            after=$(ticks $port)
            [ "$round" = 0 ] || awk -v f=$file -v p=$port -v t=$((after - before)) '
                / requests in / { n = $1 }
                $1 == "Requests/sec:" { print f, p, $2, t * 10000 / n }' "$work/wrk" >>"$work/result"
        done
    done
done

median() {
    awk -v f="$1" -v p="$2" -v c="$3" '$1 == f && $2 == p { print $c }' "$work/result" | sort -n |
        awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
}
echo "machine: $machine; medians of $rounds rounds, $connections connections; µs: processor time of a request"
echo '| file | Jetty | Jetway, of Jetty | site, of Jetty | Jetty, as many selectors, of Jetty | Apache | Jetway of Apache | µs: Jetty, Jetway, site, Jetty as many |'
echo '|---|---|---|---|---|---|---|---|'
for file in ten.bin a/b/c/ten.bin; do
    echo "$(median $file 18087 3) $(median $file 18088 3) $(median $file 18090 3) $(median $file 18089 3)" \
        "$(median $file 18088 4) $(median $file 18087 4) $(median $file 18090 4)" \
        "$(median $file 18086 3) $(median $file 18086 4)" |
        awk -v f=$file '{
            printf "| %s | %d | %d, **%.2f** | %d, **%.2f** | %d, %.2f | %d | %.2f | %.1f, %.1f, %.1f, %.1f |\n",
                f, $2, $1, $1 / $2, $3, $3 / $2, $8, $8 / $2, $4, $1 / $4, $5, $6, $7, $9 }'
done
