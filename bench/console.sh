#!/usr/bin/env bash
# The console's lists, searches and records at size, on both engines: console [CONTACTS] [MAILS] [ROUNDS]
#
# Defaults: 200000 contacts, 2000000 mails (and half as many rows of activity), each page 100 times, one after the other, by an Owner
# who is signed in. Everything is written under $LATCHKEY_BENCH_WORK; with LATCHKEY_TEST_POSTGRES set that server is used, else one of our own.
set -euo pipefail
repository=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
. "$repository/bin/lib/root.sh"
. "$repository/bin/lib/sdk.sh"
. "$repository/bin/lib/servers.sh"
contacts=${1:-200000} mails=${2:-2000000} rounds=${3:-100}
[[ "$contacts $mails $rounds" =~ ^[0-9]+\ [0-9]+\ [1-9][0-9]*$ ]] || { echo "usage: console [CONTACTS] [MAILS] [ROUNDS]" >&2; exit 2; }
require_sdk
WORK=${LATCHKEY_BENCH_WORK:-${TMPDIR:-/tmp}/latchkey-bench}
mkdir -p "$WORK"

server='' own_postgres=0
database=latchkey_console_$$
finish() {
  [[ -z $server ]] || { kill "$server" 2>/dev/null && wait "$server" 2>/dev/null; } || true
  [[ -z ${POSTGRES:-} ]] || administer "drop database if exists $database with (force)" || true
  [[ $own_postgres = 0 ]] || stop_servers
  rm -rf "$WORK/console"
}
trap finish EXIT

# psql with the parts of a connection string.
administer() {
  local host port user
  host=$(sed -E 's/.*Host=([^;]+).*/\1/' <<<"$POSTGRES") port=$(sed -E 's/.*Port=([^;]+).*/\1/' <<<"$POSTGRES") user=$(sed -E 's/.*Username=([^;]+).*/\1/' <<<"$POSTGRES")
  psql -q -h "$host" -p "$port" -U "$user" -d postgres -c 'set client_min_messages = warning' -c "$1" >/dev/null
}

echo "== building"
(cd "$repository" &&
  dotnet publish src/Latchkey/Latchkey.csproj -c Release -o "$WORK/console-app" --nologo -v quiet </dev/null &&
  dotnet publish bench/Latchkey.Bench/Latchkey.Bench.csproj -c Release -o "$WORK/console-seeder" --nologo -v quiet </dev/null)

measure() { # ENGINE CONNECTION
  local data=$WORK/console port
  rm -rf "$data"
  mkdir -p "$data"
  export ConnectionStrings__Latchkey=${2//DATA/$data}
  echo "== $1: filling with $contacts contacts and $mails mails"
  time (dotnet "$WORK/console-seeder/latchkey-bench.dll" seed "$contacts" && dotnet "$WORK/console-seeder/latchkey-bench.dll" console "$mails")
  port=$(free_port)
  ASPNETCORE_ENVIRONMENT=Development DOTNET_ENVIRONMENT=Development Logging__LogLevel__Default=Warning Latchkey__DataDirectory=$data \
    dotnet "$WORK/console-app/latchkey.dll" serve --urls "http://127.0.0.1:$port" >"$WORK/console-server.log" 2>&1 & server=$!
  for _ in {1..300}; do (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null && break; sleep 0.1; done
  dotnet "$WORK/console-seeder/latchkey-bench.dll" visit "http://127.0.0.1:$port" "$rounds"
  kill "$server" && wait "$server" || true
  server=''
}

measure SQLite 'Data Source=DATA/latchkey.db'
POSTGRES=${LATCHKEY_TEST_POSTGRES:-}
if [[ -z $POSTGRES ]]; then
  own_postgres=1
  servers_folder
  start_postgres
fi
administer "create database $database"
measure PostgreSQL "$POSTGRES;Database=$database"
