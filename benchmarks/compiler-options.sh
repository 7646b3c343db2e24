#!/bin/bash
# What the size of compiled classes costs: compiles hello, php-cgi and Perl with several numbers of
# functions in a class, then loads and runs each in a JVM of its own. Prints the table; writes it as
# JSON. Takes many minutes.
#
#   benchmarks/compiler-options.sh ["12288 512 64"] ["hello php perl"] [JSON=benchmarks/target/compiler-options.json]
#
# Times are milliseconds of the processor, those of compilations with the JVM's own threads. The last
# columns are medians and the fastest of the last quarter of the runs. Modules that have not been
# fetched (examples/php/fetch.sh, examples/perl/fetch.sh) are left out.
set -euo pipefail
cd "$(dirname "$0")/.."
sizes=${1:-12288 512 64}
names=${2:-hello php perl}
json=${3:-benchmarks/target/compiler-options.json}
. benchmarks/java.sh

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
echo '<?php echo "hi";' >"$work/index.php"
cp examples/perl/hello.pl "$work"
options() {
    "$java" -XX:-DontCompileHugeMethods -XX:-ClipInlining -XX:MaxTrivialSize=80 -XX:Tier3DelayOn=200 -XX:+UseCompactObjectHeaders \
        -XX:-UseCompressedOops -XX:LoopUnrollLimit=120 -XX:MaxRecursiveInlineLevel=3 \
        --enable-native-access=ALL-UNNAMED \
        -cp "benchmarks/target/jetway-benchmarks.jar:benchmarks/target/lib/*" \
        dev.jetway.module.CompilerOptions "$@"
}

machine="$(nproc) cores, $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1)"
echo "machine: $machine"
echo
echo '| module | functions a class | compile ms | classes | MiB | stored MiB | interpreted | load ms | first run ms | metaspace MiB | run ms | fastest ms |'
echo '|---|---|---|---|---|---|---|---|---|---|---|---|'
mkdir -p "$(dirname "$json")"
{
    printf '{"machine":"%s","columns":"module, functions a class, compile ms, classes, MiB, stored MiB, interpreted, load ms, first run ms, metaspace MiB, run ms, fastest ms","rows":[' "$machine"
    comma=
    for name in $names; do
        case $name in
            hello) module=examples/cgi-wasm/hello.wasm runs=2000 words=(hello) ;;
            php)
                module=examples/php/php-cgi-8.2.0.wasm runs=100
                words=(php-cgi SCRIPT_FILENAME=/www/index.php REDIRECT_STATUS=200 REQUEST_METHOD=GET)
                ;;
            perl) module=examples/perl/perl-5.42.0.wasm runs=60 words=(perl /www/hello.pl) ;;
            *) echo "no module '$name': hello, php or perl" >&2; exit 2 ;;
        esac
        [ -e "$module" ] || continue
        for size in $sizes; do
            row="$name $size $(options compile "$module" "$size" "$work/image" | tr '\t' ' ')"
            row="$row $(options run "$work/image" "$runs" "$work" "${words[@]}" | tr '\t' ' ')"
            echo "| ${row// / | } |" >&3
            printf '%s["%s"]' "$comma" "${row// /\",\"}"
            comma=,
        done
    done
    printf ']}\n'
} 3>&1 >"$json"
echo
echo "JSON: $json"
