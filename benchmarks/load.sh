#!/bin/bash
# Compares, in one run on one machine, bare Jetty handlers, Jetway's guests, and Apache's mod_cgid with
# native programs that do the same. Prints requests/s, p50, p99, voluntary context switches and processor
# time of the server's for each request (from /proc), and ratios; writes the table as JSON.
#
#   benchmarks/load.sh [SECONDS=5] ["CONNECTIONS …"=16] [ROUNDS=3] [JSON=benchmarks/target/load.json]
#
# Each round measures all rows, one after the other; the table shows the medians (HTTP/2: h2load, 16 streams a
# connection, without percentiles). ROWS is a pattern of the rows' names, for a short run: ROWS='bare|c'; WARM_UP the
# seconds of load before, for each row (15). SERVER_ON=0 CLIENT_ON=1 WARM_UP=45 gives the servers one processor and the
# load generator another. PHP is among the rows if examples/php/fetch.sh has fetched it. Installs what is missing from
# Debian (as root): wrk, h2load, apache2, php-cgi, the toolchains of the guests.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-5}
connections=${2:-16}
rounds=${3:-3}
json=${4:-benchmarks/target/load.json}

. benchmarks/java.sh
. benchmarks/server.sh
need wrk h2load:nghttp2-client apache2 gcc curl clang-14:clang wasm-ld:lld /usr/bin/rustc:rustc php-cgi
[ -d /usr/lib/wasm32-wasi ] || packages wasi-libc libclang-rt-14-dev-wasm32
[ -d /usr/lib/rustlib/wasm32-wasi ] || packages libstd-rust-dev-wasm32
chmod 755 "$work"
trap '[ ! -f "$work/apache.pid" ] || kill "$(cat "$work/apache.pid")" 2>/dev/null || true; cleanup' EXIT

bare=http://127.0.0.1:18081
jetway=http://127.0.0.1:18082
apache=http://127.0.0.1:18083/cgi-bin

mkdir "$work/cgi-bin" "$work/www"
for guest in reader megabyte; do
    # In two steps: with -Os clang would run a wasm-opt that it finds on the machine after linking.
    clang-14 --target=wasm32-wasi --sysroot=/usr -Os -c -o "$work/$guest.o" benchmarks/guests/$guest.c
    clang-14 --target=wasm32-wasi --sysroot=/usr -o "$work/$guest.wasm" "$work/$guest.o"
    gcc -O2 -o "$work/cgi-bin/$guest" benchmarks/guests/$guest.c
done
gcc -O2 -o "$work/cgi-bin/hello" examples/cgi-wasm/hello.c
/usr/bin/rustc -O --target wasm32-wasi -o "$work/hello-rust.wasm" benchmarks/guests/hello.rs
echo '<?php echo "hi";' >"$work/www/hi.php"
printf '#!/bin/sh\nREDIRECT_STATUS=200 SCRIPT_FILENAME=%s exec /usr/bin/php-cgi\n' "$work/www/hi.php" \
    >"$work/cgi-bin/php"
chmod 755 "$work/cgi-bin/php"
php=examples/php/php-cgi-8.2.0.wasm

mkdir -p "$work/sites/localhost/cgi-bin"
cp examples/cgi-wasm/hello.wasm "$work/sites/localhost/cgi-bin/"

route() { printf '[[route]]\npath = "/%s"\nmodule = "%s"\n' "$1" "$2"; }
{
    # No request is refused because many wait: 256 connections of HTTP/2 have 4,096.
    printf 'sites = "sites/*"\nstate-dir = "state"\n[limits]\nwaiting = 10000\n'
    printf '[server]\nlisten = "127.0.0.1:18082"\nadmin-listen = "127.0.0.1:0"\nguest-queue = 10000\n'
    route hello "$PWD/examples/cgi-wasm/hello.wasm"
    route wagi "$PWD/examples/cgi-wasm/hello.wasm"
    printf 'dialect = "wagi"\n'
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
"${on_server[@]}" "$java" -cp "benchmarks/target/jetway-benchmarks.jar:benchmarks/target/lib/*" \
    dev.jetway.benchmarks.BareServer 18081 >"$work/bare.log" 2>&1 &
bare_server=$!
pids+=("$bare_server")
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
    "bare-h2|$bare/|h2|bare Jetty handler, hello, HTTP/2||"
    "h2|$jetway/hello|h2|Jetway, C hello, HTTP/2|bare-h2|"
    "wagi|$jetway/wagi||Jetway, C hello, Wagi|bare|cgid"
    "site|http://localhost:18082/cgi-bin/hello.wasm||Jetway, C hello, cgi-bin of a site|bare|cgid"
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

chosen=()
for row in "${rows[@]}"; do
    [[ ${row%%|*} =~ ^(${ROWS:-.*})$ ]] && chosen+=("$row")
done
rows=("${chosen[@]}")

load() { # address, options, connections, seconds
    local threads=$(($3 > 1 ? 2 : 1))
    if [ "$2" = h2 ]; then
        "${on_client[@]}" h2load -t$threads -c"$3" -m16 -D"$4" "$1"
    else
        # shellcheck disable=SC2086 # The options are words.
        "${on_client[@]}" wrk -t$threads -c"$3" -d"$4s" --latency $2 "$1"
    fi
}

server_of() { case $1 in bare*) echo "$bare_server" ;; cgid*) ;; *) echo "$server" ;; esac; }

# Voluntary switches and microseconds of processor time of a row's server up to now.
used() {
    local pid
    pid=$(server_of "$1")
    if [ -z "$pid" ]; then
        echo 0 0
    else
        echo "$(cat "/proc/$pid/task/"*/status | awk '/^voluntary/ { n += $2 } END { print n }')" \
            "$(awk -v tick="$(getconf CLK_TCK)" '{ print ($14 + $15) * 1e6 / tick }' "/proc/$pid/stat")"
    fi
}

for row in "${rows[@]}"; do
    IFS='|' read -r name url options _ <<<"$row"
    answers -X POST "$url"
    # Warm up: the JVM compiles what it sees often.
    case $name in *php) at=1 ;; *) at=16 ;; esac
    load "$url" "$options" $at "${WARM_UP:-15}" >"$work/out"
done

measure() { # a row's name, address, options, connections
    local before
    before=$(used "$1")
    load "$2" "$3" "$4" "$seconds" >"$work/out"
    awk -v before="$before" -v after="$(used "$1")" '
        function micros(t) { return t ~ /us$/ ? t + 0 : t ~ /ms$/ ? t * 1000 : t * 1000000 }
        $1 == "50%" { p50 = micros($2) }
        $1 == "99%" { p99 = micros($2) }
        /Non-2xx|Socket errors/ { bad = 1 }
        /requests in/ { n = $1 }
        $1 == "Requests/sec:" { rate = $2 }
        $1 == "requests:" { n = $2 }
        $1 == "finished" { rate = $4 }
        $1 == "status" && $3 + $5 + $7 + $9 > $3 { bad = 1 }
        END {
            split(before, b); split(after, a)
            switches = a[1] > b[1] ? (a[1] - b[1]) / n : 0
            printf "%.1f %d %d %.3f %.1f %s\n", rate, p50, p99, switches, (a[2] - b[2]) / n, bad ? "errors" : "-"
        }' "$work/out" >>"$work/$1.$4.result"
}

for _ in $(seq "$rounds"); do
    for at in $connections; do
        for row in "${rows[@]}"; do
            IFS='|' read -r name url options _ <<<"$row"
            # PHP is measured with one connection, once a round.
            case $name in
                *php) [ "$at" != "${connections%% *}" ] || measure "$name" "$url" "$options" 1 ;;
                *) measure "$name" "$url" "$options" "$at" ;;
            esac
        done
    done
done

column() { awk -v c="$2" '{ print $c }' "$work/$1.result" | median; }
ratio() { # of a row's rate to another's
    [ ! -f "$work/$2.result" ] || awk "BEGIN { printf \"%.2f\", $(column "$1" 1) / $(column "$2" 1) }"
}

echo "machine: $machine"
echo "${seconds} s each, medians of $rounds rounds, load generator on the same machine"
echo
echo '| connections | what | requests/s | p50 µs | p99 µs | switches a request | processor µs a request | of bare Jetty | of mod_cgid |'
echo '|---|---|---|---|---|---|---|---|---|'
mkdir -p "$(dirname "$json")"
{
    printf '{"machine":"%s","seconds":%d,"rounds":%d,"rows":[' "$machine" "$seconds" "$rounds"
    comma=
    for at in $(tr ' ' '\n' <<<"1 $connections" | sort -nu); do
        for row in "${rows[@]}"; do
            IFS='|' read -r name _ _ what base cgid <<<"$row"
            of=$name.$at
            [ -f "$work/$of.result" ] || continue
            printf '| %s | %s | %s | %s | %s | %s | %s | %s | %s |%s\n' "$at" "$what" "$(column "$of" 1)" \
                "$(column "$of" 2)" "$(column "$of" 3)" "$(column "$of" 4)" "$(column "$of" 5)" \
                "$(ratio "$of" "$base.$at")" "$(ratio "$of" "$cgid.$at")" \
                "$(sed -n '/errors/{s/.*/ with errors/p;q}' "$work/$of.result")" >&3
            printf '%s{"what":"%s","connections":%s,"requests_per_second":%s,"p50_us":%s,"p99_us":%s' \
                "$comma" "$what" "$at" "$(column "$of" 1)" "$(column "$of" 2)" "$(column "$of" 3)"
            printf ',"switches":%s,"processor_us":%s' "$(column "$of" 4)" "$(column "$of" 5)"
            [ ! -f "$work/$base.$at.result" ] || printf ',"of_bare_jetty":%s' "$(ratio "$of" "$base.$at")"
            [ ! -f "$work/$cgid.$at.result" ] || printf ',"of_mod_cgid":%s' "$(ratio "$of" "$cgid.$at")"
            printf '}'
            comma=,
        done
    done
    printf ']}\n'
} 3>&1 >"$json"
echo
echo "JSON: $json"
