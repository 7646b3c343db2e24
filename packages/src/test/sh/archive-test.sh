#!/bin/sh
# Unpacks the archive in a Debian that has a Java runtime and nothing else of ours, and starts it there.
# Run by hand, as root: packages/src/test/sh/archive-test.sh
# shellcheck disable=SC2016 # some lines are for the shells in there
set -eu
# shellcheck source=packages/src/test/sh/machine.sh
. "$(dirname "$0")/machine.sh"
boot

# In a folder that root owns, whose name has a space, for a user who may only read it.
home="/opt/of alice/jetway-$version"
mkdir "$root/opt/of alice"
tar -C "$root/opt/of alice" -xzf "$archive"
touch "$box/unpacked"
inside useradd --create-home alice
alice() { # alice COMMAND…: with nothing of root's environment
    nsenter -t "$first" --mount --uts --ipc --net --pid --cgroup --root --wd setpriv --reuid=alice --regid=alice \
        --init-groups env -i HOME=/home/alice PATH=/usr/bin:/bin "$@"
}
run() { # run COMMAND…: its messages are in the log
    code=0
    alice "$@" >"$box/log" 2>&1 </dev/null || code=$?
}
ready() { grep -q '^Ready: ' "$box/log"; }
start() {
    : >"$box/log"
    (alice sh -c 'cd / && exec "$0/jetway" serve' "$home" >"$box/log" 2>&1 </dev/null) &
    await ready
}
stop() { inside sh -c 'kill $(pidof java); while pidof java; do sleep 0.1; done' >/dev/null 2>&1; }
hello() { [ "$(get /hello)" = 'Hello world' ]; }
cache=$root/home/alice/.cache/jetway
kept() { find "$cache/jvm" -name '*.aot' | grep -q . && [ ! -h "$cache/jvm/training" ]; }

run "$home/jetway" version
check "without Java it says what is missing" grep -q 'needs Java 25.*temurin-25-jre' "$box/log"
check "and ends with 2" [ "$code" = 2 ]
mkdir "$root/usr/lib/jvm"
ln -s /java "$root/usr/lib/jvm/java-25"

run "$home/jetway" version
check "with Java it runs" grep -q "^Jetway $version on Java" "$box/log"
check "starts" start
check "and answers" hello
check "in what the README says" [ "$(get /env/some/path | grep ^PATH_INFO)" = PATH_INFO=/some/path ]
check "keeps compiled modules for its user" [ "$(stat -c %U "$cache/modules")" = "$(stat -c %U "$root/home/alice")" ]
check "what the JVM keeps is made beside the first start" await kept
stop
check "starts again" start
check "with that" inside sh -c 'cat /proc/$(pidof java)/cmdline | grep -q -- -XX:AOTCache='
check "and answers" hello
check "changes nothing of the installation" [ -z "$(find "$root/opt" -newer "$box/unpacked")" ]
stop
run "$home/jetway" run "$home/examples/cgi-wasm/hello.wasm"
check "runs a guest on the terminal" grep -q 'Hello world' "$box/log"
verdict
