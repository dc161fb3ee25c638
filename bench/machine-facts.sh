#!/usr/bin/env bash
# Prints what a measurement depends on: processor, memory, versions, and how long a flush to disk takes. Runs by itself too.
set -euo pipefail
folder=${WORK:-${TMPDIR:-/tmp}}
fact() { printf '| %s | %s |\n' "$1" "$2"; }

echo '| machine | |'
echo '|---|---|'
fact processor "$(grep -m 1 'model name' /proc/cpuinfo | cut -d : -f 2- | xargs), $(nproc) cores"
fact memory "$(awk '/MemTotal/ { printf "%.0f GB", $2 / 1048576 }' /proc/meminfo)"
fact system "$(. /etc/os-release && echo "$PRETTY_NAME"), Linux $(uname -r)"
fact disk "$(stat -f -c %T "$folder"), fdatasync of 4 kB: $(python3 - "$folder" <<'P'
import os, sys, tempfile, time
took = []
with tempfile.TemporaryFile(dir=sys.argv[1]) as f:
    for _ in range(300):
        os.write(f.fileno(), b"x" * 4096)
        t = time.perf_counter()
        os.fdatasync(f.fileno())
        took.append((time.perf_counter() - t) * 1000)
took.sort()
print(f"median {took[150]:.2f} ms, p99 {took[297]:.2f} ms")
P
)"
fact .NET "$(dotnet --list-runtimes | awk '/^Microsoft.AspNetCore.App/ { v = $2 } END { print v }')"
fact PostgreSQL "$("${PG_BIN:-/usr/lib/postgresql/15/bin}/postgres" --version | grep -oE '[0-9]+\.[0-9]+' | head -n 1)"
fact SQLite "$(python3 -c 'import ctypes; l = ctypes.CDLL("libsqlite3.so.0"); l.sqlite3_libversion.restype = ctypes.c_char_p; print(l.sqlite3_libversion().decode())')"
fact Latchkey "${REVISION:-unknown}"
fact measured "$(date -u +%Y-%m-%d)"
