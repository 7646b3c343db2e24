#!/bin/bash
# Compares, in one run on one machine, bare Jetty handlers, Jetway's guests, and Apache's mod_cgid with
# native programs that do the same. Prints requests/s, p50, p99 and ratios; writes the table as JSON.
#
#   benchmarks/load.sh [SECONDS=5] [CONNECTIONS=16] [ROUNDS=3] [JSON=benchmarks/target/load.json]
#
# Each round measures all rows, one after the other; the table shows the medians. PHP is among them if
# examples/php/fetch.sh has fetched it. Installs what is missing from Debian (as root): wrk, apache2,
# php-cgi, the toolchains of the guests.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-5}
connections=${2:-16}
rounds=${3:-3}
json=${4:-benchmarks/target/load.json}

. benchmarks/java.sh
. benchmarks/server.sh
need wrk apache2 gcc curl clang-14:clang wasm-ld:lld /usr/bin/rustc:rustc php-cgi
[ -d /usr/lib/wasm32-wasi ] || packages wasi-libc libclang-rt-14-dev-wasm32
[ -d /usr/lib/rustlib/wasm32-wasi ] || packages libstd-rust-dev-wasm32
chmod 755 "$work"
trap '[ ! -f "$work/apache.pid" ] || kill "$(cat "$work/apache.pid")" 2>/dev/null || true; cleanup' EXIT

bare=http://127.0.0.1:18081
jetway=http://127.0.0.1:18082
apache=http://127.0.0.1:18083/cgi-bin

mkdir "$work/cgi-bin" "$work/www"
for guest in reader megabyte; do
    clang-14 --target=wasm32-wasi --sysroot=/usr -Os -o "$work/$guest.wasm" benchmarks/guests/$guest.c
    gcc -O2 -o "$work/cgi-bin/$guest" benchmarks/guests/$guest.c
done
gcc -O2 -o "$work/cgi-bin/hello" examples/cgi-wasm/hello.c
/usr/bin/rustc -O --target wasm32-wasi -o "$work/hello-rust.wasm" benchmarks/guests/hello.rs
echo '<?php echo "hi";' >"$work/www/hi.php"
printf '#!/bin/sh\nREDIRECT_STATUS=200 SCRIPT_FILENAME=%s exec /usr/bin/php-cgi\n' "$work/www/hi.php" \
    >"$work/cgi-bin/php"
chmod 755 "$work/cgi-bin/php"
php=examples/php/php-cgi-8.2.0.wasm

route() { printf '[[route]]\npath = "/%s"\nmodule = "%s"\n' "$1" "$2"; }
{
    printf '[server]\nlisten = "127.0.0.1:18082"\nadmin-listen = "127.0.0.1:0"\n'
    route hello "$PWD/examples/cgi-wasm/hello.wasm"
    for guest in hello-rust reader megabyte; do route $guest "$work/$guest.wasm"; done
    if [ -f $php ]; then
        route php "$PWD/$php"
        printf 'volumes = { "/www" = "%s/www" }\n' "$work"
        printf 'environment = { SCRIPT_FILENAME = "/www/hi.php", REDIRECT_STATUS = "200" }\n'
    fi
} >"$work/jetway.toml"
cat >"$work/httpd.conf" <<CONF
ServerName localhost
Listen 127.0.0.1:18083
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
CONF
"$java" -cp "benchmarks/target/jetway-benchmarks.jar:benchmarks/target/lib/*" \
    dev.jetway.benchmarks.BareServer 18081 >"$work/bare.log" 2>&1 &
pids+=($!)
serve
PATH=$PATH:/usr/sbin apache2 -f "$work/httpd.conf"

cat >"$work/post.lua" <<'LUA'
wrk.method = "POST"
wrk.body = string.rep("x", 16384)
LUA

# name|address|options of wrk|what|the rows it is compared with: bare Jetty, mod_cgid
rows=(
    "bare|$bare/||bare Jetty handler, hello||"
    "c|$jetway/hello||Jetway, C hello|bare|cgid"
    "rust|$jetway/hello-rust||Jetway, Rust hello (17 pages)|bare|cgid"
    "cgid|$apache/hello||Apache mod_cgid, native C hello|bare|"
    "bare-read|$bare/reader|-s $work/post.lua|bare Jetty handler, body of 16 KiB||"
    "read|$jetway/reader|-s $work/post.lua|Jetway, C, body of 16 KiB|bare-read|cgid-read"
    "cgid-read|$apache/reader|-s $work/post.lua|Apache mod_cgid, native C, body of 16 KiB|bare-read|"
    "bare-mega|$bare/megabyte||bare Jetty handler, answer of 1 MiB||"
    "mega|$jetway/megabyte||Jetway, C, answer of 1 MiB|bare-mega|cgid-mega"
    "cgid-mega|$apache/megabyte||Apache mod_cgid, native C, answer of 1 MiB|bare-mega|"
)
if [ -f $php ]; then
    rows+=(
        "php|$jetway/php||Jetway, php-cgi 8.2, one connection||cgid-php"
        "cgid-php|$apache/php||Apache mod_cgid, native php-cgi, one connection||"
    )
fi

connections_of() { case $1 in *php) echo 1 ;; *) echo "$connections" ;; esac; }

load() { # a row's name, address, options, seconds
    local at
    at=$(connections_of "$1")
    # shellcheck disable=SC2086 # The options are words.
    wrk -t$((at > 1 ? 2 : 1)) -c"$at" -d"$4s" --latency $3 "$2"
}

for row in "${rows[@]}"; do
    IFS='|' read -r name url options _ <<<"$row"
    answers -X POST "$url"
    # Warm up: the JVM compiles what it sees often.
    load "$name" "$url" "$options" 8 >"$work/out"
done

for _ in $(seq "$rounds"); do
    for row in "${rows[@]}"; do
        IFS='|' read -r name url options _ <<<"$row"
        load "$name" "$url" "$options" "$seconds" | awk '
            function micros(t) { return t ~ /us$/ ? t + 0 : t ~ /ms$/ ? t * 1000 : t * 1000000 }
            $1 == "50%" { p50 = micros($2) }
            $1 == "99%" { p99 = micros($2) }
            /Non-2xx|Socket errors/ { bad = 1 }
            $1 == "Requests/sec:" { rate = $2 }
            END { printf "%.1f %d %d %s\n", rate, p50, p99, bad ? "errors" : "-" }' \
            >>"$work/$name.result"
    done
done

median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
column() { awk -v c="$2" '{ print $c }' "$work/$1.result" | median; }
ratio() { # of a row's rate to another's
    [ -z "$2" ] || awk "BEGIN { printf \"%.2f\", $(column "$1" 1) / $(column "$2" 1) }"
}

echo "machine: $machine"
echo "wrk -c$connections -d${seconds}s, medians of $rounds rounds, load generator on the same machine"
echo
echo '| what | requests/s | p50 µs | p99 µs | of bare Jetty | of mod_cgid |'
echo '|---|---|---|---|---|---|'
mkdir -p "$(dirname "$json")"
{
    printf '{"machine":"%s","connections":%d,"seconds":%d,"rounds":%d,"rows":[' \
        "$machine" "$connections" "$seconds" "$rounds"
    comma=
    for row in "${rows[@]}"; do
        IFS='|' read -r name _ _ what base cgid <<<"$row"
        printf '| %s | %s | %s | %s | %s | %s |%s\n' "$what" "$(column "$name" 1)" "$(column "$name" 2)" \
            "$(column "$name" 3)" "$(ratio "$name" "$base")" "$(ratio "$name" "$cgid")" \
            "$(sed -n '/errors/{s/.*/ with errors/p;q}' "$work/$name.result")" >&3
        printf '%s{"what":"%s","requests_per_second":%s,"p50_us":%s,"p99_us":%s' "$comma" "$what" \
            "$(column "$name" 1)" "$(column "$name" 2)" "$(column "$name" 3)"
        [ -z "$base" ] || printf ',"of_bare_jetty":%s' "$(ratio "$name" "$base")"
        [ -z "$cgid" ] || printf ',"of_mod_cgid":%s' "$(ratio "$name" "$cgid")"
        printf '}'
        comma=,
    done
    printf ']}\n'
} 3>&1 >"$json"
echo
echo "JSON: $json"
