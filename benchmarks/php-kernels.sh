#!/bin/bash
# PHP programs that compute (benchmarks/guests/kernels.php), as a guest of Jetway over HTTP and in Debian's php-cgi
# without OPcache, with and without the JIT of its regular expressions. Prints the milliseconds of each, and geometric
# means of native; writes them as JSON.
#
#   benchmarks/php-kernels.sh [RUNS=15] [WARM=60] [JSON=benchmarks/target/php-kernels.json]
#
# The medians of RUNS requests after WARM seconds of them, and of RUNS native processes. PHP_CGI is the module, the newest
# that is in examples/php unless said. Installs what is missing from Debian.
set -euo pipefail
cd "$(dirname "$0")/.."
runs=${1:-15}
warm=${2:-60}
json=${3:-benchmarks/target/php-kernels.json}
. benchmarks/server.sh
need php-cgi curl
examples/php/fetch.sh
module=$(php_module)
cp benchmarks/guests/kernels.php "$work/"
cat >"$work/jetway.toml" <<CONF
[server]
listen = "127.0.0.1:18085"
admin-listen = "127.0.0.1:0"
[[route]]
path = "/kernels"
module = "$module"
volumes = { "/www" = "$work" }
environment = { SCRIPT_FILENAME = "/www/kernels.php", REDIRECT_STATUS = "200" }
CONF
serve
address=http://127.0.0.1:18085/kernels
answers $address
begin=$SECONDS
while [ $((SECONDS - begin)) -lt "$warm" ]; do curl -sf $address >/dev/null; done
for _ in $(seq "$runs"); do
    curl -sf $address >>"$work/jetway.runs"
    php-cgi -q -d opcache.enable=0 benchmarks/guests/kernels.php >>"$work/native.runs"
    php-cgi -q -d opcache.enable=0 -d pcre.jit=0 benchmarks/guests/kernels.php >>"$work/slow.runs"
done
[ "$(cat "$work"/*.runs | awk '{ print $1, $3 }' | sort -u | wc -l)" = 7 ] ||
    { echo "they differ in what they compute" >&2; exit 1; }

time_of() { awk -v n="$2" '$1 == n { print $2 }' "$work/$1.runs" | median; } # engine, program
over() { awk "BEGIN { printf \"%.1f\", $1 / $2 }"; }

echo "machine: $machine; medians of $runs runs; ${module##*/}, $(php-cgi -v | head -1)"
echo
echo '| program | native ms | without PCRE JIT | Jetway ms | of native | of native without PCRE JIT |'
echo '|---|---|---|---|---|---|'
mkdir -p "$(dirname "$json")"
{
    printf '{"machine":"%s","runs":%d,"rows":[' "$machine" "$runs"
    comma=
    for name in mandelbrot reversals fibonacci sort strings objects preg; do
        native=$(time_of native $name) slow=$(time_of slow $name) jetway=$(time_of jetway $name)
        printf '| %s | %s | %s | %s | %s | %s |\n' $name "$native" "$slow" "$jetway" "$(over "$jetway" "$native")" \
            "$(over "$jetway" "$slow")" >&3
        [ $name = preg ] || echo "$jetway $native" >>"$work/ratios"
        printf '%s{"program":"%s","native_ms":%s,"native_without_jit_ms":%s,"jetway_ms":%s}' "$comma" $name "$native" \
            "$slow" "$jetway"
        comma=,
    done
    printf ']}\n'
} 3>&1 >"$json"
echo
awk '{ sum += log($1 / $2) } END { printf "geometric mean of native, without preg: %.1f\n", exp(sum / NR) }' "$work/ratios"
echo "JSON: $json"
