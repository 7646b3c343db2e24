#!/bin/sh
# Installs, starts, upgrades, removes and purges the Debian package in a Debian of its own.
# Run by hand, as root: packages/src/test/sh/deb-test.sh
set -eu
# shellcheck source=packages/src/test/sh/machine.sh
. "$(dirname "$0")/machine.sh"

# A package with this machine's JDK, as Temurin's and Debian's provide it.
mkdir -p "$box/java/DEBIAN" "$box/java/usr/lib/jvm"
ln -s /java "$box/java/usr/lib/jvm/java-25"
cat >"$box/java/DEBIAN/control" <<EOF
Package: java-for-tests
Version: 25
Architecture: all
Maintainer: nobody <nobody@localhost>
Provides: java25-runtime-headless
Description: the JDK of the machine that runs the test
EOF

# The next version, with other settings in both of its conffiles.
dpkg-deb --raw-extract "$deb" "$box/next"
sed -i "s/^Version: .*/Version: $version+1/" "$box/next/DEBIAN/control"
echo '# of the next version' | tee -a "$box/next/etc/jetway/jetway.toml" >>"$box/next/etc/logrotate.d/jetway"

boot
mkdir "$root/debs"
cp "$deb" "$root/debs/jetway.deb"
dpkg-deb --root-owner-group --build "$box/java" "$root/debs/java.deb" >/dev/null
dpkg-deb --root-owner-group --build "$box/next" "$root/debs/next.deb" >/dev/null
dpkg() { inside dpkg "$@" >"$box/log" 2>&1 </dev/null; }
fails() { ! "$@"; }
runs() { inside systemctl --quiet is-active jetway; }
number() { inside systemctl show --property MainPID --value jetway; }

check "needs Java 25" fails dpkg -i /debs/jetway.deb
check "and says so" grep -q 'java25-runtime-headless' "$box/log"
dpkg --purge jetway
dpkg -i /debs/java.deb
mkdir -p "$root/srv/sites/a.example/cgi-bin"
cp "$target/../../examples/cgi-wasm/hello.wasm" "$root/srv/sites/a.example/cgi-bin/"

begin=$(date +%s%N)
check "is installed" dpkg -i /debs/jetway.deb
check "and answers" await answers
echo "from dpkg -i to the first answer: $((($(date +%s%N) - begin) / 1000000)) ms"
check "starts with the machine" inside systemctl --quiet is-enabled jetway
check "runs as a user of its own" \
    [ "$(inside stat -c %U "/proc/$(number)")" = jetway ]
check "without a capability" inside grep -q '^CapEff:.0*$' "/proc/$(number)/status"
check "keeps compiled modules" await test -d "$root/var/cache/jetway/modules"
check "writes a log" await grep -rqs hello.wasm "$root/var/log/jetway"
check "the settings are root's" [ "$(stat -c %u:%a "$root/etc/jetway/jetway.toml")" = 0:644 ]
check "nothing of it may be written by others" \
    [ -z "$(find "$root/usr/share/jetway" "$root/etc/jetway" ! -type l \( ! -user 0 -o -perm /022 \))" ]
check "commands read the service's settings" inside sh -c 'cd / && jetway sites 2>&1 | grep -q a.example'
kept() {
    find "$root/var/cache/jetway/jvm" -name '*.aot' | grep -q . && [ ! -h "$root/var/cache/jetway/jvm/training" ]
}
check "what the JVM keeps is made beside the first start" await kept
inside systemctl restart jetway
check "and used by the next" await inside grep -q -- -XX:AOTCache= "/proc/$(number)/cmdline"
check "which answers" await answers
before=$(number)
check "is reloaded" inside systemctl reload jetway
echo 'nothing = 1' >>"$root/etc/jetway/jetway.toml"
check "but not with settings that are wrong" fails inside systemctl reload jetway
check "which the journal names" inside sh -c "journalctl -u jetway | grep -q \"'nothing'\""
sed -i '$d' "$root/etc/jetway/jetway.toml"
check "and goes on all the same" answers
check "in the same process" [ "$(number)" = "$before" ]

echo '# mine' >>"$root/etc/jetway/jetway.toml"
check "is upgraded" dpkg --force-confdef --force-confold -i /debs/next.deb
check "to the next version" inside sh -c "dpkg -s jetway | grep -qx 'Version: $version+1'"
check "with a new process" [ "$(number)" != "$before" ]
check "that answers" await answers
check "changed settings stay" grep -q '^# mine' "$root/etc/jetway/jetway.toml"
check "with the new ones beside them" grep -q 'of the next version' "$root/etc/jetway/jetway.toml.dpkg-dist"
check "unchanged ones are replaced" grep -q 'of the next version' "$root/etc/logrotate.d/jetway"
check "logs rotate" inside logrotate --force /etc/logrotate.d/jetway
check "and a request makes a new one" answers
inside systemctl --quiet disable --now jetway
dpkg --force-confdef --force-confold -i /debs/next.deb
check "a stopped service stays stopped after an upgrade" fails runs
check "and disabled" fails inside systemctl --quiet is-enabled jetway
inside systemctl --quiet enable --now jetway
check "until it is started" await answers

echo '# a plan' >"$root/etc/jetway/plan.toml"
check "is removed" dpkg --remove jetway
check "and does not run" fails runs
check "nor answer" fails get /
check "its program is gone" [ ! -e "$root/usr/share/jetway" ]
check "settings stay" grep -q '^# mine' "$root/etc/jetway/jetway.toml"
check "logs stay" [ -d "$root/var/log/jetway" ]
check "is installed again" dpkg --force-confdef --force-confold -i /debs/next.deb
check "with its settings" grep -q '^# mine' "$root/etc/jetway/jetway.toml"
check "and answers again" await answers

check "is purged" dpkg --purge jetway
check "and does not run" fails runs
check "its settings are gone" [ ! -e "$root/etc/jetway/jetway.toml" ]
check "and those of logrotate" [ ! -e "$root/etc/logrotate.d/jetway" ]
check "files of others beside them stay" [ -f "$root/etc/jetway/plan.toml" ]
check "sites stay" [ -f "$root/srv/sites/a.example/cgi-bin/hello.wasm" ]
for kind in cache lib log; do
    check "nothing is left in /var/$kind" [ ! -e "$root/var/$kind/jetway" ]
done
check "nor of the unit" [ -z "$(find "$root/etc/systemd" "$root/var/lib/systemd" -name 'jetway*')" ]
check "nor of the package" fails inside dpkg -s jetway
check "no unit has failed for it" fails sh -c "systemctl --failed 2>/dev/null | grep jetway"

# Without a running systemd, as in a container or a chroot.
rm -rf "$root/srv/sites" "$root/etc/jetway"
check "is installed without systemd" chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin \
    sh -c 'mv /run/systemd/system /run/systemd/off 2>/dev/null; dpkg -i /debs/jetway.deb >/debs/log 2>&1'
check "and purged" chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin sh -c 'dpkg --purge jetway >/debs/log 2>&1'
check "an empty folder of sites goes with it" [ ! -e "$root/srv/sites" ]
verdict
