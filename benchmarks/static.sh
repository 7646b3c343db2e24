#!/bin/bash
# Compares a static file of 10 KiB from Jetway's pipeline, from Jetty's own resource handler and from
# Apache's event MPM, side by side in one run. Prints requests/s and ratios to Jetty's.
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
for kind in jetway:18087 jetty:18088; do
    "$java" --enable-native-access=ALL-UNNAMED -cp benchmarks/target/jetway-benchmarks.jar:benchmarks/target/lib/'*' \
        dev.jetway.benchmarks.StaticServer "${kind%:*}" "${kind#*:}" "$work/www" >"$work/${kind%:*}.log" 2>&1 &
    pids+=($!)
done
PATH=$PATH:/usr/sbin apache2 -f "$work/httpd.conf"
for port in 18087 18088 18089; do
    until curl -sf -o /dev/null "http://127.0.0.1:$port/ten.bin"; do sleep 0.2; done
done
for round in $(seq 0 "$rounds"); do
    for file in ten.bin a/b/c/ten.bin; do
        for port in 18087 18088 18089; do
            rate=$(wrk -t1 -c"$connections" -d"$seconds" "http://127.0.0.1:$port/$file" |
                awk '$1 == "Requests/sec:" { print $2 }')
            [ "$round" = 0 ] || echo "$file $port $rate" >>"$work/result"
        done
    done
done

median() {
    awk -v f="$1" -v p="$2" '$1 == f && $2 == p { print $3 }' "$work/result" | sort -n |
        awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
}
echo "machine: $machine; medians of $rounds rounds, $connections connections"
echo '| file | Jetway | Jetty | Apache | Jetway / Jetty | Jetway / Apache |'
echo '|---|---|---|---|---|---|'
for file in ten.bin a/b/c/ten.bin; do
    echo "$(median $file 18087) $(median $file 18088) $(median $file 18089)" |
        awk -v f=$file '{ printf "| %s | %d | %d | %d | %.2f | %.2f |\n", f, $1, $2, $3, $1 / $2, $1 / $3 }'
done
