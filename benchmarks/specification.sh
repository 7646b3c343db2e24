#!/bin/bash
# The WebAssembly specification's test suite: assertions passed, refused with their proposal, and failed.
#
#   benchmarks/specification.sh FOLDER [FOLDER…]
#
# FOLDER holds the suite's .wast files (github.com/WebAssembly/testsuite; its subfolders of proposals can
# be given too). wast2json, of Debian's wabt, translates them; files in a newer text format than it reads
# are named at the end. Installs wabt from Debian if it is missing (as root). Writes benchmarks/target/
# specification.md.
set -euo pipefail
[ $# -gt 0 ] || { sed -n '2,8s/^# \{0,1\}//p' "$0" >&2; exit 2; }
folders=$(for folder; do (cd "$folder" && pwd); done)
cd "$(dirname "$0")/.."

. benchmarks/java.sh
command -v wast2json >/dev/null || apt-get install -y -q wabt >/dev/null
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unread=
translated=()
for folder in $folders; do
    for file in "$folder"/*.wast; do
        name=$(basename "$file" .wast)
        to=$work/$(basename "$folder")/$name
        mkdir -p "$to"
        # Some abort: their message is no news.
        if (wast2json --enable-exceptions --enable-tail-call --enable-function-references \
            --enable-extended-const --enable-multi-memory "$file" -o "$to/$name.json") \
            >"$to/log" 2>&1; then
            translated+=("$to")
        else
            unread="$unread $name"
        fi
    done 2>/dev/null
done
status=0
"$java" -Xss8m -XX:-DontCompileHugeMethods --enable-native-access=ALL-UNNAMED \
    -cp "benchmarks/target/jetway-benchmarks.jar:benchmarks/target/lib/*" \
    dev.jetway.sandbox.SpecificationSuite "${translated[@]}" >benchmarks/target/specification.md || status=$?
cat benchmarks/target/specification.md
[ -z "$unread" ] || echo "not read by wast2json:$unread"
exit $status
