# Sourced. Reads the .trx files of a folder, named ENGINE.PROJECT.trx: there is no XML tool on a fresh Debian.

results_total() {
  local sum=0 value
  while read -r value; do sum=$((sum + value)); done < <(
    cat "$2"/*.trx 2>/dev/null | grep -o '<Counters [^>]*' | grep -oE " ($1)=\"[0-9]+\"" | grep -oE '[0-9]+')
  echo "$sum"
}

# Fields of every result: engine, outcome, duration, name.
results_rows() {
  local file engine
  for file in "$1"/*.trx; do
    [[ -e $file ]] || continue
    engine=${file##*/} engine=${engine%%.*}
    { grep -o '<UnitTestResult [^>]*' "$file" || true; } | sed -E \
      -e 's/.* testName="([^"]*)".*/&\n\1/' | awk -v engine="$engine" '
        NR % 2 { line = $0; next }
        {
          match(line, / outcome="[^"]*"/); outcome = substr(line, RSTART + 10, RLENGTH - 11)
          time = "00:00:00.0"
          if (match(line, / duration="[^"]*"/)) time = substr(line, RSTART + 11, RLENGTH - 12)
          print engine "\t" outcome "\t" time "\t" $0
        }' | sed -e 's/&quot;/"/g' -e "s/&#39;/'/g" -e 's/&lt;/</g' -e 's/&gt;/>/g' -e 's/&amp;/\&/g'
  done
}

# All rows are read to the end: `head` would break the pipe, and with it the run.
results_slowest() { results_rows "$1" | sort -t $'\t' -k3,3r | awk -F '\t' 'NR <= 10 { printf "  %s  %-8s  %s\n", substr($3, 4, 9), $1, $4 }'; }
results_failures() { results_rows "$1" | awk -F '\t' '$2 != "Passed" && $2 != "NotExecuted" { printf "  %-8s  %s\n", $1, $4 }'; }
