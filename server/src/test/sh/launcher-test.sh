#!/bin/sh
# Tests the launcher with a Maven and with JDKs that only say what they were called with.
# Run by hand: server/src/test/sh/launcher-test.sh [SHELL]
set -eu
shell=${1:-sh}
source=$(cd "$(dirname "$0")/../../../.." && pwd -P)/jetway
box=$(mktemp -d)
trap 'rm -rf "$box"' EXIT
home="$box/a checkout"
failures=0

jdk() { # jdk FOLDER VERSION [norelease]
    mkdir -p "$1/bin"
    [ "${3:-}" = norelease ] || echo "JAVA_VERSION=\"$2\"" >"$1/release"
    cat >"$1/bin/java" <<EOF
#!/bin/sh
if [ "\$1" = -version ]; then echo 'openjdk version "$2"' >&2; exit; fi
echo "java of $1"
for n in 0 1 2; do [ ! -e /dev/fd/\$n ] || echo "has \$n" >>"$box/streams"; done
for a in "\$@"; do case \$a in -XX:AOTCacheOutput=*)
    echo "\$*" >>"$box/trainings"
    sleep "\$(cat "$box/slow" 2>/dev/null || echo 0)"
    echo kept >"\${a#*=}" ;;
esac; done
for a in "\$@"; do echo "<\$a>"; done
EOF
    chmod +x "$1/bin/java"
}

run() { # run ARGUMENT… : the launcher with nothing of the real environment
    code=0
    (cd "$box" && env -i HOME="$box/user" PATH="$box/bin:/usr/bin:/bin" \
        ${kept:+JETWAY_JVM_CACHE="$kept"} ${java_home:+JAVA_HOME="$java_home"} ${options:+JETWAY_JAVA_OPTS="$options"} \
        "$shell" "${launcher:-$home/jetway}" "$@") >"$box/out" 2>"$box/err" || code=$?
}

builds() { wc -l <"$box/builds" | tr -d ' '; }

check() { # check WHAT COMMAND…
    what=$1
    shift
    if "$@"; then
        echo "ok: $what"
    else
        failures=$((failures + 1))
        echo "FAILED: $what (exit code $code)"
        sed 's/^/    /' "$box/out" "$box/err"
    fi
}

mkdir -p "$home/server/src/main/java" "$box/bin" "$box/user"
cp "$source" "$home/jetway"
echo 1 >"$home/pom.xml"
echo 1 >"$home/server/pom.xml"
echo 1 >"$home/server/src/main/java/A.java"
echo 1 >"$home/server/src/main/java/B.java"
: >"$box/builds"
cat >"$box/bin/mvn" <<EOF
#!/bin/sh
echo "\$*" >>"$box/builds"
sleep "\$(cat "$box/slow" 2>/dev/null || echo 0)"
if [ -e "$box/broken" ]; then echo first; echo "[ERROR] broken here"; exit 1; fi
mkdir -p server/target && echo jar >server/target/jetway-server.jar
EOF
chmod +x "$box/bin/mvn"
jdk "$box/jdk 25" 25.0.3
jdk "$box/old" 17.0.15
jdk "$box/bare" 26-ea norelease
java_home="$box/jdk 25"

run serve -e "A=two words"
check "builds the first time" [ "$(builds)" = 1 ]
check "says so" grep -q 'first time downloads' "$box/err"
check "says how long" grep -q 'built in [0-9]* s' "$box/err"
check "keeps arguments whole" grep -qx '<A=two words>' "$box/out"
check "sets the flag for large functions" grep -qx '<-XX:-DontCompileHugeMethods>' "$box/out"
check "sets the flag for what they call" grep -qx '<-XX:-ClipInlining>' "$box/out"
check "sets the flag for loads and stores" grep -qx '<-XX:MaxTrivialSize=80>' "$box/out"
check "sets the flag for profiles" grep -qx '<-XX:Tier3DelayOn=200>' "$box/out"
check "sets the flag for references" grep -qx '<-XX:-UseCompressedOops>' "$box/out"
check "sets the flag for loops" grep -qx '<-XX:LoopUnrollLimit=120>' "$box/out"
check "sets the flag for functions that call themselves" grep -qx '<-XX:MaxRecursiveInlineLevel=3>' "$box/out"
check "tells where the installation is" grep -qx "<-Djetway.home=$home>" "$box/out"
check "uses what the JVM kept of a short run" grep -q '^<-XX:AOTCache=.*\.aot>$' "$box/out"
check "takes JAVA_HOME" grep -qx "java of $box/jdk 25" "$box/out"

run version
check "does not build again" [ "$(builds)" = 1 ]
check "is silent then" [ ! -s "$box/err" ]
touch "$home/server/src/main/java/A.java"
run version
check "does not build for a new time alone" [ "$(builds)" = 1 ]
echo 2 >"$home/server/src/main/java/A.java"
run version
check "builds for a changed source" [ "$(builds)" = 2 ]
rm "$home/server/src/main/java/B.java"
run version
check "builds for a deleted source" [ "$(builds)" = 3 ]
rm "$home/server/target/jetway-server.jar"
run version
check "builds for a missing jar" [ "$(builds)" = 4 ]

ln -s "a checkout/jetway" "$box/link"
ln -s ../link "$box/bin/jetway-link"
launcher="$box/bin/jetway-link"
run version
check "works through symbolic links" grep -qx "<-Djetway.home=$home>" "$box/out"
launcher=

rm -f "$box/streams"
(cd "$box" && env -i HOME="$box/user" PATH="$box/bin:/usr/bin:/bin" JAVA_HOME="$java_home" \
    "$shell" "$home/jetway" version <&- >&- 2>&-) || code=$?
check "gives the JVM streams in place of closed ones" [ "$(grep -c has "$box/streams")" = 3 ]

options='-Xmx1g -Da=b'
run version
check "takes JETWAY_JAVA_OPTS as words" grep -qx '<-Da=b>' "$box/out"
options=

java_home="$box/bare"
run version
check "uses nothing that another JDK kept" [ "$(grep -c AOTCache "$box/out")" = 0 ]
check "asks a JDK without a release file" grep -qx "java of $box/bare" "$box/out"
java_home="$box/old"
mkdir -p "$box/user/.sdkman/candidates/java"
mv "$box/jdk 25" "$box/user/.sdkman/candidates/java/25.0.3-tem"
jdk "$box/user/.sdkman/candidates/java/25.0.3-tem" 25.0.3
run version
# A real JDK 25 of this machine may be found before ours: either will do, but not the old one.
check "finds another JDK than an old JAVA_HOME" [ "$(grep -c 'needs Java' "$box/err")" = 0 ]
check "and does not use the old one" [ "$(grep -c "java of $box/old" "$box/out")" = 0 ]
java_home="$box/user/.sdkman/candidates/java/25.0.3-tem"

touch "$box/broken"
echo 3 >"$home/pom.xml"
run version
check "ends with 2 when the build fails" [ "$code" = 2 ]
check "shows the error" grep -q 'broken here' "$box/err"
check "names the log" grep -q "$home/.jetway/build.log" "$box/err"
check "starts nothing" [ ! -s "$box/out" ]
check "leaves no lock" [ ! -e "$home/.jetway/lock" ]
rm "$box/broken"
before=$(builds)
run version
check "builds again after a failure" [ "$(builds)" = $((before + 1)) ]

echo 2 >"$box/slow"
echo 4 >"$home/pom.xml"
before=$(builds)
(run one && cp "$box/out" "$box/out1") &
first=$!
(cd "$box" && env -i HOME="$box/user" PATH="$box/bin:/usr/bin:/bin" JAVA_HOME="$java_home" \
    "$shell" "$home/jetway" two) >"$box/out2" 2>"$box/err2" || true
wait "$first"
check "two starts at once build once" [ "$(builds)" = $((before + 1)) ]
check "and both go on" grep -q '<one>' "$box/out1"
check "the other too" grep -q '<two>' "$box/out2"
rm "$box/slow"

mkdir "$home/.jetway/lock"
sh -c 'echo $$' >"$home/.jetway/lock/pid"
echo 5 >"$home/pom.xml"
before=$(builds)
run version
check "takes over the lock of a dead start" [ "$(builds)" = $((before + 1)) ]

rm "$box/bin/mvn"
if ! env -i PATH=/usr/bin:/bin sh -c 'command -v mvn' >/dev/null; then
    echo 6 >"$home/pom.xml"
    run version
    check "ends with 2 without Maven" [ "$code" = 2 ]
    check "says what is missing" grep -q 'no Maven' "$box/err"
fi

# An installation: no sources, a folder that is not the user's own, the JVM's file in the user's cache.
home="$box/an installation"
mkdir -p "$home/lib/training/conf" "$box/user"
cp "$source" "$home/jetway"
echo jar >"$home/lib/jetway-server.jar"
cache="$box/user/.cache/jetway/jvm"
trainings() { wc -l <"$box/trainings" | tr -d ' '; }
trained() { # trained NUMBER: waits until so many trainings have begun and the last has ended
    for _ in $(seq 100); do
        [ "$(trainings)" != "$1" ] || [ -h "$cache/training" ] || return 0
        sleep 0.1
    done
    return 1
}
: >"$box/trainings"
run version
check "an installation builds nothing" [ ! -e "$home/.jetway" ]
check "starts the jar in lib" grep -qx "<$home/lib/jetway-server.jar>" "$box/out"
check "and trains for no short command" [ "$(trainings)" = 0 ]
run serve
check "trains beside the first server" trained 1
check "with the sample that nobody edits" grep -q "train -c $home/lib/training/conf" "$box/trainings"
check "while that starts without the file" [ "$(grep -c AOTCache "$box/out")" = 0 ]
check "in a folder for this user alone" [ "$(stat -c %a "$cache")" = 700 ]
run serve
check "uses the file at the next start" grep -q "^<-XX:AOTCache=$cache/.*\.aot>$" "$box/out"
check "and trains once" [ "$(trainings)" = 1 ]
run version
check "uses it for short commands too" grep -q '^<-XX:AOTCache=' "$box/out"
kept=no
run serve
check "but not if it is told so" [ "$(grep -c AOTCache "$box/out")" = 0 ]
kept=
echo other >"$home/lib/jetway-server.jar"
run serve
check "uses nothing that was kept of another jar" [ "$(grep -c AOTCache "$box/out")" = 0 ]
check "and trains again" trained 2
for version in 3 4 5; do
    echo "$version" >"$home/lib/jetway-server.jar"
    run serve
    trained "$version"
done
check "keeps what the JVM kept of the latest three" [ "$(find "$cache" -name '*.aot' | wc -l)" = 3 ]

echo 6 >"$home/lib/jetway-server.jar"
echo 1 >"$box/slow"
run serve
run serve
check "two starts at once train once" trained 6
rm "$box/slow"
echo 7 >"$home/lib/jetway-server.jar"
ln -s "$(sh -c 'echo $$')" "$cache/training"
echo left >"$cache/1.new"
run serve
check "takes over a training that has died" trained 7
check "and what it left" [ ! -e "$cache/1.new" ]

rm -rf "$box/user/.cache"
echo file >"$box/user/.cache"
run serve
check "starts where nothing can be kept" grep -qx '<serve>' "$box/out"
check "without a word" [ ! -s "$box/err" ]
rm "$box/user/.cache"
if [ "$(id -u)" = 0 ]; then
    mkdir -p "$cache"
    echo other >"$cache/$(cat "$java_home/release" - "$home/lib/jetway-server.jar" <<EOF | cksum | cut -d ' ' -f 1
$home/lib/jetway-server.jar
EOF
).aot"
    run version
    check "runs what is in its own cache" grep -q '^<-XX:AOTCache=' "$box/out"
    chown -R 65534 "$box/user/.cache"
    run version
    check "runs nothing from another user's cache" [ "$(grep -c AOTCache "$box/out")" = 0 ]
    rm -rf "$box/user/.cache"
fi

jdk "$home/runtime" 25.0.3
java_home="$box/old"
run version
check "takes the runtime that it brings" grep -qx "java of $home/runtime" "$box/out"
rm -rf "$home/runtime" "$home/lib/jetway-server.jar"
run version
check "ends with 2 without its jar" [ "$code" = 2 ]
check "and names it" grep -q "lib/jetway-server.jar is missing" "$box/err"

[ "$failures" = 0 ] || {
    echo "$failures failed"
    exit 1
}
echo "all passed"
