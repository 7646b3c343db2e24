#!/bin/sh
# Builds the packages a second time, from a copy elsewhere, under another locale and time zone, and
# compares them with those that are here byte by byte; and looks for each library in their list.
# Run by hand: packages/src/test/sh/reproducible-test.sh
set -eu
source=$(cd "$(dirname "$0")/../../../.." && pwd -P)
target=$source/packages/target
[ -f "$target/sbom.cdx.json" ] || { echo "$0: build first: mvn -pl packages -am -DskipTests package" >&2; exit 3; }
box=$(mktemp -d)
trap 'rm -rf "$box"' EXIT
failures=0

mkdir "$box/elsewhere"
# Modes in the modules' own jars follow the umask of checkout and build, and their checksums are in the list.
umask 022
(cd "$source" && git ls-files -z | tar --null --files-from=- -cf -) | tar -C "$box/elsewhere" -xf - --no-same-permissions
(cd "$box/elsewhere" && TZ=Asia/Tokyo LC_ALL=C mvn -B -ntp -DskipTests -DskipITs \
    -Dspotless.check.skip=true -P runtimes package -pl packages,packages/image -am) >"$box/log" 2>&1 </dev/null || { tail -n 40 "$box/log"; exit 1; }
compared=0
for package in packages/target/*.tar.gz packages/target/*.deb packages/target/*.json \
    packages/runtimes/target/*.tar.gz packages/image/target/*-image.tar; do
    [ -f "$source/$package" ] || continue
    compared=$((compared + 1))
    if cmp "$source/$package" "$box/elsewhere/$package"; then
        echo "ok: ${package##*/} is the same, byte by byte"
    else
        failures=$((failures + 1))
        echo "FAILED: ${package##*/} differs"
    fi
done
[ $compared -ge 3 ] || { echo "FAILED: compared only $compared files"; failures=$((failures + 1)); }

# The jar names the libraries in it by files of theirs; the list must have each, in that version.
unzip -qo "$source/server/target/jetway-server.jar" 'META-INF/maven/*/pom.properties' -d "$box/jar"
named=0
find "$box/jar" -name pom.properties >"$box/named"
while read -r library; do
    name=$(tr -d '\r' <"$library" | sed -n 's/^groupId=//p')/$(tr -d '\r' <"$library" |
        sed -n 's/^artifactId=//p')@$(tr -d '\r' <"$library" | sed -n 's/^version=//p')
    named=$((named + 1))
    grep -qF "pkg:maven/$name?" "$target/sbom.cdx.json" || {
        failures=$((failures + 1))
        echo "FAILED: the list of libraries lacks $name"
    }
done <"$box/named"
[ $named -ge 20 ] || { echo "FAILED: the jar names only $named libraries"; failures=$((failures + 1)); }
echo "ok: the list of libraries was compared with $named of them"
[ $failures = 0 ] || { echo "$failures failed"; exit 1; }
echo "all passed"
