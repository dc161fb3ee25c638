#!/usr/bin/env bash
# Diagnoses a second from facts in memory, and near misses among many contacts: why [CONTACTS] [ROUNDS]
#
# On the database that ConnectionStrings__Latchkey names, which must be empty; without it on a SQLite file of its own.
set -euo pipefail
repository=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
. "$repository/bin/lib/sdk.sh"
require_sdk
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export ConnectionStrings__Latchkey=${ConnectionStrings__Latchkey:-Data Source=$work/why.db}
dotnet build "$repository/bench/Latchkey.Bench" -c Release --nologo -v q
bench=$repository/bench/Latchkey.Bench/bin/Release/net10.0/latchkey-bench.dll
dotnet "$bench" seed "${1:-200000}"
dotnet "$bench" why "${2:-200}"
