#!/usr/bin/env bash
# Sign-in by mailed link beside better-auth, Ghost and a hand-written server: sign-in [ROUNDS] [FILTER] [--no-ghost] [--setup]
#
# ROUNDS interleaved rounds (default 5) of the cases whose label matches the expression FILTER; --setup stops before the first.
# The harness (load generator, peers, report) is copied from $LATCHKEY_BENCH_HARNESS and set up once; its rules hold here too:
# a fresh database and process for every run, WARMUP=8, SECONDS_MEASURED=20, CONNECTIONS=32, runs disturbed by strangers repeated.
# Everything is written under $LATCHKEY_BENCH_WORK, outside the repository.
set -euo pipefail
repository=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
. "$repository/bin/lib/sdk.sh"

WORK=${LATCHKEY_BENCH_WORK:-${TMPDIR:-/tmp}/latchkey-bench}
source_harness=${LATCHKEY_BENCH_HARNESS:-$repository/../shared/bench}
rounds='' filter='' peers=all setup_only=0
for argument in "$@"; do
  case "$argument" in
    --no-ghost) peers='' ;;
    --setup) setup_only=1 ;;
    --*) echo "usage: sign-in [ROUNDS] [FILTER] [--no-ghost] [--setup]" >&2; exit 2 ;;
    *) if [[ -z $rounds ]]; then rounds=$argument; else filter=$argument; fi ;;
  esac
done
rounds=${rounds:-5}
[[ $rounds =~ ^[1-9][0-9]*$ ]] || { echo "ROUNDS is a number: $rounds" >&2; exit 2; }

require_sdk
[[ -f $source_harness/bench.sh ]] || { echo "No harness at $source_harness: set LATCHKEY_BENCH_HARNESS to its folder." >&2; exit 1; }
mkdir -p "$WORK"
WORK=$(cd "$WORK" && pwd)
export PEERS_RUN=${PEERS_RUN:-$WORK/peers}

# The copy is made anew when the harness changed; what was downloaded stays in $PEERS_RUN.
copy_harness() {
  local sum
  sum=$(cd "$source_harness" && find . \( -name bin -o -name obj -o -name node_modules \) -prune -o -type f -print | sort | xargs sha256sum | sha256sum)
  [[ -f $WORK/harness.sum && $(cat "$WORK/harness.sum") == "$sum" ]] && return
  rm -rf "$WORK/harness" "$PEERS_RUN/.ready" "$PEERS_RUN/.ready-all"
  cp -r "$source_harness" "$WORK/harness"
  chmod -R u+w "$WORK/harness"
  echo "$sum" >"$WORK/harness.sum"
}
copy_harness
if [[ ! -f $PEERS_RUN/.ready${peers:+-all} ]]; then
  (cd "$WORK/harness" && ./bench.sh setup $peers)
  touch "$PEERS_RUN/.ready" "$PEERS_RUN/.ready${peers:+-all}"
fi

# All of bench.sh but its own command line: run_case, load, better_auth, baseline, ghost, create_db, wait_port, stop_server.
sed -e '/^case "\${1:-}" in/,$d' -e "s|\\\$(dirname \"\\\$0\")|$WORK/harness|" "$WORK/harness/bench.sh" >"$WORK/harness/functions.sh"
. "$WORK/harness/functions.sh"
for name in run_case load better_auth baseline ghost create_db wait_port stop_server; do
  declare -F "$name" >/dev/null || { echo "The harness has no function $name any more: bench/sign-in.sh must follow it." >&2; exit 1; }
done
FILTER=${filter:-.}
cp "$repository"/bench/targets/latchkey.json "$WORK/harness/targets/"

# Published aside: a build in the checkout changes nothing under a running measurement.
echo "== building Latchkey"
rm -rf "$WORK/app" "$WORK/seeder"
(cd "$repository" &&
  dotnet publish src/Latchkey/Latchkey.csproj -c Release -o "$WORK/app" --nologo -v quiet </dev/null &&
  dotnet publish bench/Latchkey.Bench/Latchkey.Bench.csproj -c Release -o "$WORK/seeder" --nologo -v quiet </dev/null)
[[ $setup_only = 0 ]] || exit 0

RESULTS=$WORK/results/$(date -u +%Y%m%d-%H%M%S)
mkdir -p "$RESULTS"
ln -sfn "$RESULTS" "$WORK/results/latest"

latchkey() { # STORE ACCOUNTS PENDING LABEL
  local store=$1 accounts=$2 pending=$3 label=$4 data=$WORK/latchkey-data
  rm -rf "$data"
  mkdir -p "$data"
  if [[ $store = pg ]]; then
    USES_PG=1
    ./pg.sh psql -d postgres -c 'set client_min_messages = warning' -c 'drop database if exists latchkey' -c 'create database latchkey'
    export ConnectionStrings__Latchkey="Host=127.0.0.1;Port=$PG_PORT;Username=bench;Database=latchkey"
  else
    USES_PG=0
    export ConnectionStrings__Latchkey="Data Source=$data/latchkey.db"
  fi
  dotnet "$WORK/seeder/latchkey-bench.dll" seed "$accounts"
  [[ $pending = 0 ]] || dotnet "$WORK/seeder/latchkey-bench.dll" pending "$pending"
  [[ $store = sqlite ]] || ./pg.sh psql -d latchkey -c checkpoint
  ASPNETCORE_ENVIRONMENT=Production DOTNET_ENVIRONMENT=Production Logging__LogLevel__Default=Warning \
    Latchkey__DataDirectory=$data Mail__Smtp=smtp://127.0.0.1:4191 \
    dotnet "$WORK/app/latchkey.dll" serve --urls http://127.0.0.1:4104 >"$RESULTS/server.log" 2>&1 & server=$!
  wait_port 4104
  sleep 1
  load "$label" latchkey "$accounts"
  # A server that complains measures its log.
  [[ $(wc -l <"$RESULTS/server.log") -le 20 ]] || cp "$RESULTS/server.log" "$RESULTS/server-${label//[^a-z0-9]/-}.log"
}

cases() {
  run_case "latchkey pg 1k"                              latchkey pg 1000 0
  run_case "better-auth magic-link pg 1k"                better_auth pg better-auth-magic-link 1000 0 1
  run_case "latchkey sqlite 1k"                          latchkey sqlite 1000 0
  run_case "better-auth magic-link sqlite 1k"            better_auth sqlite better-auth-magic-link 1000 0 1
  [[ -z $peers ]] || run_case "ghost sqlite 1k"          ghost 1000
  run_case "baseline pg 1k"                              baseline 1000 0 ""
  run_case "latchkey pg 200k"                            latchkey pg 200000 0
  run_case "latchkey sqlite 200k"                        latchkey sqlite 200000 0
  run_case "latchkey pg 1k +100k pending"                latchkey pg 1000 100000
  run_case "better-auth magic-link pg 1k +100k pending"  better_auth pg better-auth-magic-link 1000 100000 1
  run_case "latchkey sqlite 1k +100k pending"            latchkey sqlite 1000 100000
  run_case "better-auth magic-link sqlite 1k +100k pending" better_auth sqlite better-auth-magic-link 1000 100000 1
  run_case "baseline pg 1k +100k pending"                baseline 1000 100000 ""
}

# Only what this script started is stopped.
started_pg=0
finish() {
  stop_server
  [[ $started_pg = 0 ]] || ./pg.sh stop >/dev/null
}
trap finish EXIT
if ! { [[ -f $PG_DATA/postmaster.pid ]] && kill -0 "$(postmaster)" 2>/dev/null; }; then
  ./pg.sh start >/dev/null
  started_pg=1
fi

revision=$(git -C "$repository" describe --always --dirty 2>/dev/null || echo unknown)
for ((round = 1; round <= rounds; round++)); do
  echo "#### round $round of $rounds"
  export SUFFIX=''
  cases
  # Which lines of the results belong to which round.
  wc -l <"$RESULTS/all.jsonl" >>"$RESULTS/rounds" 2>/dev/null || { echo "No case matches '$FILTER'." >&2; exit 1; }
done

{
  REVISION=$revision bash "$repository/bench/machine-facts.sh"
  python3 report.py "$RESULTS"
  python3 "$repository/bench/ratios.py" "$RESULTS"
} | tee "$RESULTS/report.md"
echo "Saved in $RESULTS"
