# shellcheck shell=bash
# shellcheck disable=SC2154,SC2034 # What server.sh and the script set, and what they use.
# Sourced after server.sh, from the project's folder: WordPress's front page by several servers, each over a copy of the site
# in $work, at $port.
need h2load:nghttp2-client apache2 php-cgi curl
fpm=$(PATH=$PATH:/usr/sbin compgen -c php-fpm | sort -V | tail -n 1)
[ -n "$fpm" ] || { packages php-fpm && fpm=$(PATH=$PATH:/usr/sbin compgen -c php-fpm | sort -V | tail -n 1); }
for extension in pdo_sqlite mbstring dom; do
    php-cgi -m | grep -qx "$extension" || packages php-sqlite3 php-mbstring php-xml
done
examples/wordpress/setup.sh
module=$(php_module)
chmod 755 "$work"
modules=/usr/lib/apache2/modules

# jetway SNAPSHOT OPCACHE: the server over the site in $work.
jetway() {
    cat >"$work/jetway.toml" <<TOML
sites = "sites/*"
state-dir = "state"
[server]
listen = "127.0.0.1:$port"
admin-listen = "127.0.0.1:0"
[limits]
time = "3m"
cpu-time = "2m"
[handler.php]
module = "$module"
extensions = ["php"]
snapshot = $1
TOML
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

# side SIDE: starts it and waits for its first page. CHECKOUT:SIDE has Jetway from another folder of the project.
side() {
    local name=${1##*:}
    rm -rf "$work/sites"
    mkdir -p "$work/sites"
    cp -r examples/wordpress/sites/blog.localhost "$work/sites/"
    rm -rf "$work/sites/blog.localhost/tmp"
    mkdir "$work/sites/blog.localhost/tmp"
    : >"$work/log"
    case $name in
        cgid) cgid 'opcache.enable = 0' ;;
        cgid-cache) cgid 'opcache.file_cache_only = 1' "opcache.file_cache = $work/sites/blog.localhost/tmp" ;;
        fpm) fpm ;;
        jetway | jetway-snapshot | jetway-plain)
            [ "$name" = "$1" ] || local JETWAY=${1%:*}/jetway
            jetway "$([ "$name" = jetway-snapshot ] && echo true || echo false)" \
                "$([ "$name" = jetway-plain ] && echo 0 || echo 1)"
            ;;
        *) echo "there is no side '$1'" >&2; exit 2 ;;
    esac
    answers -H 'Host: blog.localhost:8080' "http://127.0.0.1:$port/"
    grep -q '</html>' "$work/out" || { echo "$1: no page" >&2; head -c 2000 "$work/out" >&2; exit 1; }
}

# busy: hundredths of a second that the processors have worked.
busy() { awk '$1 == "cpu" { print $2 + $3 + $4 + $7 + $8 }' /proc/stat; }

load() { h2load --h1 --connect-to="127.0.0.1:$port" "$@" http://blog.localhost:8080/; }

# pages NUMBER CONNECTIONS: all of them have to come.
pages() {
    load -n "$1" -c "$2" -t 1 >"$work/load"
    grep -q "^status codes: $1 2xx" "$work/load" || { cat "$work/load" "$work/log" >&2; exit 1; }
}
