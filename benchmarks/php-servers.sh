#!/bin/bash
# The front page of WordPress (examples/wordpress/setup.sh) through HTTP: Jetway, Apache with mod_cgid and Debian's
# php-cgi, Apache with php-fpm. Prints pages a second and processor time of a page.
#
#   benchmarks/php-servers.sh [PAGES=100] [WARM=60] [SIDE…]
#
# A SIDE, all unless named, one after the other:
#   cgid             a native process for each request, no OPcache
#   cgid-cache       the same with OPcache's file cache
#   fpm              four native processes that stay, OPcache in their memory
#   jetway           PHP_CGI, which is what examples/php/build.sh has built unless said, with OPcache's file cache
#   jetway-snapshot  the same with "snapshot = true"
#   jetway-plain     the same with neither
# CHECKOUT:jetway is Jetway from another folder of the project, and so on.
# Each has a copy of the site and is warmed up (Jetway for WARM seconds, the others for five) before PAGES pages with one
# connection and as many with four. The processor time is what the whole machine spent meanwhile, the kernel, the JIT and
# the load generator included: nothing else should run. The rows are kept in benchmarks/target/php-servers.tsv, so that the
# sides can be measured in several runs, and the table shows the last of each.
#
# Needs Debian's apache2, php-cgi, php-fpm, php-sqlite3, php-xml, php-mbstring and nghttp2-client, and root.
set -euo pipefail
cd "$(dirname "$0")/.."
pages=${1:-100}
warm=${2:-60}
shift $(($# < 2 ? $# : 2))
[ $# -gt 0 ] || set -- cgid cgid-cache fpm jetway jetway-snapshot jetway-plain
. benchmarks/server.sh
. benchmarks/php-sides.sh
rows=benchmarks/target/php-servers.tsv
mkdir -p benchmarks/target
port=18096

# measure SIDE CONNECTIONS: adds a row.
measure() {
    local before after
    before=$(busy)
    pages "$pages" "$2"
    after=$(busy)
    local rate
    rate=$(sed -n 's/^finished in [^ ]*, \([0-9.]*\) req.*/\1/p' "$work/load")
    printf '%s\t%s\t%s\t%s\n' "$1" "$2" "$rate" "$(((after - before) * 10 / pages))" >>$rows
}

for side; do
    side "$side"
    case ${side##*:} in jetway*) seconds=$warm ;; *) seconds=5 ;; esac
    load -D "$seconds" -c 2 -t 1 >/dev/null
    for connections in 1 4; do measure "$side" $connections; done
    stop
    for pid in "${pids[@]}"; do
        kill "$pid"
        wait "$pid" || true
    done
    pids=()
done

echo "machine: $machine; $pages pages"
echo
echo '| side | connections | pages/s | processor ms a page | of cgid |'
echo '|---|---|---|---|---|'
awk -F'\t' '
    { key = $1 FS $2; if (!(key in rate)) order[++n] = key; rate[key] = $3; time[key] = $4 }
    END {
        for (i = 1; i <= n; i++) {
            split(order[i], k, FS)
            base = time["cgid" FS k[2]]
            printf "| %s | %s | %.1f | %d | %s |\n", k[1], k[2], rate[order[i]], time[order[i]],
                base ? sprintf("%.2f", time[order[i]] / base) : "-"
        }
    }' $rows
