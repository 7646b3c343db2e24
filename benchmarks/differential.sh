#!/bin/sh
# Random valid modules: compiled code against the engine's interpreter (results, traps, memory, globals, tables).
#
#   benchmarks/differential.sh [SECONDS=3600] [SEED=1000000]
set -eu
cd "$(dirname "$0")/.."
seconds=${1:-3600}
seed=${2:-1000000}
mkdir -p target
mvn -B -pl module-cache test -Dtest=DifferentialTest -Dspotless.check.skip=true \
    -Djetway.random.seconds="$seconds" -Djetway.random.seed="$seed" >target/differential.log 2>&1 || {
    grep -E 'seed [0-9]+|expected|but was' target/differential.log >&2
    echo "differs: see target/differential.log" >&2
    exit 1
}
grep -E '[0-9]+ modules' target/differential.log
