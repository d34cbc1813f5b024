#!/usr/bin/env python3
"""Says when each of Mozilla's roots loses the websites trust bit by age: writes mozilla-lifecycles.json beside mozilla-roots.json.

    lifecycles.py [--out DIRECTORY]           writes the file anew from the roots that are there
    lifecycles.py --check [--out DIRECTORY]   exits with 1 where the file is not what would be written

rebuild_roots.py calls it after it has written new roots. The rule is Mozilla's Root Store Policy, section 7.4, and the schedule in
https://wiki.mozilla.org/CA/Root_CA_Lifecycles: by the day on which the key was made, for which the root's notBefore stands
where no report of the key ceremony is known.
"""
import argparse
import datetime
import hashlib
import json
import pathlib

SCHEDULE = "https://wiki.mozilla.org/CA/Root_CA_Lifecycles"
YEARS = 15

# First day of the keys that the step is about, day of removal; the last step counts from the key's own day.
STEPS = [
    ("2014-04-15", None),
    ("2012-01-01", "2029-04-15"),
    ("2010-01-01", "2028-04-15"),
    ("2008-01-01", "2027-04-15"),
    ("2006-01-01", "2026-04-15"),
    ("0001-01-01", "2025-04-15"),
]

# By SHA-256: what differs from the rule. "keyCreated" where the key is older than the root says, "removal": None where Mozilla chose another way.
EXCEPTIONS = {
    "2530cc8e98321502bad96f9b1fba1b099e2d299e0f4548bb914f363bc0d4531f": {
        "removal": None,
        "exception": "Mozilla set a distrust-after date, 2026-04-15, instead of removing the bit (serverDistrustAfter in mozilla-roots.json)",
        "source": "https://bugzilla.mozilla.org/show_bug.cgi?id=2017317",
    },
}


def later(day, years):
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, month=3, day=1)


def removal(key_created):
    day = datetime.date.fromisoformat(key_created)
    step = next(removed for first, removed in STEPS if key_created >= first)
    return step or later(day, YEARS).isoformat()


def entry(root):
    exception = EXCEPTIONS.get(root["sha256"], {})
    created = exception.get("keyCreated", root["notBefore"][:10])
    line = {"sha256": root["sha256"], "keyCreated": created, "removal": removal(created), "label": root["label"]}
    return line | exception


def document(roots_text):
    roots = json.loads(roots_text)
    known = {root["sha256"] for root in roots["roots"]}
    gone = [sha for sha in EXCEPTIONS if sha not in known]
    if gone:
        raise SystemExit(f"exceptions for roots that are no longer in the list: {', '.join(gone)}: take them out of lifecycles.py")
    head = {"builtinsVersion": roots["builtinsVersion"], "rootsSha256": hashlib.sha256(roots_text.encode("utf-8")).hexdigest(), "source": SCHEDULE}
    lines = sorted((entry(root) for root in roots["roots"]), key=lambda line: (line["removal"] or "", line["label"]))
    body = ",\n".join("  " + json.dumps(line, ensure_ascii=False) for line in lines)
    fields = "".join(f" {json.dumps(name)}: {json.dumps(value)},\n" for name, value in head.items())
    return "{\n" + fields + ' "roots": [\n' + body + "\n ]\n}\n"


def write(folder):
    text = document((folder / "mozilla-roots.json").read_text(encoding="utf-8"))
    (folder / "mozilla-lifecycles.json").write_text(text, encoding="utf-8")
    return text


def main():
    default = pathlib.Path(__file__).resolve().parents[2] / "src/OriginWatch/Trust/Roots"
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--out", type=pathlib.Path, default=default)
    arguments = parser.parse_args()
    if not arguments.check:
        write(arguments.out)
    elif document((arguments.out / "mozilla-roots.json").read_text(encoding="utf-8")) != (arguments.out / "mozilla-lifecycles.json").read_text(encoding="utf-8"):
        raise SystemExit("mozilla-lifecycles.json is not what the rule makes of mozilla-roots.json: run lifecycles.py without --check")


if __name__ == "__main__":
    main()
