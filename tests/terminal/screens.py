#!/usr/bin/env python3
"""demo, scan and explain on terminals of several widths and kinds: screens.py PATH-OF-OriginWatch.Cli.dll"""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

from screen import Run

PROGRESS = re.compile(r"listing distributions|probing \d|retrying \d|stopping")
FAILED = []


def check(name, run, *conditions):
    """Prints one line for each run; the screen where something on it is wrong."""
    wrong = [text for text, holds in conditions if not holds]
    print(f"{'FAILED' if wrong else 'ok':7}{name}")
    if wrong:
        FAILED.append(name)
        print(f"  not so: {'; '.join(wrong)} (exit code {run.code})\n" + "\n".join(f"  | {line}" for line in run.text.split("\n")[:60]))


def calm(run):
    """No progress is left, no stack trace, no line of a bar."""
    return [
        ("the progress line is gone at the end", not PROGRESS.search(run.text)),
        ("no exception", "Exception" not in run.raw and "   at " not in run.raw),
        ("no unknown time", "**:**" not in run.raw),
    ]


def report_lines(run):
    """What was written, line by line, without colors and progress; the paths below the demo's report may be long."""
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]", "", run.raw).split("These origins were")[0]
    return [line.rsplit("\r", 1)[-1] for line in plain.replace("\r\n", "\n").split("\n")]


class SilentServer:
    """Accepts connections and says nothing, so that a scan is under way for as long as the test needs."""

    def __init__(self):
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=200)
        self.port = self.listener.getsockname()[1]
        self.connections = []
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            self.connections.append(self.listener.accept()[0])


def listing(path, ports):
    """One distribution for every port, as `aws cloudfront list-distributions` prints it."""
    items = [{
        "Id": f"E{i:04}", "ARN": f"arn:aws:cloudfront::123456789012:distribution/E{i:04}", "Status": "Deployed", "DomainName": f"d{i}.cloudfront.net", "Enabled": True, "Staging": False,
        "Aliases": {"Quantity": 1, "Items": [f"www{i}.shop.example"]},
        "Origins": {"Quantity": 1, "Items": [{
            "Id": "web", "DomainName": f"origin{i}.shop.example", "OriginPath": "", "CustomHeaders": {"Quantity": 0}, "ConnectionAttempts": 1, "ConnectionTimeout": 2,
            "CustomOriginConfig": {"HTTPPort": 80, "HTTPSPort": port, "OriginProtocolPolicy": "https-only", "OriginSslProtocols": {"Quantity": 1, "Items": ["TLSv1.2"]}},
        }]},
        "OriginGroups": {"Quantity": 0},
        "DefaultCacheBehavior": {"TargetOriginId": "web", "ViewerProtocolPolicy": "https-only", "CachePolicyId": "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"},
        "CacheBehaviors": {"Quantity": 0}, "CustomErrorResponses": {"Quantity": 0},
    } for i, port in enumerate(ports)]
    with open(path, "w", encoding="utf-8") as file:
        json.dump({"DistributionList": {"Marker": "", "MaxItems": 100, "IsTruncated": False, "Quantity": len(items), "Items": items}}, file)
    return path


def closed_port():
    """A port that refuses connections."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def interrupted_by_timeout(command, silent, report):
    """GNU timeout signals its child and then the whole process group, so the request comes twice at once. True where a report says that it was cut."""
    before = len(silent.connections)
    child = subprocess.Popen([*command, "--output", report], start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while len(silent.connections) == before and child.poll() is None:
        time.sleep(0.02)
    os.kill(child.pid, signal.SIGINT)
    os.killpg(child.pid, signal.SIGINT)
    code = child.wait(120)
    return code == 4 and os.path.exists(report) and json.load(open(report, encoding="utf-8"))["run"]["complete"] is False


def main():
    program = ["dotnet", os.path.abspath(sys.argv[1])]
    folder = tempfile.mkdtemp(prefix="originwatch-terminal-")
    kinds = [("60 columns", 60, {}), ("100 columns", 100, {}), ("200 columns", 200, {}), ("NO_COLOR", 100, {"NO_COLOR": "1"}), ("TERM=dumb", 100, {"TERM": "dumb"})]
    refused = closed_port()
    refusing = listing(os.path.join(folder, "refused.json"), [refused] * 3)
    addresses = lambda count, port: [f"--resolve=origin{i}.shop.example:{port}:127.0.0.1" for i in range(count)]
    local = ["--allow-private-addresses", *addresses(3, refused)]
    for kind, columns, environment in kinds:
        colors = lambda run: run.screen.colors > 0
        wanted = ("colors where they are wanted alone", lambda run: colors(run) == (kind not in ("NO_COLOR", "TERM=dumb")))
        for name, arguments, code, says in [
            ("demo", ["demo", "--output", os.path.join(folder, "demo")], 0, "11 of 16 origins fail for viewers now"),
            ("scan", ["scan", "--inventory", refusing, *local], 3, "3 of 3 origins fail for viewers now"),
            ("explain", ["explain", "E0001/web", "--inventory", refusing, *local], 3, "rejects this origin"),
        ]:
            run = Run(program + arguments, columns, environment, cwd=folder)
            widest = max(len(line) for line in report_lines(run))
            check(
                f"{name}, {kind}", run, *calm(run), (wanted[0], wanted[1](run)), (f"exit code {code}", run.code == code),
                (f"says '{says}'", says in " ".join(run.text.split())), ("no line is wrapped by the terminal", widest <= columns),
                ("shows what it is doing", kind == "TERM=dumb" or "probing " in run.raw))

    file = os.path.join(folder, "report.txt")
    run = Run(program + ["scan", "--inventory", refusing, *local], 60, output=file)
    text = open(file, encoding="utf-8").read()
    check(
        "scan, stdout is a file", run, *calm(run), ("the progress goes on", "probing " in run.raw and "retrying 3 targets" in run.raw), ("the screen is empty", run.text.strip() == ""),
        ("no escapes in the file", "\x1b" not in text), ("the report is in the file", "3 of 3 origins fail" in text),
        ("60 columns were enough for the line", all(len(line) < 60 for line in re.findall(r"\x1b\[K([^\x1b\r]*)", run.raw))))

    silent = SilentServer()
    slow = listing(os.path.join(folder, "slow.json"), [refused] * 3 + [silent.port] * 40)
    waiting = ["--allow-private-addresses", *addresses(3, refused), *[f"--resolve=origin{i}.shop.example:{silent.port}:127.0.0.1" for i in range(3, 43)]]
    for columns in (60, 100):
        run = Run(program + ["scan", "--inventory", slow, *waiting], columns, interrupt_at=r"probing 3 of 43 targets, 3 failing")
        words = " ".join(run.text.split())
        check(
            f"scan, Ctrl-C, {columns} columns", run, *calm(run), ("the message is a line of its own", re.search(r"(?m)^originwatch: interrupted; reporting what is known so far$", run.text)),
            ("the counts stay true", "stopping; probed 43" not in run.raw), ("exit code 4: nothing was confirmed", run.code == 4),
            ("what was seen once is told by name", all(f"origin{i}.shop.example" in words for i in range(3)) and words.count("seen once: ") == 3),
            ("one line for what was not reached", words.count("UNKNOWN") == 3 and "40 of 43 targets not reached" in words))
    run = Run(program + ["demo", "--output", os.path.join(folder, "demo")], 100, interrupt_at="probing")
    check("demo, Ctrl-C", run, *calm(run), ("the message is readable", "originwatch: interrupted" in run.text), ("exit code 4", run.code == 4))

    for attempt in range(3):
        report = interrupted_by_timeout(program + ["scan", "--inventory", slow, "--quiet", *waiting], silent, os.path.join(folder, f"interrupted-{attempt}.json"))
        print(f"{'ok' if report else 'FAILED':7}scan under timeout -s INT, {attempt + 1} of 3: a report is left")
        if not report:
            FAILED.append("timeout -s INT")

    print(f"terminal: {len(FAILED)} failed")
    return 1 if FAILED else 0


if __name__ == "__main__":
    sys.exit(main())
