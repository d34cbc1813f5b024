#!/usr/bin/env python3
"""Compares the report of tests/edge/check.sh with the table of origins, and the edge's own log with what may be sent to it.

Usage: compare.py ORIGINS.tsv REPORT.json EDGE.log
"""
import collections
import json
import re
import sys

from world import read

BAD = {"CRITICAL", "HIGH", "MEDIUM"}
REQUEST = re.compile(r'^10\.91\.3\.1 (?P<host>\S+) "GET (?P<path>/\S*originwatch-[0-9a-f]{20}\S*) HTTP/1\.1" \d+ "OriginWatch/\d+\.\d+\.\d+"$')


def differences(origins, report):
    seen = {origin["originId"]: origin for origin in report["origins"]}
    rules = collections.defaultdict(set)
    for finding in report["findings"]:
        if finding["status"].upper() == "FAIL" and finding["severity"].upper() in BAD:
            rules[finding["originId"]].add(finding["ruleId"])
    for origin in origins:
        edge = seen[origin.id]["edge"]
        got = (seen[origin.id]["verdict"], edge["answer"], ",".join(sorted(rules[origin.id])))
        if got != (origin.verdict, origin.answer, origin.rules):
            yield f"{origin.id}: expected {origin.verdict}, {origin.answer}, [{origin.rules}]; got {got[0]}, {got[1]}, [{got[2]}]"
        elif edge["pop"] != "LOC50-P1" or not re.fullmatch("[0-9a-f]{32}", edge["requestId"] or ""):
            yield f"{origin.id}: location and request id are {edge['pop']} and {edge['requestId']}"
        elif edge["contradicts"] != ("OW217" in origin.rules):
            yield f"{origin.id}: contradicts is {edge['contradicts']}"


def requests(lines):
    """Every request is a GET of its own, unknown path."""
    paths = collections.Counter()
    for line in lines:
        match = REQUEST.match(line)
        if not match:
            yield f"not a request that OriginWatch may send: {line}"
        else:
            paths[match["host"] + match["path"]] += 1
    yield from (f"sent {count} times: {path}" for path, count in paths.items() if count > 1)


def main():
    origins = read(sys.argv[1])
    with open(sys.argv[2], encoding="utf-8") as file:
        report = json.load(file)
    with open(sys.argv[3], encoding="utf-8") as file:
        lines = file.read().splitlines()
    wrong = list(differences(origins, report))
    odd = list(requests(lines))
    for sentence in wrong + odd:
        print(sentence)
    print(f"{len(wrong)} wrong of {len(origins)} origins; {len(lines)} requests to the edge, {len(odd)} of them wrong")
    return 1 if wrong or odd or not report["run"]["complete"] else 0


if __name__ == "__main__":
    sys.exit(main())
