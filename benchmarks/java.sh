# shellcheck shell=sh
# Sourced: builds the benchmarks and sets $java to a JDK 25 or newer.
java=
for folder in "${JAVA_HOME:-}" /usr/lib/jvm/*; do
    [ -r "$folder/release" ] || continue
    version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$folder/release")
    if [ -n "$version" ] && [ "$version" -ge 25 ]; then
        java=$folder/bin/java
        break
    fi
done
[ -n "$java" ] || { echo "needs a JDK 25 or newer: set JAVA_HOME" >&2; exit 2; }
mvn -q -B -DskipTests -Dspotless.check.skip=true package
