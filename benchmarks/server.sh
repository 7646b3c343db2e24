# shellcheck shell=bash
# Sourced from the project's folder: what the benchmarks have in common. Builds the server and makes a
# folder, $work, which goes at the end, with the server and what else is in $pids.

# need TOOL[:PACKAGE]…: installs from Debian (as root) what is missing.
need() {
    local missing=() pair
    for pair; do
        PATH=$PATH:/usr/sbin command -v "${pair%%:*}" >/dev/null || missing+=("${pair#*:}")
    done
    packages "${missing[@]}"
}

# packages PACKAGE…: installs them.
packages() {
    [ $# -eq 0 ] || { apt-get update -qq && apt-get install -y -qq --no-install-recommends "$@"; }
}

./jetway version >/dev/null
work=$(mktemp -d)
server=
pids=()
cleanup() {
    local pid
    for pid in $server "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
    wait 2>/dev/null || true
    rm -rf "$work"
}
trap cleanup EXIT

# For the head of a table.
# shellcheck disable=SC2034 # The script prints it.
machine="$(nproc) cores, $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1)"

# What runs a server on the processors SERVER_ON (0, or 0-1), a load generator on CLIENT_ON; on all unless named.
on_server=(${SERVER_ON:+taskset -c "$SERVER_ON"})
# shellcheck disable=SC2034 # A script uses it.
on_client=(${CLIENT_ON:+taskset -c "$CLIENT_ON"})

# Starts the server over the configuration in $work, or the one of another checkout whose launcher is $JETWAY;
# JETWAY_JAVA_OPTS go to it.
serve() {
    "${on_server[@]}" "${JETWAY:-./jetway}" serve -c "$work" >"$work/log" 2>&1 &
    server=$!
}

# answers ARGUMENT…: waits until curl with these gets an answer, with pauses of $POLL seconds.
answers() {
    local end=$((SECONDS + 120))
    until curl -sf -o "$work/out" "$@"; do
        if ! kill -0 "$server" 2>/dev/null || [ $SECONDS -ge $end ]; then
            cat "$work/log" >&2
            exit 1
        fi
        sleep "${POLL:-0.02}"
    done
}

# starts: the counts of jetway_guest_start_seconds, "UPPER-BOUND COUNT" a line.
starts() {
    # shellcheck disable=SC2154 # The script sets it.
    curl -s "http://127.0.0.1:$admin/metrics" |
        sed -n 's/^jetway_guest_start_seconds_bucket{.*le="\([^"]*\)".*} \(.*\)/\1 \2/p'
}

# start_quantile QUANTILE BEFORE AFTER: the bucket, in microseconds, between two files of starts.
start_quantile() {
    paste -d' ' "$2" "$3" | awk -v q="$1" '
        { bound[NR] = $1; count[NR] = $4 - $2 }
        END {
            for (i = 1; i <= NR && count[i] < q * count[NR]; i++) { }
            print bound[i] == "+Inf" ? "inf" : bound[i] * 1e6
        }'
}

stop() {
    kill "$server"
    wait "$server" || true
    server=
}

# gauge NAME: a metric without labels, or with all of them, from the port $admin.
gauge() {
    # shellcheck disable=SC2154 # The script sets it.
    curl -s "http://127.0.0.1:$admin/metrics" | awk -v n="$1" '$1 == n { print int($2) }'
}

# Megabytes of the server in memory.
resident() { awk '$1 == "VmRSS:" { print int($2 / 1024) }' "/proc/$server/status"; }

# median: of the numbers on standard input, a line each.
median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

# php_module: PHP_CGI, else the newest php-cgi in examples/php.
php_module() { realpath "${PHP_CGI:-$(find examples/php -name 'php-cgi-*.wasm' | sort -V | tail -n 1)}"; }
