#!/usr/bin/env python3
"""Lints src/organization/template.yaml and its state machine, and asserts what no linter knows.

Usage: organization.py    needs what check.py needs, node and npm
"""
import json
import re
import sys
import tempfile
import tomllib
from pathlib import Path

sys.dont_write_bytecode = True
import check
import cost
import definition
from check import MAPPINGS, PARAMETERS, SAMPLE, TOP, actions, arn, expect, of_type, ref, statements
import transform

FOLDER = TOP / "src/organization"
TEMPLATE = FOLDER / "template.yaml"
STEPS = ["List", "Gather", "Plan", "Probe", "Conclude"]
ALARMS = {"ExecutionsFailedAlarm", "ExecutionsTimedOutAlarm", "ExecutionsAbortedAlarm", "FailureQueueAlarm", "HeartbeatAlarm", "NobodySubscribedAlarm"}
STATE_ALARMS = {"CriticalFindingsAlarm", "TrustStoreAgeAlarm", "AccountsNotScannedAlarm"}
ON_ANYTHING = {"cloudfront:", "organizations:"}  # reads of the whole account or organization


def granted(role):
    """Every action of a role with the resources it may be used on, as text."""
    for policy in role["Policies"]:
        for statement in statements(policy["PolicyDocument"]):
            resources = statement["Resource"] if isinstance(statement["Resource"], list) else [statement["Resource"]]
            for action in actions(statement):
                for resource in resources:
                    yield action, resource if isinstance(resource, str) else next(iter(resource.values()))


def check_functions(resources):
    functions = of_type(resources, "AWS::Lambda::Function")
    expect(set(functions) == {f"{step}Function" for step in STEPS}, f"the functions are {sorted(functions)}")
    settings = "".join((TOP / f"src/OriginWatch.Aws/{path}").read_text(encoding="utf-8") for path in ("Organization/Steps/StepSettings.cs", "SettingDefinitions.cs"))
    for step in STEPS:
        function = functions[f"{step}Function"]
        assembly, kind, method = function["Handler"].split("::")
        source = TOP / "src" / assembly / f"{kind.removeprefix(assembly + '.').replace('.', '/')}.cs"
        expect(source.exists() and f" {method}(" in source.read_text(encoding="utf-8"), f"{step}: {function['Handler']} does not exist")
        expect(function["Runtime"] == "dotnet10" and function["Timeout"] == 900, f"{step}: runtime and time")
        expect(function["Role"] == arn(f"{step}Role"), f"{step}: a role of its own")
        for variable in function["Environment"]["Variables"]:
            expect(f'"{variable}"' in settings, f"{step}: nobody reads {variable}")


def check_roles(resources):
    roles = of_type(resources, "AWS::IAM::Role")
    expect(set(roles) == {f"{name}Role" for name in STEPS + ["StateMachine", "Schedule"]}, f"the roles are {sorted(roles)}")
    names = [role["RoleName"]["Fn::Sub"] for role in roles.values()]
    expect(len(set(names)) == len(names) and all(name.startswith("${NamePrefix}-") for name in names), "every role has a fixed name of its own")
    for name, role in roles.items():
        for action, resource in granted(role):
            expect("*" not in action, f"{name}: {action} is a wildcard")
            expect(resource != "*" or any(action.startswith(prefix) for prefix in ON_ANYTHING), f"{name}: {action} on anything")
    bucket = "${Bucket.Arn}/runs/*/"
    probe = {(action, resource) for action, resource in granted(roles["ProbeRole"]) if not action.startswith("logs:")}
    expect(probe == {("s3:GetObject", bucket + "shards/*"), ("s3:PutObject", bucket + "observations/*")}, f"ProbeRole reads its shard and writes its observations, nothing else: {sorted(probe)}")
    assuming = [name for name, role in roles.items() if any(action == "sts:AssumeRole" for action, _ in granted(role))]
    expect(assuming == ["GatherRole"], f"one role may assume others: {assuming}")
    optional = {name: policy for name, policy in of_type(resources, "AWS::IAM::RolePolicy").items() if policy["RoleName"] == ref("GatherRole")}
    expect({policy["PolicyName"] for policy in optional.values()} == {"ClientCertificates", "CloudFrontMetrics", "RouteTags"}, f"what may be read beside the inventory: {sorted(optional)}")
    for name in optional:
        expect(resources[name].get("Condition"), f"{name}: granted only where its parameter says so")
    own = transform.yaml_parse((TOP / "template.yaml").read_text(encoding="utf-8"))["Resources"]["FunctionRole"]["Properties"]
    reads = {action for action, _ in granted(own) if action.startswith("cloudfront:")}
    expect({action for action, _ in granted(roles["GatherRole"]) if action.startswith("cloudfront:")} == reads, "GatherRole reads what the single function reads")


def check_definition(resources):
    machine = of_type(resources, "AWS::StepFunctions::StateMachine")["StateMachine"]
    expect(machine["StateMachineType"] == "STANDARD" and machine["RoleArn"] == arn("StateMachineRole"), "a Standard workflow with its own role")
    for problem in definition.problems_of(machine["DefinitionSubstitutions"]):
        expect(False, f"{definition.DEFINITION.name}: {problem[:500]}")


def check_alarms(resources):
    alarms = of_type(resources, "AWS::CloudWatch::Alarm")
    expect(set(alarms) == ALARMS | STATE_ALARMS, f"the alarms are {sorted(alarms)}")
    for name in ALARMS:
        expect(alarms[name]["AlarmActions"] == [ref("Topic")], f"{name} reaches the topic")
    for name in STATE_ALARMS:
        expect(alarms[name]["AlarmActions"] == {"Fn::If": ["StateAlarmsSpeak", [ref("Topic")], ref("AWS::NoValue")]}, f"{name} speaks only when asked to")
    dimensions = [{"Name": "OrganizationId", "Value": ref("OrganizationId")}, {"Name": "Environment", "Value": ref("Environment")}]
    watched = [alarm for alarm in alarms.values() if alarm.get("Namespace") == "OriginWatch"]
    watched += [metric["MetricStat"]["Metric"] for metric in alarms["AccountsNotScannedAlarm"]["Metrics"] if "MetricStat" in metric]
    for metric in watched:
        expect(metric["MetricName"] in check.own_metrics() and metric["Dimensions"] == dimensions, f"{metric['MetricName']}: not what is sent")


def check_bucket(resources):
    rules = {rule["Prefix"]: rule for rule in of_type(resources, "AWS::S3::Bucket")["Bucket"]["LifecycleConfiguration"]["Rules"]}
    expect({prefix for prefix, rule in rules.items() if "ExpirationInDays" in rule} == {"reports/", "runs/"}, "nothing expires but reports and runs")
    expect(rules["runs/"]["ExpirationInDays"] == 14, "the files of a run stay as long as it can be redriven")
    expect(resources["Bucket"]["DeletionPolicy"] == "Retain", "the memory outlives the stack")


def check_samconfig(parameters):
    config = tomllib.loads((TOP / "samconfig.toml").read_text(encoding="utf-8"))["organization"]
    built, deployed = config["build"]["parameters"], config["deploy"]["parameters"]
    expect((TOP / built["template_file"]) == TEMPLATE, "samconfig.toml: builds the organization's template")
    expect(deployed["template_file"] == f"{built['build_dir']}/template.yaml", "samconfig.toml: deploys what was built")
    expect(deployed["capabilities"] == "CAPABILITY_NAMED_IAM", "samconfig.toml: fixed role names need their capability")
    for pair in deployed["parameter_overrides"].split():
        name, value = pair.split("=", 1)
        expect(not re.fullmatch(parameters[name]["AllowedPattern"], value), f"samconfig.toml: {name} is nobody's")
    makefile = (TOP / "src/Makefile").read_text(encoding="utf-8")
    expect(all(f"{step}Function" in makefile for step in STEPS), "the Makefile builds every function")


def main():
    check.lint(TEMPLATE)
    text = TEMPLATE.read_text(encoding="utf-8")
    expect(not re.search(r"^\s*(- |\w+: )[&*]\w+", text, re.MULTILINE), "CloudFormation knows no YAML aliases")
    template = transform.expand(text)
    with tempfile.TemporaryDirectory() as folder:
        transformed = Path(folder) / "organization.json"
        transformed.write_text(json.dumps(template), encoding="utf-8")
        check.lint(transformed)
    MAPPINGS.update(template["Mappings"])
    PARAMETERS.update(template["Parameters"])
    resources = template["Resources"]
    check.check_console(text)
    check_functions(resources)
    check_roles(resources)
    check_definition(resources)
    check_alarms(resources)
    check_bucket(resources)
    check_samconfig(template["Parameters"])
    expect(cost.organization_table() in (FOLDER / "README.md").read_text(encoding="utf-8"), "the README does not have the table of .github/maintenance/cost.py --organization")
    check.check_dashboard(resources, ["OrganizationId", SAMPLE["OrganizationId"]], ALARMS | STATE_ALARMS, 2)
    for problem in check.problems:
        print(f"organization/template.yaml: {problem}")
    print(f"organization/template.yaml: {len(check.problems)} problems")
    return 1 if check.problems else 0


if __name__ == "__main__":
    sys.exit(main())
