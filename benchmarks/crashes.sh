#!/bin/bash
# Kills servers that compile modules into one folder, hundreds of times, and then looks whether
# anything there is damaged or loads wrong.
#
#   benchmarks/crashes.sh [KILLS=300]
#
# Two processes at a time compile the same modules; both get SIGKILL, at a random moment or while a
# file is being written. As root the folder lies on a file system of its own, which is full in the
# last rounds.
set -euo pipefail
cd "$(dirname "$0")/.."
kills=${1:-300}
modules=20

. benchmarks/server.sh
mounted=
end() {
    kill "$(jobs -p)" 2>/dev/null || true
    wait 2>/dev/null || true
    [ -z "$mounted" ] || umount "$work/disk"
    cleanup
}
trap end EXIT

# The launcher looks at all sources before each start; a copy without sources does not.
mkdir -p "$work/home/lib"
cp jetway "$work/home/"
cp server/target/jetway-server.jar "$work/home/lib/"
jetway=$work/home/jetway
export JETWAY_JAVA_OPTS="-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx256m"

mkdir "$work/disk"
if mount -t tmpfs -o size=8m tmpfs "$work/disk" 2>/dev/null; then mounted=yes; fi
# The disk is too small for what the JVM would keep.
export XDG_CACHE_HOME=$work/disk JETWAY_JVM_CACHE=no
cache=$work/disk/jetway/modules
for m in $(seq -w "$modules"); do
    LC_ALL=C sed "s/Hello world/Greeting $m/" examples/cgi-wasm/hello.wasm >"$work/m$m.wasm"
done

compile() {
    exec "$jetway" compile --module-cache "$cache" "$work"/m*.wasm >>"$work/log" 2>&1
}
count() { # files of a pattern
    { compgen -G "$1" || true; } | wc -l
}
verify() {
    "$jetway" cache verify --module-cache "$cache" || { echo "damaged after $1 kills"; exit 1; }
}

compile & wait $!
killed=0 in_write=0 left=0
while [ "$killed" -lt "$kills" ]; do
    # Half of the entries have to be made again; which, is chance.
    for entry in "$cache"/*.module; do
        if [ $((RANDOM % 2)) = 0 ]; then rm -f "$entry"; fi
    done
    rm -f "$cache"/.new-*
    compile & one=$!
    compile & other=$!
    # They are at work once there are some more entries, at the latest when they have ended.
    enough=$(($(count "$cache/*.module") + RANDOM % 5))
    while [ "$(count "$cache/*.module")" -lt "$enough" ] && kill -0 $one 2>/dev/null; do :; done
    if [ $((RANDOM % 2)) = 0 ]; then
        while kill -0 $one 2>/dev/null; do
            if compgen -G "$cache/.new-*" >/dev/null; then in_write=$((in_write + 1)); break; fi
        done
    else
        sleep "0.$((RANDOM % 500 + 100))"
    fi
    kill -9 $one $other 2>/dev/null || true
    wait $one $other 2>/dev/null || true
    killed=$((killed + 2))
    left=$((left + $(count "$cache/.new-*")))
    if [ $((killed % 50)) = 0 ]; then verify "$killed"; fi
done
verify "$killed"

right() { # of how many modules
    local m
    for m in $(seq -w "$1"); do
        "$jetway" run "$work/m$m.wasm" | grep -q "Greeting $m" ||
            { echo "module $m loads wrong"; exit 1; }
    done
}
right "$modules"
echo "$killed kills, $in_write pairs of them while a file was being written; $left unfinished files" \
    "were left; nothing damaged, all $modules modules right"

if [ -n "$mounted" ]; then
    rm -f "$cache"/*.module "$cache"/.new-*
    : >"$work/log"
    dd if=/dev/zero of="$work/disk/ballast" bs=64k 2>/dev/null || true
    truncate -s -48k "$work/disk/ballast"
    compile & wait $!
    verify "$killed"
    echo "full disk: all compiled, $(grep -c 'cannot be kept' "$work/log" || true) warning," \
        "$(count "$cache/*.module") entries kept," \
        "$(count "$cache/.new-*") unfinished"
    rm "$work/disk/ballast"
    compile & wait $!
    verify "$killed"
    echo "room again: $(count "$cache/*.module") entries kept"
fi
