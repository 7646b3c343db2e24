#!/bin/sh
# Lays out the layers of the image below $1/layers, those that change least first: the C library of the
# machine that builds, the runtime, the libraries, Jetway.
set -eu
target=$1
project=$(cd "$(dirname "$0")/../../../../.." && pwd -P)
layers=$target/layers

# Each library that the runtime's files ask for, at the path where its loader looks; nothing else of a system.
mkdir -p "$layers/system/tmp" "$layers/system/var/cache" "$layers/system/srv/sites"
chmod 777 "$layers/system/tmp" "$layers/system/var/cache"
find "$target/runtime" \( -name '*.so' -o -path '*/bin/java' \) -exec ldd {} + |
    sed -n 's/.*=> \(\/[^ ]*\) (.*/\1/p; s/^[[:space:]]*\(\/lib[^ ]*\) (.*/\1/p' | sort -u >"$target/needed"
while read -r library; do
    case $library in "$target"/*) continue ;; esac
    mkdir -p "$layers/system$(dirname "$library")"
    cp -L "$library" "$layers/system$library"
done <"$target/needed"

mkdir -p "$layers/runtime/opt/jetway" "$layers/libraries/opt/jetway/lib" "$layers/jetway/opt/jetway/lib" \
    "$layers/jetway/etc/jetway"
cp -R "$target/runtime" "$layers/runtime/opt/jetway/"
cp "$target/jars/libraries.jar" "$layers/libraries/opt/jetway/lib/"
cp "$target/jars/jetway.jar" "$layers/jetway/opt/jetway/lib/"
cp "$project/packages/runtimes/src/main/etc/jetway.toml" "$layers/jetway/etc/jetway/"
cp "$project/packages/target/sbom.cdx.json" "$project/LICENSE" "$layers/jetway/opt/jetway/"

# The launcher's flags, in the one form that both can read.
{
    sed -n "s/^flags='\(.*\)'/\1/p" "$project/jetway" | tr ' ' '\n'
    # No file in /tmp that another process could read.
    echo '-XX:-UsePerfData'
    echo '-Djetway.home=/opt/jetway'
    echo '-cp /opt/jetway/lib/jetway.jar:/opt/jetway/lib/libraries.jar'
} >"$layers/jetway/opt/jetway/lib/java.options"
