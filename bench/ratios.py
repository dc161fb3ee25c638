#!/usr/bin/env python3
"""Latchkey against its peers, round by round: medians of the ratios (smallest-largest), and the aims beside them."""
import json, os, statistics as st, sys

MAX_OTHER = float(os.environ.get("MAX_OTHER", 8))
folder = sys.argv[1]
lines = [json.loads(l) for l in open(os.path.join(folder, "all.jsonl"))]
ends = [int(l) for l in open(os.path.join(folder, "rounds"))]

# The last quiet run of a case in each round.
rounds, at = [], 0
for end in ends:
    rounds.append({r["label"]: r for r in lines[at:end] if r["otherCpuPercent"] <= MAX_OTHER})
    at = end


def show(values, digits=1):
    if not values:
        return "-"
    m = f"{st.median(values):.{digits}f}"
    return m if len(values) == 1 else f"{m} ({min(values):.{digits}f}-{max(values):.{digits}f})"


def ratio(case, peer):
    return [r[case]["perSecond"] / r[peer]["perSecond"] for r in rounds if case in r and peer in r and r[peer]["perSecond"] > 0]


def column(case, value):
    return [value(r[case]) for r in rounds if case in r]


cases = list(dict.fromkeys(r["label"] for r in lines if r["label"].startswith("latchkey ")))
print("\nLatchkey beside its peers, within the same round; peers with 1k accounts\n")
print("| case | rounds | sign-ins/s | x better-auth (aim 5) | x Ghost (aim 30) | x hand-written | / own 1k (aim 0.85) | server CPU ms (aim 1.5) | database CPU ms | RSS MB (aim 250) | errors |")
print("|---|---|---|---|---|---|---|---|---|---|---|")
for case in cases:
    store = case.split()[1]
    pending = " +100k pending" if "pending" in case else ""
    print("|", " | ".join([
        case, str(len(column(case, id))), show(column(case, lambda r: r["perSecond"]), 0),
        show(ratio(case, f"better-auth magic-link {store} 1k{pending}")),
        show(ratio(case, "ghost sqlite 1k")),
        show(ratio(case, f"baseline pg 1k{pending}"), 2) if store == "pg" else "",
        "" if case == f"latchkey {store} 1k" else show(ratio(case, f"latchkey {store} 1k"), 2),
        show(column(case, lambda r: r["server"]["cpuMsPerSignIn"]), 2),
        show(column(case, lambda r: r["db"]["cpuMsPerSignIn"]), 2) if store == "pg" else "in process",
        show(column(case, lambda r: r["server"]["rssMb"]), 0),
        str(sum(column(case, lambda r: r["errors"])))]), "|")

steps = [("request", "ask, till the mail is there"), ("open", "open the link"), ("redeem", "sign in"), ("page", "portal")]
print("\n| Latchkey's steps, p50 / p99 ms |", " | ".join(words for _, words in steps), "|")
print("|---" * (len(steps) + 1) + "|")
for case in cases:
    cell = lambda s: " / ".join(f"{st.median(column(case, lambda r: r['ms:' + s][q])):.1f}" for q in ("p50", "p99"))
    if column(case, id):
        print("|", case, "|", " | ".join(cell(s) for s, _ in steps), "|")
