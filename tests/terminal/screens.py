#!/usr/bin/env python3
"""demo, scan and explain on terminals of several widths and kinds: screens.py PATH-OF-OriginWatch.Cli.dll"""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from screen import Run, Tmux

PROGRESS = re.compile(r"listing distributions|probing \d|retrying \d|stopping")
FAILED = []

# Most of a run is waiting: for the time until a failure is confirmed, and for a server that says nothing.
AT_ONCE = 4


def check(name, run, *conditions):
    """Prints one line for each run; the screen where something on it is wrong."""
    wrong = [text for text, holds in conditions if not holds]
    print(f"{'FAILED' if wrong else 'ok':7}{name}")
    if wrong:
        FAILED.append(name)
        print(f"  not so: {'; '.join(wrong)} (exit code {run.code})\n" + "\n".join(f"  | {line}" for line in run.text.split("\n")[:60]))


def calm(run, rewrites=True):
    """No progress is left where a line can be rewritten, no stack trace, no line of a bar."""
    return [
        ("the progress line is gone at the end", not rewrites or not PROGRESS.search(run.text)),
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
    # A shell starts what runs in the background with Ctrl-C ignored, and everything below inherits that.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    program = ["dotnet", os.path.abspath(sys.argv[1])]
    folder = tempfile.mkdtemp(prefix="originwatch-terminal-")
    with ProcessPoolExecutor(AT_ONCE, mp_context=get_context("spawn")) as pool:
        for judge in [*kinds_of_terminals(pool, program, folder), *redirected(pool, program, folder), *interrupted(pool, program, folder)]:
            judge()
    print(f"terminal: {len(FAILED)} failed")
    return 1 if FAILED else 0


def resolving(count, port, first=0):
    return [f"--resolve=origin{i}.shop.example:{port}:127.0.0.1" for i in range(first, first + count)]


def refusing(folder, name="refused.json"):
    """Options that lead to three origins whose port refuses connections."""
    refused = closed_port()
    return ["--inventory", listing(os.path.join(folder, name), [refused] * 3), "--allow-private-addresses", *resolving(3, refused)]


def kinds_of_terminals(pool, program, folder):
    """Starts every command on every kind of terminal, and gives what is to be looked at when each has ended."""
    local = refusing(folder)
    for kind, columns, environment in [
        ("60 columns", 60, {}), ("100 columns", 100, {}), ("200 columns", 200, {}), ("NO_COLOR", 100, {"NO_COLOR": "1"}), ("TERM=dumb", 100, {"TERM": "dumb"}),
    ]:
        for name, arguments, code, says in [
            ("demo", ["demo", "--output", os.path.join(folder, f"demo {kind}")], 0, "11 of 16 origins fail for viewers now"),
            ("scan", ["scan", *local], 3, "3 of 3 origins fail for viewers now"),
            ("explain", ["explain", "E0001/web", *local], 3, "rejects this origin"),
        ]:
            started = pool.submit(Run, program + arguments, columns, environment, cwd=folder)
            yield lambda started=started, name=name, kind=kind, columns=columns, code=code, says=says: look(started.result(), name, kind, columns, code, says)


def look(run, name, kind, columns, code, says):
    widest = max(len(line) for line in report_lines(run))
    check(
        f"{name}, {kind}", run, *calm(run, kind != "TERM=dumb"), ("colors where they are wanted alone", (run.screen.colors > 0) == (kind not in ("NO_COLOR", "TERM=dumb"))), (f"exit code {code}", run.code == code),
        (f"says '{says}'", says in " ".join(run.text.split())), ("no line is wrapped by the terminal", widest <= columns),
        ("shows what it is doing", kind == "TERM=dumb" or "probing " in run.raw))


def redirected(pool, program, folder):
    file = os.path.join(folder, "report.txt")
    started = pool.submit(Run, program + ["scan", *refusing(folder, "redirected.json")], 60, output=file)

    def judge():
        run, text = started.result(), open(file, encoding="utf-8").read()
        check(
            "scan, stdout is a file", run, *calm(run), ("the progress goes on", "probing " in run.raw and "retrying 3 targets" in run.raw), ("the screen is empty", run.text.strip() == ""),
            ("no escapes in the file", "\x1b" not in text), ("the report is in the file", "3 of 3 origins fail" in text),
            ("60 columns were enough for the line", all(len(line) < 60 for line in re.findall(r"\x1b\[K([^\x1b\r]*)", run.raw))))

    yield judge


def interrupted(pool, program, folder):
    """Ctrl-C in the middle, at 60 columns in tmux, which draws its screen itself."""
    refused, silent = closed_port(), SilentServer()
    slow = listing(os.path.join(folder, "slow.json"), [refused] * 3 + [silent.port] * 40)
    waiting = ["--inventory", slow, "--allow-private-addresses", *resolving(3, refused), *resolving(40, silent.port, first=3)]
    moment = r"probing 3 of 43 targets, 3 failing"
    for columns, terminal in [(60, Tmux if shutil.which("tmux") else None), (100, Run)]:
        if terminal is None:
            print("       tmux: not installed, skipped")
            continue
        started = pool.submit(terminal, program + ["scan", *waiting], columns, interrupt_at=moment, cwd=folder)
        yield lambda started=started, columns=columns: look_interrupted(started.result(), columns)
    demo = pool.submit(Run, program + ["demo", "--output", os.path.join(folder, "demo")], 100, interrupt_at="probing")
    yield lambda: check("demo, Ctrl-C", demo.result(), *calm(demo.result()), ("the message is readable", "originwatch: interrupted" in demo.result().text), ("exit code 4", demo.result().code == 4))
    for attempt in range(3):
        yield lambda attempt=attempt: look_timeout(program + ["scan", "--quiet", *waiting], silent, os.path.join(folder, f"interrupted-{attempt}.json"), attempt)


def look_timeout(command, silent, report, attempt):
    """After all other runs have ended: the connections that the server counts are this run's own."""
    left = interrupted_by_timeout(command, silent, report)
    print(f"{'ok' if left else 'FAILED':7}scan under timeout -s INT, {attempt + 1} of 3: a report is left")
    if not left:
        FAILED.append("timeout -s INT")


def look_interrupted(run, columns):
    words = " ".join(run.text.split())
    check(
        f"scan, Ctrl-C, {columns} columns", run, *calm(run), ("the message is a line of its own", re.search(r"(?m)^originwatch: interrupted; reporting what is known so far$", run.text)),
        ("the counts stay true", "stopping; probed 43" not in run.raw), ("exit code 4: nothing was confirmed", run.code == 4),
        ("what was seen once is told by name", all(f"origin{i}.shop.example" in words for i in range(3)) and words.count("seen once: ") == 3),
        ("one line for what was not reached", words.count("UNKNOWN") == 3 and "40 of 43 targets not reached" in words))


if __name__ == "__main__":
    sys.exit(main())
