#!/bin/sh
# Starts what brings its own runtime in a Debian without Java: the archive, and the image as its settings say, as a
# number, on a root that nobody can write to.
# Run by hand, as root: packages/src/test/sh/runtimes-test.sh
# shellcheck disable=SC2016,SC2046 # some lines are for the shells in there; files with a word a line
set -eu
# shellcheck source=packages/src/test/sh/machine.sh
. "$(dirname "$0")/machine.sh"
whole=$(echo "$target"/../runtimes/target/jetway-*.tar.gz)
image=$(echo "$target"/../image/target/jetway-*-image.tar)
boot
check "there is no Java" [ ! -e "$root/usr/lib/jvm" ]
ready() { grep -q '^Ready: ' "$box/log"; }

# The archive.
mkdir "$root/opt/whole"
tar -C "$root/opt/whole" --strip-components=1 -xzf "$whole"
inside useradd --create-home alice
(inside setpriv --reuid=alice --regid=alice --init-groups env -i HOME=/home/alice PATH=/usr/bin:/bin \
    /opt/whole/jetway serve >"$box/log" 2>&1 </dev/null) &
check "the archive starts without Java" await ready
hello() { [ "$(get /hello)" = 'Hello world' ]; }
check "and answers" hello
check "by its own runtime" inside sh -c \
    'for p in $(pidof java); do grep -q "^/opt/whole/runtime/bin/java" /proc/$p/cmdline || exit 1; done'
kept() {
    find "$root/home/alice/.cache/jetway/jvm" -name '*.aot' | grep -q . &&
        [ ! -h "$root/home/alice/.cache/jetway/jvm/training" ]
}
check "what the JVM keeps is made beside the first start" await kept
inside sh -c 'kill $(pidof java); while pidof java; do sleep 0.1; done' >/dev/null 2>&1 || true

# The image: an OCI archive (image-spec, image-layout), read with the shell's means.
mkdir "$box/image" "$root/image"
tar -C "$box/image" -xf "$image"
check "the image is an OCI archive" grep -q '"imageLayoutVersion"' "$box/image/oci-layout"
blob() { echo "$box/image/blobs/sha256/${1#sha256:}"; }
digests() { tr ',{}[]' '\n' <"$1" | sed -n 's/.*"digest" *: *"\(sha256:[0-9a-f]*\)".*/\1/p'; }
manifest=$(blob "$(digests "$box/image/index.json" | head -n 1)")
config=$(blob "$(digests "$manifest" | head -n 1)")
wrong=0
for layer in $(digests "$manifest" | tail -n +2); do
    [ "sha256:$(sha256sum "$(blob "$layer")" | cut -d ' ' -f 1)" = "$layer" ] || wrong=$((wrong + 1))
    tar --warning=no-unknown-keyword -C "$root/image" -xzf "$(blob "$layer")"
done
check "its layers are what their digests say" [ $wrong = 0 ]
check "they are jib's own and four of ours" [ "$(digests "$manifest" | tail -n +2 | wc -l)" = 5 ]
last=$(blob "$(digests "$manifest" | tail -n 1)")
check "the last has nothing but Jetway" [ "$(wc -c <"$last")" -lt 2000000 ]
check "it runs as a number" grep -q '"User":"10001:10001"' "$config"
check "it has neither a shell nor another program" \
    [ "$(find "$root/image" -type f -perm /111 ! -path '*/runtime/*' ! -name '*.so*' | wc -l)" = 0 ]

# Entry point, arguments and environment as the settings of the image have them, one a line.
list() { sed -n "s/.*\"$1\":\[\([^]]*\)\].*/\1/p" "$config" | tr ',' '\n' | sed 's/^"//; s/"$//' | grep .; }
list Env >"$box/environment"
{ list Entrypoint && list Cmd; } >"$box/command"
mkdir -p "$root/image/srv/sites/a.example/cgi-bin" "$root/image/proc"
cp "$target/../../examples/cgi-wasm/hello.wasm" "$root/image/srv/sites/a.example/cgi-bin/"
contained() { # contained COMMAND…: in a read-only view of the image with the volumes that it declares
    inside unshare --mount sh -ec '
        mount --bind /image /image
        mount -o remount,bind,ro /image
        mount -t proc proc /image/proc
        mount -t tmpfs tmpfs /image/tmp -o mode=1777
        mount -t tmpfs tmpfs /image/var/cache -o mode=1777
        exec env -i "$@"
    ' - $(cat "$box/environment") /usr/sbin/chroot --userspec=10001:10001 --groups= /image "$@"
}
: >"$box/log"
(contained $(cat "$box/command") >>"$box/log" 2>&1 </dev/null) &
check "the image starts as its settings say" await ready
check "and answers" answers
process=$(inside pidof java)
check "as that number" [ "$(inside stat -c %u:%g "/proc/$process")" = 10001:10001 ]
check "without a capability" inside grep -q '^CapEff:.0*$' "/proc/$process/status"
check "on a root that it cannot write to" inside grep -qE '^[^ ]+ / [^ ]+ ro[, ]' "/proc/$process/mounts"
check "without a warning" [ "$(grep -c -i warn "$box/log")" = 0 ]
server=$(head -n 1 "$box/command")
options=$(sed -n 2p "$box/command")
health() { # health: as a container's health check calls it, in its network
    contained "$server" "$options" dev.jetway.server.Main health -c /etc/jetway >"$box/health" 2>&1
}
check "its health check says so" health
inside sh -c "kill $process"
check "ends at once when it is told to" await sh -c "! nsenter -t $first --mount --pid --root pidof java"
fails() { ! "$@"; }
check "and its health check says that too" fails health
check "in one line" grep -q 'no server answers' "$box/health"
verdict
