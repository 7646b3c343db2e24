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
need h2load:nghttp2-client apache2 php-cgi curl
fpm=$(PATH=$PATH:/usr/sbin compgen -c php-fpm | sort -V | tail -n 1)
[ -n "$fpm" ] || { packages php-fpm && fpm=$(PATH=$PATH:/usr/sbin compgen -c php-fpm | sort -V | tail -n 1); }
for extension in pdo_sqlite mbstring dom; do
    php-cgi -m | grep -qx "$extension" || packages php-sqlite3 php-mbstring php-xml
done
examples/wordpress/setup.sh
module=$(php_module)
rows=benchmarks/target/php-servers.tsv
mkdir -p benchmarks/target
chmod 755 "$work"
port=18096
modules=/usr/lib/apache2/modules

# jetway SNAPSHOT OPCACHE: the server over the site in $work.
jetway() {
    printf '[server]\nlisten = "127.0.0.1:%s"\nadmin-listen = "127.0.0.1:0"\n' $port >"$work/jetway.toml"
    printf 'sites = "sites/*"\nstate-dir = "state"\n[limits]\ntime = "3m"\ncpu-time = "2m"\n' >"$work/sites.toml"
    cat "$work/sites.toml" - "$work/jetway.toml" >"$work/whole.toml" <<TOML
[handler.php]
module = "$module"
extensions = ["php"]
snapshot = $1
TOML
    mv "$work/whole.toml" "$work/jetway.toml"
    printf 'php = { "opcache.enable" = "%s" }\n' "$2" >>"$work/sites/blog.localhost/site.toml"
    serve
}

# apache HANDLER [LINE…]: Apache with what runs the scripts.
apache() {
    chown -R www-data "$work/sites"
    {
        cat <<CONF
ServerName blog.localhost
Listen 127.0.0.1:$port
PidFile $work/apache.pid
ErrorLog $work/apache.log
ScriptSock $work/cgid
User www-data
Group www-data
DocumentRoot $work/sites/blog.localhost/public
DirectoryIndex index.php
FallbackResource /index.php
CONF
        for name in mpm_event authz_core dir alias actions env cgid proxy proxy_fcgi; do
            echo "LoadModule ${name}_module $modules/mod_$name.so"
        done
        printf '<FilesMatch "\\.php$">\nSetHandler "%s"\n</FilesMatch>\n' "$1"
        shift
        printf '%s\n' "$@"
    } >"$work/httpd.conf"
    PATH=$PATH:/usr/sbin apache2 -f "$work/httpd.conf" -DFOREGROUND &
    server=$!
}

# cgid LINE…: with these lines of php.ini.
cgid() {
    printf '%s\n' "$@" >"$work/php.ini"
    apache php "Action php /bin/php-cgi" "ScriptAlias /bin/ /usr/bin/" "SetEnv PHPRC $work"
}

fpm() {
    cat >"$work/fpm.conf" <<CONF
[global]
error_log = $work/fpm.log
[www]
user = www-data
listen = $work/fpm
listen.owner = www-data
pm = static
pm.max_children = 4
CONF
    PATH=$PATH:/usr/sbin "$fpm" --nodaemonize --fpm-config "$work/fpm.conf" &
    pids+=($!)
    apache "proxy:unix:$work/fpm|fcgi://localhost"
}

# busy: hundredths of a second that the processors have worked.
busy() { awk '$1 == "cpu" { print $2 + $3 + $4 + $7 + $8 }' /proc/stat; }

load() { h2load --h1 --connect-to=127.0.0.1:$port "$@" http://blog.localhost:8080/; }

# measure SIDE CONNECTIONS: adds a row.
measure() {
    local before after
    before=$(busy)
    load -n "$pages" -c "$2" -t 1 >"$work/load"
    after=$(busy)
    grep -q "^status codes: $pages 2xx" "$work/load" || { cat "$work/load" "$work/log" >&2; exit 1; }
    local rate
    rate=$(sed -n 's/^finished in [^ ]*, \([0-9.]*\) req.*/\1/p' "$work/load")
    printf '%s\t%s\t%s\t%s\n' "$1" "$2" "$rate" "$(((after - before) * 10 / pages))" >>$rows
}

for side; do
    rm -rf "$work/sites"
    mkdir -p "$work/sites"
    cp -r examples/wordpress/sites/blog.localhost "$work/sites/"
    rm -rf "$work/sites/blog.localhost/tmp"
    mkdir "$work/sites/blog.localhost/tmp"
    : >"$work/log"
    seconds=5
    case $side in
        cgid) cgid 'opcache.enable = 0' ;;
        cgid-cache) cgid 'opcache.file_cache_only = 1' "opcache.file_cache = $work/sites/blog.localhost/tmp" ;;
        fpm) fpm ;;
        jetway | jetway-snapshot | jetway-plain)
            seconds=$warm
            jetway "$([ "$side" = jetway-snapshot ] && echo true || echo false)" \
                "$([ "$side" = jetway-plain ] && echo 0 || echo 1)"
            ;;
        *) echo "php-servers.sh: there is no side '$side'" >&2; exit 2 ;;
    esac
    answers -H 'Host: blog.localhost:8080' "http://127.0.0.1:$port/"
    grep -q '</html>' "$work/out" || { echo "$side: no page" >&2; head -c 2000 "$work/out" >&2; exit 1; }
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
