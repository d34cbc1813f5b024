"""asff.py FOLDER: every ASFF file against the model of BatchImportFindings, as the AWS SDK checks a request before it sends it."""
import json
import pathlib
import sys

import botocore.session
from botocore.validate import ParamValidator

model = botocore.session.get_session().get_service_model("securityhub").operation_model("BatchImportFindings").input_shape
failed = False
for file in sorted(pathlib.Path(sys.argv[1]).glob("*.asff.json")):
    findings = json.loads(file.read_text())
    if not findings:
        print(f"{file.name}: nothing to import, so nobody calls the API with it")
        continue
    report = ParamValidator().validate({"Findings": findings}, model)
    problems = report.generate_report() if report.has_errors() else ""
    if len(findings) > 100:
        problems += f"{len(findings)} findings"
    if len({finding["Id"] for finding in findings}) != len(findings):
        problems += " the same id twice"
    if any(len(json.dumps(finding)) > 240 * 1024 for finding in findings):
        problems += " a finding of more than 240 KB"
    print(f"{file.name}: {problems or f'{len(findings)} findings are taken'}")
    failed = failed or bool(problems)
sys.exit(failed)
