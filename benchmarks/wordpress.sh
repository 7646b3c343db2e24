#!/bin/bash
# The front page of WordPress (examples/wordpress/setup.sh) in php-cgi: processor time of a page, the
# first and the later ones, of this tree and of others; and of a native php-cgi if there is one. Each
# tree has a JVM of its own. Writes the table as JSON too.
#
#   benchmarks/wordpress.sh [PAGES=30] [JSON=benchmarks/target/wordpress.json] [TREE…]
#
# PHP_CGI=FILE takes another php-cgi than that of examples/php/fetch.sh, and OPCACHE=1 its OPcache, if it has one.
#
# A TREE is a checkout of another state, for "before" (git worktree add); its benchmarks are built.
# The last columns are the median and the fastest of the last quarter of the pages, and how many methods
# the JIT's second compiler refused, with the reasons on standard error.
set -euo pipefail
cd "$(dirname "$0")/.."
pages=${1:-30}
json=${2:-benchmarks/target/wordpress.json}
shift $(($# < 2 ? $# : 2))
. benchmarks/java.sh
examples/wordpress/setup.sh

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/site"
cp -r examples/wordpress/sites/blog.localhost/public "$work/site/www"
module=${PHP_CGI:-examples/php/php-cgi-8.2.0.wasm}
if [ "${OPCACHE:-0}" = 1 ]; then
    mkdir "$work/site/www/cache"
    echo 'opcache.file_cache = /www/cache' >"$work/site/www/php.ini"
fi
request=(SCRIPT_FILENAME=/www/index.php REDIRECT_STATUS=200 REQUEST_METHOD=GET REQUEST_URI=/
    SCRIPT_NAME=/index.php QUERY_STRING= SERVER_NAME=blog.localhost SERVER_PORT=8080 HTTP_HOST=blog.localhost:8080
    SERVER_PROTOCOL=HTTP/1.1 GATEWAY_INTERFACE=CGI/1.1 PHPRC=/www)
options() { # tree, argument…
    local tree=$1
    shift
    # The flags of the tree's own launcher.
    local flags
    flags=$(sed -n "s/^flags='\(.*\)'/\1/p" "$tree/jetway")
    # shellcheck disable=SC2086 # options are words
    "$java" "-Xlog:jit+compilation=debug:file=$work/jit.log" $flags -Xmx2g ${JETWAY_JAVA_OPTS:-} \
        -cp "$tree/benchmarks/target/jetway-benchmarks.jar:$tree/benchmarks/target/lib/*" \
        dev.jetway.module.CompilerOptions "$@"
}

machine="$(nproc) cores, $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1)"
echo "machine: $machine; $pages pages"
echo
echo '| tree | compile ms | classes | MiB | interpreted | load ms | first page ms | metaspace MiB | page ms | fastest ms | refused |'
echo '|---|---|---|---|---|---|---|---|---|---|---|'
mkdir -p "$(dirname "$json")"
{
    printf '{"machine":"%s","pages":%s,"columns":"tree, compile ms, classes, MiB, stored MiB, interpreted, load ms, first page ms, metaspace MiB, page ms, fastest ms, refused","rows":[' "$machine" "$pages"
    comma=
    for tree in "$@" .; do
        [ -f "$tree/benchmarks/target/jetway-benchmarks.jar" ] || (cd "$tree" && . benchmarks/java.sh)
        name=$(git -C "$tree" log -1 --format=%h)
        read -r compile classes size stored interpreted < <(options "$tree" compile \
            "$module" 64 "$work/image" | tr '\t' ' ')
        read -r load first metaspace page fastest < <(options "$tree" run "$work/image" "$pages" \
            "$work/site/www" "${request[@]}" php-cgi | tr '\t' ' ')
        refusals=$(grep 'COMPILE SKIPPED' "$work/jit.log" || true)
        refused=$(grep -c . <<<"$refusals" || true)
        [ "$refused" = 0 ] || echo "$name: ${refusals//$'\n'/$'\n'$name: }" >&2
        echo "| $name | $compile | $classes | $size | $interpreted | $load | $first | $metaspace | $page | $fastest | $refused |" >&3
        row="$name $compile $classes $size $stored $interpreted $load $first $metaspace $page $fastest $refused"
        printf '%s["%s"]' "$comma" "${row// /\",\"}"
        comma=,
    done
    printf ']}\n'
} 3>&1 >"$json"

if command -v php-cgi >/dev/null; then
    native=("${request[@]/\/www\//$work/site/www/}")
    TIMEFORMAT='native php-cgi without opcache: %U s user, %S s kernel, of the last of 5 pages'
    for _ in 1 2 3 4; do env "${native[@]}" php-cgi -d opcache.enable=0 >/dev/null; done
    time env "${native[@]}" php-cgi -d opcache.enable=0 >/dev/null
fi
echo
echo "JSON: $json"
