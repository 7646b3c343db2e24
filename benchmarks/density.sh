#!/bin/bash
# Many sites on one server that has started before: how soon it answers and what it holds, idle.
#
#   benchmarks/density.sh [ROUTES=10000] [SITES=1000] [MODULES=100]
#
# The modules are copies of examples/cgi-wasm/hello.wasm with a custom section each, so that no two
# are the same for the cache. Prints a table and, as density.json in the folder target, the same for
# machines. JETWAY_JAVA_OPTS go to the server. Installs curl from Debian if it is missing (as root).
set -euo pipefail
cd "$(dirname "$0")/.."
routes=${1:-10000}
sites=${2:-1000}
modules=${3:-100}

. benchmarks/server.sh
need curl
port=18094
admin=18095

for m in $(seq "$modules"); do
    # A custom section: 0, the bytes that follow, those of its name, its name.
    { cat examples/cgi-wasm/hello.wasm && printf '\0\7\6%06d' "$m"; } >"$work/m$m.wasm"
done
awk -v routes="$routes" -v sites="$sites" -v modules="$modules" -v port="$port" -v admin="$admin" '
    BEGIN {
        printf "[server]\nlisten = \"127.0.0.1:%d\"\nadmin-listen = \"127.0.0.1:%d\"\n", port, admin
        print "module-cache = \"cache\""
        for (r = 0; r < routes; r++) {
            s = int(r * sites / routes)
            if (s != last || r == 0)
                printf "[[site]]\nname = \"s%d\"\nhosts = [\"s%d.example\", \"*.s%d.example\"]\n", s, s, s
            last = s
            printf "[[site.route]]\npath = \"/r%d/...\"\nmodule = \"m%d.wasm\"\n", r, r % modules + 1
        }
    }' >"$work/jetway.toml"
./jetway compile --module-cache "$work/cache" "$work"/m*.wasm >"$work/compiled"

metric() { # the name, or with labels its beginning
    curl -sf "http://127.0.0.1:$admin/metrics" | awk -v name="$1" '$1 == name || (name ~ /{/ && index($0, name) == 1) { print $NF }'
}
mebibytes() {
    awk -v bytes="$1" 'BEGIN { printf "%.0f", bytes / 1048576 }'
}

started=$(date +%s%N)
serve
host="Host: s0.example"
answers -H "$host" "http://127.0.0.1:$port/r0/x"
first=$((($(date +%s%N) - started) / 1000000))
busy=$(awk -v ticks="$(getconf CLK_TCK)" '{ printf "%.0f", ($14 + $15) * 1000 / ticks }' "/proc/$server/stat")
until [ "$(metric jetway_modules)" = "$modules.0" ]; do sleep 0.1; done
all=$((($(date +%s%N) - started) / 1000000))
sleep 5
rss=$(resident)
heap=$(mebibytes "$(metric 'jvm_memory_bytes_used{area="heap"')")
committed=$(mebibytes "$(metric 'jvm_memory_bytes_committed{area="heap"')")
metaspace=$(mebibytes "$(metric 'jvm_memory_pool_bytes_used{pool="Metaspace"')")
jcmd=$(dirname "$(readlink -f "/proc/$server/exe")")/jcmd
"$jcmd" "$server" GC.run >/dev/null
live=$(mebibytes "$(metric 'jvm_memory_bytes_used{area="heap"')")

# Each route once: what a server holds whose routes are all in use.
awk -v routes="$routes" -v sites="$sites" -v port="$port" 'BEGIN {
    for (r = 0; r < routes; r++)
        printf "%surl = http://127.0.0.1:%d/r%d/x\nheader = \"Host: s%d.example\"\noutput = /dev/null\n", \
            r ? "next\n" : "", port, r, int(r * sites / routes)
}' >"$work/urls"
asked=$(date +%s%N)
curl -sf -K "$work/urls"
each=$((($(date +%s%N) - asked) / 1000000))
"$jcmd" "$server" GC.run >/dev/null
used=$(mebibytes "$(metric 'jvm_memory_bytes_used{area="heap"')")
used_metaspace=$(mebibytes "$(metric 'jvm_memory_pool_bytes_used{pool="Metaspace"')")
used_rss=$(resident)

processors=$(nproc)
model=${machine#*, }
echo "$routes routes, $sites sites, $modules modules; $processors × $model"
printf '| %-58s | %8s |\n' "what" "" "---" "---:" \
    "start to first answer, ms" "$first" \
    "processor time until then, ms" "$busy" \
    "start to all modules in memory, ms" "$all" \
    "resident, idle, MiB" "$rss" \
    "heap in use, idle, MiB" "$heap" \
    "heap after a collection, idle, MiB" "$live" \
    "heap committed, idle, MiB" "$committed" \
    "metaspace, idle, MiB" "$metaspace" \
    "each route asked once, one after another, ms" "$each" \
    "heap after a collection, all routes used, MiB" "$used" \
    "metaspace, all routes used, MiB" "$used_metaspace" \
    "resident, all routes used, MiB" "$used_rss"
mkdir -p benchmarks/target
cat >benchmarks/target/density.json <<EOF
{"routes": $routes, "sites": $sites, "modules": $modules, "processors": $processors,
 "processor": "$model", "firstAnswerMillis": $first, "processorMillis": $busy,
"allModulesMillis": $all,
 "residentMebibytes": $rss, "heapMebibytes": $heap, "liveHeapMebibytes": $live,
 "committedHeapMebibytes": $committed, "metaspaceMebibytes": $metaspace,
 "eachRouteMillis": $each, "usedLiveHeapMebibytes": $used,
 "usedMetaspaceMebibytes": $used_metaspace, "usedResidentMebibytes": $used_rss}
EOF
