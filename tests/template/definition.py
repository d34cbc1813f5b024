"""Checks src/organization/originwatch.asl.json with asl-validator, and that it keeps to what moto executes.

Used by organization.py. Needs node and npm; installs asl-validator into .artifacts/npm.
"""
import json
import re
import subprocess
import tempfile
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
DEFINITION = TOP / "src/organization/originwatch.asl.json"
VALIDATOR = "asl-validator@4.0.0"
LEFT_OUT = ("Assign", "ItemBatcher", "QueryLanguage", "ItemsPointer", "WriterConfig")


def validate(text):
    modules = TOP / ".artifacts/npm"
    program = modules / "node_modules/.bin/asl-validator"
    if not program.exists():
        subprocess.run(["npm", "install", "--prefix", str(modules), "--ignore-scripts", "--no-audit", "--no-fund", "--silent", VALIDATOR], check=True)
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        result = subprocess.run(["node", str(program), "--json-path", file.name], capture_output=True, text=True, check=False)
    return result.returncode == 0, (result.stdout + result.stderr).strip()


def problems_of(substitutions):
    """What is wrong with the definition; substitutions are those that the template has."""
    text = DEFINITION.read_text(encoding="utf-8")
    problems = [f"{word} is in it" for word in LEFT_OUT if f'"{word}"' in text]
    used = set(re.findall(r"\$\{(\w+)\}", text))
    if used != set(substitutions):
        problems.append(f"its substitutions are {sorted(used)}, the template's are {sorted(substitutions)}")
    filled = text.replace("${Partition}", "aws")  # the validator knows ARNs of integrations by their text
    valid, said = validate(filled)
    if not valid:
        problems.append(said)
    broken = json.loads(filled)
    broken["States"]["Plan"]["Next"] = "Nowhere"
    if validate(json.dumps(broken))[0]:
        problems.append("asl-validator accepts a Next to nowhere, so it checks nothing")
    return problems
