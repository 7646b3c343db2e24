#!/bin/sh
# Starts the built server as root and as nobody, without capabilities and with one.
# Run by hand, as root: server/src/test/sh/privileges-test.sh
set -eu
source=$(cd "$(dirname "$0")/../../../.." && pwd -P)
[ "$(id -u)" = 0 ] || { echo "privileges-test.sh: needs root" >&2; exit 3; }
[ -f "$source/server/target/jetway-server.jar" ] || { echo "privileges-test.sh: build first" >&2; exit 3; }
for command in setpriv curl; do
    command -v $command >/dev/null || { echo "privileges-test.sh: needs $command" >&2; exit 3; }
done

box=$(mktemp -d)
server=
cleanup() {
    stop
    rm -rf "$box"
}
stop() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    wait 2>/dev/null || true
    server=
}
trap cleanup EXIT
failures=0
check() { # check WHAT COMMAND…
    what=$1
    shift
    if "$@"; then
        echo "ok: $what"
    else
        failures=$((failures + 1))
        echo "FAILED: $what"
        sed 's/^/    /' "$box/log"
    fi
}

# An installation as docs/install.md has it, that nobody may only read.
chmod 755 "$box"
mkdir -p "$box/opt/lib" "$box/etc"
cp -r "$source/jetway" "$source/conf" "$box/opt/"
cp "$source/server/target/jetway-server.jar" "$box/opt/lib/"
cp "$source/examples/cgi-wasm/hello.wasm" "$box/etc/"
configure() { # configure ADDRESS
    cat >"$box/etc/jetway.toml" <<EOF
[server]
listen = "$1"
admin-listen = "127.0.0.1:0"
[[route]]
path = "/hello"
module = "hello.wasm"
EOF
}
chmod -R a+rX "$box/opt" "$box/etc"
mkdir "$box/cache"
chown 65534:65534 "$box/cache"

serve() { # serve OPTION-OF-SETPRIV…
    # Here, since the one in the background may come after the first look for its line.
    : >"$box/log"
    (cd / && exec setpriv --reuid=65534 --regid=65534 --clear-groups --no-new-privs "$@" \
        env -i PATH="$PATH" ${JAVA_HOME:+JAVA_HOME="$JAVA_HOME"} XDG_CACHE_HOME="$box/cache" JETWAY_JVM_CACHE=no \
        "$box/opt/jetway" serve -c "$box/etc") >"$box/log" 2>&1 &
    server=$!
    for _ in $(seq 300); do
        ! grep -q '^Ready: ' "$box/log" || return 0
        kill -0 $server 2>/dev/null || return 0
        sleep 0.1
    done
}
answers() { [ "$(curl -s "$1")" = 'Hello world' ]; }
status() { awk -v n="$1:" '$1 == n { print $2 }' "/proc/$server/status"; }
capabilities() { # capabilities EXPECTED SET…
    expected=$1
    shift
    for set in "$@"; do [ $((0x$(status "Cap$set"))) = $((expected)) ] || return 1; done
}
own() { # own: everything in the cache belongs to nobody, and only to nobody
    [ -n "$(find "$box/cache" -type f)" ] &&
        [ -z "$(find "$box/cache" -mindepth 1 \( ! -uid 65534 -o -type f -perm /077 \))" ]
}

configure 0.0.0.0:18580
code=0
"$box/opt/jetway" serve -c "$box/etc" >"$box/log" 2>&1 || code=$?
check 'root is refused' [ $code = 2 ]
check 'and told how to start the server' grep -q 'runuser -u USER -- jetway serve' "$box/log"
check 'and how to listen on low ports' grep -q 'AmbientCapabilities=CAP_NET_BIND_SERVICE' "$box/log"
check 'in one message without a stack trace' [ "$(grep -c '^	at ' "$box/log")" = 0 ]

serve --bounding-set=-all --inh-caps=-all
check 'nobody serves all machines' answers http://127.0.0.1:18580/hello
check 'without a capability in any set' capabilities 0 Eff Prm Inh Bnd Amb
check 'nor a way to get one' [ "$(status NoNewPrivs)" = 1 ]
check 'and keeps compiled modules for itself' own
check 'without a warning about root' sh -c "! grep -q root '$box/log'"
stop

before=$(find "$box/cache" -type f | sort)
serve --bounding-set=-all --inh-caps=-all
check 'nobody serves again' answers http://127.0.0.1:18580/hello
check 'with what was kept' [ "$(find "$box/cache" -type f | sort)" = "$before" ]
stop

configure 127.0.0.1:81
serve --inh-caps=-all,+net_bind_service --ambient-caps=-all,+net_bind_service \
    --bounding-set=-all,+net_bind_service
check 'nobody serves a low port' answers http://127.0.0.1:81/hello
check 'with that one capability' capabilities 0x400 Eff Prm Inh Bnd Amb
stop

if command -v systemd-analyze >/dev/null; then
    exposure=$(systemd-analyze security --offline=true --no-pager "$source/deploy/jetway.service" 2>&1 |
        sed -n 's/.*exposure level[^0-9]*\([0-9]*\)\.[0-9]*.*/\1/p')
    check "the unit's exposure is below 2" [ "${exposure:-9}" -lt 2 ]
fi
[ $failures = 0 ] || { echo "$failures failed"; exit 1; }
