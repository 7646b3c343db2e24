#!/bin/sh
# Runs the JMH benchmarks; arguments go to JMH: benchmarks/jmh.sh -prof gc GuestRun
set -eu
cd "$(dirname "$0")/.."
. benchmarks/java.sh
exec "$java" --enable-native-access=ALL-UNNAMED -cp "benchmarks/target/jetway-benchmarks.jar:benchmarks/target/lib/*" \
    -Djetway.examples="$PWD/examples/cgi-wasm" org.openjdk.jmh.Main "$@"
