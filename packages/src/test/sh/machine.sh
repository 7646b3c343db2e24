# Sourced: a Debian of its own, with systemd as its first process and a network of its own, in a folder.
# Needs root, debootstrap, and the packages in packages/target. Shared by the tests of this folder.
# shellcheck shell=sh disable=SC2034 # some names are for the tests only

[ "$(id -u)" = 0 ] || { echo "$0: needs root" >&2; exit 3; }
target=$(cd "$(dirname "$0")/../../../target" 2>/dev/null && pwd -P) ||
    { echo "$0: build first: mvn -pl packages -am -DskipTests package" >&2; exit 3; }
for command in debootstrap unshare nsenter setpriv curl ip; do
    command -v $command >/dev/null || { echo "$0: needs $command" >&2; exit 3; }
done
# Patterns that match one file each.
archive=$(echo "$target"/jetway-*[0-9].tar.gz)
deb=$(echo "$target"/jetway_*_all.deb)
version=${archive##*/jetway-}
version=${version%.tar.gz}
for java in /usr/lib/jvm/*; do
    ! grep -qs '^JAVA_VERSION="2[5-9]' "$java/release" || break
done

box=$(mktemp -d)
root=$box/root
first=
group=
failures=0

check() { # check WHAT COMMAND…
    what=$1
    shift
    if "$@"; then
        echo "ok: $what"
    else
        failures=$((failures + 1))
        echo "FAILED: $what: $*"
        [ ! -s "$box/log" ] || sed 's/^/    /' "$box/log"
        [ -z "$first" ] || inside journalctl --no-pager -q -n 15 -u jetway 2>&1 | sed 's/^/    /' || true
    fi
}

await() { # await COMMAND…: until it succeeds, for at most a minute
    for _ in $(seq 600); do
        ! "$@" >/dev/null 2>&1 || return 0
        sleep 0.1
    done
    return 1
}

# cannot WHY: ends the test with 77, for a machine that lets nobody boot another.
cannot() {
    echo "$0: left out, as this machine does not allow it: $1" >&2
    exit 77
}

# Makes the Debian, from a copy in target/ after the first time.
make_root() {
    if [ ! -f "$target/root.tar" ]; then
        echo "making a Debian for the tests …"
        # shellcheck disable=SC2016 # the names are apt's
        mirror=$(apt-get indextargets --format '$(SITE) $(CODENAME)' | sed -n 's/ bookworm$//p' | head -n 1)
        debootstrap --variant=minbase --include=adduser,logrotate,systemd-sysv bookworm "$box/new" "$mirror" \
            >"$box/log" 2>&1 || { tail -n 5 "$box/log"; cannot "debootstrap fails"; }
        tar -C "$box/new" -cf "$target/root.tar.new" .
        mv "$target/root.tar.new" "$target/root.tar"
        rm -rf "$box/new" "$box/log"
    fi
    mkdir "$root"
    tar -C "$root" -xf "$target/root.tar"
    mkdir -p "$root/java" "$root/packages"
}

# Starts it; first is the number of its first process here.
boot() {
    make_root
    group=/sys/fs/cgroup$([ ! -d /sys/fs/cgroup/unified ] || echo /unified)/jetway-test.$$
    mkdir "$group" || cannot "no control groups can be made"
    # shellcheck disable=SC2016 # for the shell in there
    sh -c 'echo $$ >"$1/cgroup.procs" && shift && exec "$@"' - "$group" \
        unshare --cgroup --mount --pid --net --uts --ipc --fork --kill-child sh -ec '
            ip link set lo up
            mount --make-rprivate /
            mount --bind "$1" "$1"
            mount -t proc proc "$1/proc"
            mount -t sysfs -o ro sysfs "$1/sys"
            mount -t cgroup2 cgroup2 "$1/sys/fs/cgroup"
            mount -t tmpfs tmpfs "$1/run"
            mount -t tmpfs tmpfs "$1/tmp"
            mount --bind "$2" "$1/java"
            mount --bind "$3" "$1/packages"
            cd "$1"
            # systemd gives a unit a view of the files only where / is a mount.
            pivot_root . mnt
            exec env -i container=test PATH=/usr/sbin:/usr/bin:/sbin:/bin chroot . sh -c \
                "umount -l /mnt; exec /lib/systemd/systemd"
        ' - "$root" "$java" "$target" >"$box/boot.log" 2>&1 </dev/null &
    unshare=$!
    await is_up || { cat "$box/boot.log"; cannot "systemd does not start"; }
}
is_up() {
    first=$(cat "/proc/$unshare/task/$unshare/children")
    first=${first%% *}
    [ -n "$first" ] && inside systemctl is-system-running | grep -qE 'running|degraded'
}

inside() { # inside COMMAND…
    nsenter -t "$first" --mount --uts --ipc --net --pid --cgroup --root --wd env -i LC_ALL=C \
        DEBIAN_FRONTEND=noninteractive PATH=/usr/sbin:/usr/bin:/sbin:/bin "$@"
}

get() { # get PATH [OPTION…]: from the server in there, of the site a.example
    path=$1
    shift
    nsenter -t "$first" --net curl -s -m 20 -H 'Host: a.example' "$@" "http://127.0.0.1:8080$path"
}
answers() { [ "$(get /cgi-bin/hello.wasm)" = 'Hello world' ]; }

finish() {
    [ -z "$first" ] || kill -KILL "$first" 2>/dev/null || true
    wait 2>/dev/null || true
    [ -z "$group" ] || find "$group" -depth -type d -exec rmdir {} + 2>/dev/null || true
    rm -rf "$box"
}
trap finish EXIT
trap 'exit 130' INT TERM

verdict() {
    [ $failures = 0 ] || { echo "$failures failed"; exit 1; }
    echo "all passed"
}
