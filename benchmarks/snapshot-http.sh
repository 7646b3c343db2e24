#!/bin/bash
# Programs with and without `snapshot = true`: the median time of a request in milliseconds over HTTP, one connection,
# one request after another, both in turn after a warm-up. Measures those that are here.
#
#   benchmarks/snapshot-http.sh [SECONDS=5] [WARM_UP=20]
#
# PHP_CGI, PYTHON and RUBY name further modules: php-cgi of examples/php/build.sh, python-3.12.0.wasm, ruby-3.2.0.wasm
# (docs/hosting.md says where from). Installs wrk and curl from Debian.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-5}
warm_up=${2:-20}
. benchmarks/server.sh
need wrk curl

public=$work/sites/localhost/public
mkdir -p "$public"
cat >"$work/jetway.toml" <<'TOP'
sites = "sites/*"
state-dir = "state"
[server]
listen = "127.0.0.1:28090"
admin-listen = "127.0.0.1:28091"
compile-wait = "5m"
[limits]
time = "2m"
cpu-time = "2m"
TOP

rows=()
declare -A file=([go]=go-cgi.wasm)
# handler NAME MODULE TEXT KEYS: two handlers of a module, and a script for each.
handler() {
    [ -f "$2" ] || return 0
    local name=$1 module text=$3 keys=$4
    module=$(realpath "$2")
    for kind in "" s; do
        printf '[handler.%s%s]\nmodule = "%s"\nextensions = ["%s%s"]\n%s\n' \
            "$name" "$kind" "$module" "$name" "$kind" "$keys" >>"$work/jetway.toml"
        [ -z "$kind" ] || echo 'snapshot = true' >>"$work/jetway.toml"
        printf '%s\n' "$text" >"$public/hi.$name$kind"
    done
    rows+=("$name")
    file[$name]=$(basename "$module")
}
head='Content-Type: text/plain\n\nhi'
handler php examples/php/php-cgi-8.2.0.wasm '<?php echo "hi";' ''
handler phpo "${PHP_CGI:-none}" '<?php echo "hi";' 'argv = ["php-cgi"]'
handler pl examples/perl/perl-5.42.0.wasm "print \"$head\\n\";" 'argv = ["perl", "{script}"]'
handler py "${PYTHON:-none}" "print(\"$head\")" 'argv = ["python", "{script}"]'
handler rb "${RUBY:-none}" "puts \"$head\"" 'argv = ["ruby", "{script}"]'
touch -d '1 hour ago' "$public"/*
if [ -f examples/go-cgi/go-cgi.wasm ]; then
    for kind in "" s; do
        printf '[[route]]\npath = "/hi.go%s/..."\nmodule = "%s"\n' \
            "$kind" "$PWD/examples/go-cgi/go-cgi.wasm" >>"$work/jetway.toml"
        [ -z "$kind" ] || echo 'snapshot = true' >>"$work/jetway.toml"
    done
    rows+=(go)
fi

# address NAME: Go's routes are of no site in a folder; without the last / the program would answer with a redirect.
address() {
    case $1 in
        go*) echo "http://127.0.0.1:28090/hi.$1/" ;;
        *) echo "http://localhost:28090/hi.$1" ;;
    esac
}

serve
for row in "${rows[@]}"; do
    for kind in "" s; do
        answers "$(address "$row$kind")"
        wrk -t1 -c1 -d"${warm_up}s" "$(address "$row$kind")" >/dev/null
    done
done
# Snapshots are taken in the background, one after another, at the lowest priority that guests have, for a request that
# found none: those of curl and of wrk are of two kinds. So both have a quiet while, and then a warm-up with snapshots.
for _ in 1 2; do
    sleep 45
    for row in "${rows[@]}"; do
        wrk -t1 -c1 -d"${seconds}s" "$(address "${row}s")" >/dev/null
    done
done
# median PATH: milliseconds.
median() {
    wrk -t1 -c1 -d"${seconds}s" --latency "$(address "$1")" | awk '
        /Non-2xx/ { print "fails"; exit }
        $1 == "50%" { t = $2 + 0; if ($2 ~ /us$/) t /= 1000; else if ($2 !~ /ms$/) t *= 1000; printf "%.2f", t }'
}
echo "machine: $machine; median of requests one after another, ${seconds} s each, milliseconds"
echo
# shellcheck disable=SC2016 # Markdown.
echo '| program | ordinary | with `snapshot = true` | its snapshots |'
echo '|---|---|---|---|'
for row in "${rows[@]}"; do
    ordinary=$(median "$row")
    snapshot=$(median "${row}s")
    # The text behind the module's name; only what has `snapshot = true` is listed.
    state=$(curl -s http://127.0.0.1:28091/snapshots | sed -n "s/^.* ${file[$row]}: //p" | head -1)
    echo "| $row | $ordinary | $snapshot | $state |"
done
