#!/bin/bash
# php-cgi's `echo "hi"`: the median of a run in milliseconds, ordinary and from a snapshot, of runs one after the other.
#
#   benchmarks/snapshot.sh [RUNS=2000] [MODULE=examples/php/php-cgi-8.2.0.wasm]
set -euo pipefail
cd "$(dirname "$0")/.."
runs=${1:-2000}
module=${2:-examples/php/php-cgi-8.2.0.wasm}
. benchmarks/java.sh
[ -f "$module" ] || examples/php/fetch.sh

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/www"
echo '<?php echo "hi";' >"$work/www/hi.php"
flags=$(sed -n "s/^flags='\(.*\)'/\1/p" jetway)
# shellcheck disable=SC2086 # options are words
read -r ordinary snapshot < <("$java" $flags -Xmx2g ${JETWAY_JAVA_OPTS:-} \
    -cp "benchmarks/target/jetway-benchmarks.jar:benchmarks/target/lib/*" \
    dev.jetway.sandbox.SnapshotStart "$module" benchmarks/target/modules "$work/www" "$runs" \
    SCRIPT_FILENAME=/www/hi.php REDIRECT_STATUS=200 REQUEST_METHOD=GET REQUEST_URI=/hi.php \
    SCRIPT_NAME=/hi.php QUERY_STRING= SERVER_NAME=localhost SERVER_PROTOCOL=HTTP/1.1 \
    GATEWAY_INTERFACE=CGI/1.1 php-cgi)
echo '| ordinary ms | from a snapshot ms |'
echo '|---|---|'
echo "| $ordinary | $snapshot |"
