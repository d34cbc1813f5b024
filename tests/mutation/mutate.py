#!/usr/bin/env python3
"""Changes one operator at a time in a copy of the source and asks the tests whether they notice. Not part of the gate: a mutant takes 15 seconds and more.
   mutate.py [--sample N] [--seed S] [--only ROOM] [--named [--match TEXT]]
The rooms are those that decide: paths, certificates, rules, targets, history. --named tries the mutants that once survived, each on purpose.
Prints the survivors and the score; exit code 1 when one of the named survives."""
import argparse
import random
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
ENGINE = "src/OriginWatch"
ROOMS = {
    "Trust/Paths": "Tests.Trust", "Trust/X509": "Tests.Trust", "Trust": "Tests.Trust", "Rules": "Tests.Rules", "Targets": "Tests.Targets", "History": "Tests.History",
}
# A token with blanks around it is an operator and not a type argument or a lambda.
OPERATORS = [
    (" < ", " <= "), (" <= ", " < "), (" > ", " >= "), (" >= ", " > "), (" == ", " != "), (" != ", " == "), (" && ", " || "), (" || ", " && "),
    (" + 1", " + 2"), (" - 1", " - 0"), (" is null", " is not null"), (" is not null", " is null"), ("return true;", "return false;"), ("return false;", "return true;"),
    (".Any(", ".All("), (".All(", ".Any("), (".Min(", ".Max("), (".Max(", ".Min("),
]
# What survived once: file, text, what stands there instead, tests that must notice.
NAMED = [
    ("Trust/Paths/PurposeCheck.cs", "issuer.Version == 1", "issuer.Version < 3", "AmazonVerdict"),
    ("Tls/DerNesting.cs", "depth == ends.Length", "depth > ends.Length", "DerNesting"),
    ("Tls/DerNesting.cs", "MaxDepth = 32", "MaxDepth = 33", "DerNesting"),
    ("Trust/X509/SignatureVerifier.cs", "issuerKey.Bits >= SmallestRuntimeRsaBits", "issuerKey.Bits > SmallestRuntimeRsaBits", "SignatureCost"),
    ("Trust/X509/SignatureVerifier.cs", "SignatureCost.Of(certificate.SignatureAlgorithm, issuerKey) > SignatureCost.MostOfOne", "SignatureCost.Of(certificate.SignatureAlgorithm, issuerKey) >= SignatureCost.MostOfOne", "Tests.Trust"),
    ("Probing/Engine/ForeignProtocol.cs", "{ Length: >= 4 }", "{ Length: > 4 }", "ForeignProtocol|ServerFlight"),
    ("Probing/Engine/ForeignProtocol.cs", "first.Length < 2 ||", "first.Length <= 2 ||", "ForeignProtocol|ServerFlight"),
    ("Inventory/PathPattern.cs", "_pattern[_head] == '*'", "_pattern[_head] != '*'", "PathPattern|BehaviorMap"),
    ("Inventory/PathPattern.cs", "_pattern == \"*\"\n        || (", "(", "PathPattern|BehaviorMap"),
    ("History/RunRecorder.cs", "sent.Add(digest.Id);", "sent.Clear();", "Tests.History"),
    ("History/RunRecorder.cs", "[.. attempt.Start.SentAtStart, .. sent]", "[.. attempt.Start.SentAtStart]", "Tests.History"),
    ("History/RunRecorder.cs", "[.. attempt.Start.SentAtStart, .. sent]", "[.. sent]", "Tests.History"),
    ("Targets/HttpPlanner.cs", "or < 1 or", "or < 2 or", "HttpPlanner|LargestAccount"),
    ("Targets/HttpPlanner.cs", "or > IPEndPoint.MaxPort", "or >= IPEndPoint.MaxPort", "HttpPlanner|LargestAccount"),
    ("Trust/X509/DistinguishedName.cs", " && !value.StartsWith('#')", "", "Tests.Trust|Tests.Text"),
    ("Trust/X509/DistinguishedName.cs", " && !value.EndsWith(' ')", "", "Tests.Trust|Tests.Text"),
    ("Trust/X509/DistinguishedName.cs", "<>;\"", "<>\"", "Tests.Trust|Tests.Text"),
    ("Trust/Paths/PathSearch.cs", "_path.Count < MaxDepth", "_path.Count <= MaxDepth", "PathBuilding"),
    ("History/DigestOutbox.cs", "conflicts < MaxConflicts", "conflicts <= MaxConflicts", "RunRecorder"),
    ("History/RunReview.cs", "AskedAtEdge > 0", "AskedAtEdge >= 0", "RunRecorder"),
    ("History/Routing/RouteFile.cs", "routes.Count > MaxRoutes", "routes.Count >= MaxRoutes", "RouteFile"),
    ("History/Routing/RouteFile.cs", "topics > MaxTopics", "topics >= MaxTopics", "RouteFile"),
    ("Rules/TrafficJudge.cs", "counted.Errors) >= Noticeable", "counted.Errors) > Noticeable", "TrafficJudge"),
    ("Rules/Reachability/CloudFrontReachesTheOrigin.cs", "JudgesOrigin || last", "JudgesOrigin && last", "CloudFrontReachesTheOrigin"),
]


def code_of(line):
    """The part of a line that is code; None for comments, attributes and lines of text."""
    stripped = line.strip()
    return None if not stripped or stripped.startswith(("//", "///", "[", "using ", "*", '"', "$\"", "Title", "Rationale", "Remediation", "Fault")) or '"""' in line else line.split(" //")[0]


def mutants(folder, only):
    for room, tests in ROOMS.items():
        if only and room != only:
            continue
        for file in sorted((folder / ENGINE / room).glob("**/*.cs" if "/" in room or room != "Trust" else "*.cs")):
            for number, line in enumerate(file.read_text(encoding="utf-8").split("\n")):
                code = code_of(line)
                for before, after in OPERATORS if code else []:
                    for found in re.finditer(re.escape(before), code):
                        if code[: found.start()].count('"') % 2 == 0:
                            yield str(file.relative_to(folder / ENGINE)), number, found.start(), before, after, tests


def run(folder, *command):
    return subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False, timeout=1200).returncode == 0


def is_killed(folder, changed, tests):
    """None where the compiler refuses it, which is no mutant."""
    if not run(folder, "dotnet", "build", ENGINE, "--no-restore", "--nologo", "-v", "quiet", "-p:RunAnalyzers=false", "-p:TreatWarningsAsErrors=false"):
        return None
    for built in folder.glob(".artifacts/*/bin/OriginWatch.Tests/debug/OriginWatch.dll"):
        shutil.copy(next(folder.glob(".artifacts/*/bin/OriginWatch/debug/OriginWatch.dll")), built)
    names = "|".join(f"FullyQualifiedName~{name}" for name in tests.split("|"))
    return not run(folder, "dotnet", "test", "tests/OriginWatch.Tests", "--no-build", "--filter", names)


def attempt(folder, file, change, tests, label, score):
    path = folder / ENGINE / file
    honest = path.read_text(encoding="utf-8")
    changed = change(honest)
    if changed == honest:
        print(f"gone      {label}: the text is no longer there", flush=True)
        return
    path.write_text(changed, encoding="utf-8")
    try:
        killed = is_killed(folder, file, tests)
    finally:
        path.write_text(honest, encoding="utf-8")
    if killed is not None:
        score.append(killed)
    print(f"{'refused ' if killed is None else 'killed  ' if killed else 'SURVIVED'}  {label}", flush=True)


def replaced(number, at, before, after):
    def change(text):
        lines = text.split("\n")
        lines[number] = lines[number][:at] + after + lines[number][at + len(before):]
        return "\n".join(lines)
    return change


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=ROOMS)
    parser.add_argument("--named", action="store_true")
    parser.add_argument("--match", default="", help="of the named, those whose file or text holds this")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="originwatch-mutants-") as temporary:
        folder = Path(temporary) / "copy"
        shutil.copytree(TOP, folder, ignore=shutil.ignore_patterns(".git", ".artifacts"), symlinks=True)
        if not run(folder, "dotnet", "build", "tests/OriginWatch.Tests", "--nologo", "-v", "quiet", "-p:RunAnalyzers=false"):
            sys.exit("the copy does not build")
        score = []
        if arguments.named:
            for file, before, after, tests in (named for named in NAMED if arguments.match in f"{named[0]}: {named[1]}"):
                attempt(folder, file, lambda text: text.replace(before, after, 1), tests, f"{file}: {before} -> {after}", score)
        else:
            found = list(mutants(folder, arguments.only))
            for file, number, at, before, after, tests in random.Random(arguments.seed).sample(found, min(arguments.sample, len(found))):
                attempt(folder, file, replaced(number, at, before, after), tests, f"{file}:{number + 1}:{before}->{after}", score)
        print(f"{sum(score)} of {len(score)} mutants were killed" + (f", {100 * sum(score) // len(score)} %" if score else ""))
        return 1 if arguments.named and not all(score) else 0


sys.exit(main())
