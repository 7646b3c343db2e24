#!/bin/bash
# The front page of WordPress by two servers that run at once and are asked in turn: a machine that becomes slower or
# faster meanwhile does so for both. Prints medians of the processor time of a page, and their ratio.
#
#   benchmarks/php-turns.sh [ROUNDS=25] [WARM=600] [SIDE=cgid] [SIDE=jetway-snapshot]
#
# A SIDE is one of php-servers.sh. Jetway is asked for WARM pages before, after its first snapshot has been taken. Each
# round asks each side for four pages, with one connection and then, in rounds of their own, with four. What the other
# side does meanwhile, such as the JIT's work of two Jetways, is counted for the one that is asked: nothing else should run.
#
# Needs what php-servers.sh does.
set -euo pipefail
cd "$(dirname "$0")/.."
rounds=${1:-25}
warm=${2:-600}
sides=("${3:-cgid}" "${4:-jetway-snapshot}")
. benchmarks/server.sh
. benchmarks/php-sides.sh
top=$work
trap 'work=$top; cleanup' EXIT

# turn_to SIDE: what follows is for the first one, 0, or the second.
turn_to() {
    work=$top/$1
    port=$((18096 + $1))
}

# Asks for a page now and then until the first snapshot is there.
await_snapshot() {
    local end=$((SECONDS + 180))
    until grep -q 'requests begin with a snapshot' "$work/log"; do
        [ $SECONDS -lt $end ] || { echo "no snapshot" >&2; cat "$work/log" >&2; exit 1; }
        pages 1 1
        sleep 2
    done
}

for i in 0 1; do
    turn_to $i
    mkdir "$work"
    chmod 755 "$work"
    side "${sides[$i]}"
    pids+=("$server")
    case ${sides[$i]##*:} in
        jetway-snapshot) await_snapshot; pages "$warm" 2 ;;
        jetway*) pages "$warm" 2 ;;
    esac
done

echo "machine: $machine; $rounds rounds of four pages"
echo
echo "| connections | ${sides[0]} | ${sides[1]} | ratio |"
echo '|---|---|---|---|'
for connections in 1 4; do
    : >"$top/0.times"
    : >"$top/1.times"
    for ((round = 0; round < rounds; round++)); do
        for i in $((round % 2)) $((1 - round % 2)); do
            turn_to "$i"
            before=$(busy)
            pages 4 $connections
            echo "$((($(busy) - before) * 10 / 4))" >>"$top/$i.times"
        done
    done
    first=$(median <"$top/0.times")
    second=$(median <"$top/1.times")
    awk -v c=$connections -v a="$first" -v b="$second" 'BEGIN { printf "| %d | %d ms | %d ms | %.2f |\n", c, a, b, b / a }'
done
