#!/bin/sh
# Runs the fuzz tests guided by coverage (Jazzer), one after the other. What they find is kept in the
# test's resources as a case that every build repeats.
#
#   benchmarks/fuzz.sh [SECONDS=300] [TEST…]
set -eu
cd "$(dirname "$0")/.."
seconds=${1:-300}
[ $# -eq 0 ] || shift
[ $# -gt 0 ] || set -- PasswordFileFuzzTest QueryArgumentsFuzzTest RequestMappingFuzzTest \
    ResponseHeadFuzzTest CanonicalPathFuzzTest ProxyChainFuzzTest
for test in "$@"; do
    echo "== $test"
    JAZZER_FUZZ=1 JAZZER_MAX_DURATION="${seconds}s" mvn -B -pl wagi-handler -am test -Dtest="$test" \
        -Dsurefire.failIfNoSpecifiedTests=false -Dspotless.check.skip=true >"target/$test.log" 2>&1 || {
        grep -E 'Java Exception|Error:|AssertionError|Tests run|reproducer|crash-' "target/$test.log" >&2
        echo "$test found something: see target/$test.log" >&2
        exit 1
    }
    grep -E '^#[0-9]+.*(DONE|cov:)' "target/$test.log" | tail -1
    grep -E '^stat::|^Done ' "target/$test.log" || true
done
