"""Scans the servers of a matrix with two builds of the command line and compares what they say of each origin.
   compare.py FOLDER ONE OTHER        FOLDER holds plan.tsv and root.pem; called by run.sh. A program may be a .dll for dotnet.
Exit code 0 when every row is equal. Only times may differ."""
import json
import subprocess
import sys
from collections import Counter
from datetime import datetime, timezone
from pathlib import Path

NAME = "matrix.example.test"


def origin(server, port, version):
    return {
        "Id": f"{server}-{port}-{version}",
        "DomainName": NAME,
        "CustomOriginConfig": {
            "HTTPPort": 80,
            "HTTPSPort": int(port),
            "OriginProtocolPolicy": "https-only",
            # with TLSv1.2 in the list, TLS 1.3 is offered as well
            "OriginSslProtocols": {"Quantity": 1, "Items": [version.replace("TLSv1.3", "TLSv1.2")]},
        },
    }


def listing(rows):
    origins = [origin(*row) for row in rows]
    behaviors = [{"TargetOriginId": origin["Id"], "ViewerProtocolPolicy": "https-only", "PathPattern": f"/{origin['Id']}"} for origin in origins]
    return {"DistributionList": {"IsTruncated": False, "Quantity": 1, "Items": [{
        "Id": "EMATRIX",
        "ARN": "arn:aws:cloudfront::123456789012:distribution/EMATRIX",
        "DomainName": "matrix.cloudfront.net",
        "Enabled": True,
        "Aliases": {"Quantity": 0},
        "Origins": {"Quantity": len(origins), "Items": origins},
        "DefaultCacheBehavior": {"TargetOriginId": origins[0]["Id"], "ViewerProtocolPolicy": "https-only"},
        "CacheBehaviors": {"Quantity": len(behaviors), "Items": behaviors},
    }]}}


def scan(program, folder, ports, at):
    start = ["dotnet", program] if program.suffix == ".dll" else [program]
    command = [*start, "scan", "--inventory", folder / "listing.json", "--roots", folder / "root.pem", "--at", at, "--allow-private-addresses", "--fail-on", "none", "--format", "json", "--quiet"]
    for port in ports:
        command += ["--resolve", f"{NAME}:{port}:127.0.0.1"]
    done = subprocess.run(command, stdout=subprocess.PIPE, timeout=240, check=False)
    if done.returncode != 0:
        sys.exit(f"{program} ended with {done.returncode}")
    return json.loads(done.stdout)


def rows_of(report):
    """Everything that was said of an origin, by its id, in the report's order."""
    said = {origin["originId"]: [origin] for origin in report["origins"]}
    for finding in report["findings"]:
        said[finding["originId"]].append(finding)
    return said


def rest_of(report):
    run = {name: value for name, value in report["run"].items() if name not in ("startedAt", "finishedAt")}
    return [run, report["totals"], [finding["key"] for finding in report["findings"]]]


def is_as_planned(origin, version):
    return any(attempt["protocol"] == version for target in origin["targets"] for attempt in target["attempts"])


def main(folder, *programs):
    rows = list(dict.fromkeys(tuple(line.split("\t")[:3]) for line in (folder / "plan.tsv").read_text(encoding="utf-8").splitlines()))
    (folder / "listing.json").write_text(json.dumps(listing(rows)), encoding="utf-8")
    at, ports = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"), sorted({port for _, port, _ in rows})
    one, other = (scan(program, folder, ports, at) for program in programs)
    said, also = rows_of(one), rows_of(other)
    different = [row for row in said if said[row] != also.get(row)]
    for row in different:
        print(f"DIFFERENT {row}:\n  {json.dumps(said[row])}\n  {json.dumps(also.get(row))}")
    missed = [row for row, (_, _, version) in zip(said, rows) if not is_as_planned(said[row][0], version)]
    for row in missed:
        print(f"MISSED {row}")
    rest_differs = rest_of(one) != rest_of(other)
    if rest_differs:
        print(f"DIFFERENT run, totals or order of findings:\n  {json.dumps(rest_of(one))}\n  {json.dumps(rest_of(other))}")
    verdicts = Counter(answers[0]["verdict"] for answers in said.values())
    print(f"matrix: {len(said) - len(different)} of {len(rows)} rows are equal ({', '.join(f'{count} {verdict}' for verdict, count in verdicts.most_common())}; {len(one['findings'])} findings)")
    return 1 if different or missed or rest_differs or len(said) != len(rows) else 0


sys.exit(main(*(Path(argument) for argument in sys.argv[1:])))
