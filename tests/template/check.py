#!/usr/bin/env python3
"""Lints template.yaml as written and as CloudFormation gets it, and asserts what no linter knows.

Usage: check.py [TRANSFORM]    TRANSFORM: script that expands the SAM transform, called with the template and the output file
"""
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
TEMPLATE = TOP / "template.yaml"
WEEK = 7 * 24 * 3600
problems = []


def expect(condition, problem):
    if not condition:
        problems.append(problem)


def ref(name):
    return {"Ref": name}


def arn(name):
    return {"Fn::GetAtt": [name, "Arn"]}


def lint(path):
    result = subprocess.run(["cfn-lint", str(path)], capture_output=True, text=True, check=False)
    for line in (result.stdout + result.stderr).splitlines():
        if line.strip():
            problems.append(f"cfn-lint {path.name}: {line[:200]}")
    expect(result.returncode == 0, f"cfn-lint {path.name}: exit code {result.returncode}")


def of_type(resources, kind):
    return {name: resource.get("Properties", {}) for name, resource in resources.items() if resource["Type"] == kind}


def statements(policy_document):
    return [statement for statement in policy_document["Statement"]]


def actions(statement):
    listed = statement["Action"]
    return [listed] if isinstance(listed, str) else listed


def check_retries(resources):
    for name, config in of_type(resources, "AWS::Lambda::EventInvokeConfig").items():
        expect(config["MaximumRetryAttempts"] == 0 and config["MaximumEventAgeInSeconds"] == 900, f"{name}: a failed run is not to be repeated")
        expect(config["DestinationConfig"]["OnFailure"]["Destination"] == arn("FailureQueue"), f"{name}: failures go to the queue")
    schedules = of_type(resources, "AWS::Scheduler::Schedule")
    expect(len(schedules) == 1, "one schedule")
    for name, schedule in schedules.items():
        target = schedule["Target"]
        expect(target["RetryPolicy"]["MaximumRetryAttempts"] == 0, f"{name}: no retries")
        expect(target["DeadLetterConfig"]["Arn"] == arn("FailureQueue"), f"{name}: what it cannot deliver goes to the queue")
        expect(schedule["Name"] == ref("AWS::StackName"), f"{name}: two stacks in one region need two names")
    expect(len(of_type(resources, "AWS::Lambda::EventInvokeConfig")) == 1, "one EventInvokeConfig")


def check_alarms(resources):
    topic = of_type(resources, "AWS::SNS::Topic")["Topic"]
    expect("alias/aws/sns" not in json.dumps(topic), "alarms cannot publish to a topic under alias/aws/sns")
    policy = of_type(resources, "AWS::SNS::TopicPolicy")["TopicPolicy"]
    expect(policy["Topics"] == [ref("Topic")], "the policy is the topic's")
    allow, deny = statements(policy["PolicyDocument"])
    expect(allow["Effect"] == "Allow" and allow["Principal"] == {"Service": "cloudwatch.amazonaws.com"} and actions(allow) == ["sns:Publish"], "alarms may publish")
    expect(allow["Condition"]["StringEquals"] == {"aws:SourceAccount": ref("AWS::AccountId")}, "only this account's alarms may publish")
    expect(deny["Effect"] == "Deny" and deny["Principal"] == "*" and deny["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}, "clear text is denied")
    alarms = of_type(resources, "AWS::CloudWatch::Alarm")
    expect(set(alarms) >= {"FunctionErrorsAlarm", "HeartbeatAlarm", "FailureQueueAlarm"}, "errors, heartbeat and queue have alarms")
    for name, alarm in alarms.items():
        expect(alarm["AlarmActions"] == [ref("Topic")], f"{name} reaches the topic")
        periods = alarm["EvaluationPeriods"]
        expect(isinstance(periods, dict) or alarm["Period"] * periods <= WEEK, f"{name}: CloudWatch looks back a week at most")
    heartbeat = alarms["HeartbeatAlarm"]
    expect(heartbeat["Period"] == 3600 and heartbeat["EvaluationPeriods"] == ref("HeartbeatHours") and heartbeat["TreatMissingData"] == "breaching", "silence is an alarm")


def check_parameters(parameters):
    hours = parameters["HeartbeatHours"]
    expect(hours["Default"] == 26 and hours["MaxValue"] * 3600 <= WEEK, "the heartbeat looks back a week at most")
    expression = parameters["ScheduleExpression"]["Default"]
    fields = re.fullmatch(r"cron\((.+)\)", expression)
    expect(fields and len(fields[1].split()) == 6 and "?" in fields[1].split(), f"{expression} is not a schedule")


def check_permissions(resources):
    granted, code = [], (TOP / "src/OriginWatch.Aws/IamActions.cs").read_text(encoding="utf-8")
    used = set(re.findall(r'public const string \w+ = "(\w+:\w+)"', code))
    function = of_type(resources, "AWS::Lambda::Function")["OriginWatchFunction"]
    expect(function["Role"] == arn("FunctionRole"), "the function has its own role")
    roles = of_type(resources, "AWS::IAM::Role")
    expect(set(roles) == {"FunctionRole", "ScheduleRole"}, "two roles, and none that the transform added")
    expect(not of_type(resources, "AWS::IAM::Policy") and not any("ManagedPolicyArns" in role for role in roles.values()), "no other policies")
    for policy in roles["FunctionRole"]["Policies"] + list(of_type(resources, "AWS::IAM::RolePolicy").values()):
        for statement in statements(policy["PolicyDocument"]):
            expect(statement["Effect"] == "Allow", "the role only allows")
            for action in actions(statement):
                expect("*" not in action, f"{action}: no wildcards")
                granted.append(action)
                if not action.startswith("cloudfront:"):
                    expect(statement["Resource"] != "*", f"{action}: on its own resource only")
    platform = {"logs:CreateLogStream", "logs:PutLogEvents", "sqs:SendMessage", "kms:Decrypt", "kms:GenerateDataKey"}
    expect(sorted(granted) == sorted(used | platform), f"granted and used differ: {sorted(set(granted) ^ (used | platform))}")


def main():
    transform = sys.argv[1] if len(sys.argv) > 1 else str(TOP.parent / "shared" / "tools" / "transform.py")
    lint(TEMPLATE)
    with tempfile.TemporaryDirectory() as folder:
        transformed = Path(folder) / "transformed.json"
        subprocess.run([sys.executable, "-W", "ignore", transform, str(TEMPLATE), str(transformed)], check=True)
        lint(transformed)
        template = json.loads(transformed.read_text(encoding="utf-8"))
    check_retries(template["Resources"])
    check_alarms(template["Resources"])
    check_parameters(template["Parameters"])
    check_permissions(template["Resources"])
    expect(template["Resources"]["OriginWatchFunction"]["Properties"]["Runtime"] == "dotnet10", "the runtime is dotnet10")
    for problem in problems:
        print(f"template.yaml: {problem}")
    print(f"template.yaml: {len(problems)} problems")
    return 1 if problems else 0


sys.exit(main())
