#!/usr/bin/env python3
"""Lints template.yaml as written and as CloudFormation gets it, and asserts what no linter knows.

Usage: check.py    needs cfn-lint and aws-sam-translator
"""
import json
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
sys.dont_write_bytecode = True
sys.path.append(str(TOP / ".github/maintenance"))
import cost
import transform

TEMPLATE = TOP / "template.yaml"
MEMBER_ROLE = TOP / "src/organization/member-role.yaml"
COSTS = "src/OriginWatch.Aws/README.md"
WEEK = 7 * 24 * 3600
WITHOUT_RESOURCE = {"cloudwatch:GetMetricData"}  # AWS knows no resource for it
ALARMS = {"FunctionErrorsAlarm", "FunctionThrottlesAlarm", "FailureQueueAlarm", "HeartbeatAlarm", "NobodySubscribedAlarm"}
STATE_ALARMS = {"CriticalFindingsAlarm", "TrustStoreAgeAlarm"}
OWN_DIMENSIONS = [{"Name": "AccountId", "Value": {"Ref": "AWS::AccountId"}}, {"Name": "Environment", "Value": {"Ref": "Environment"}}]
AWS_METRICS = {("AWS/SNS", "NumberOfNotificationsDelivered", "TopicName"), ("AWS/SNS", "NumberOfNotificationsFailed", "TopicName"),
               ("AWS/States", "ExecutionsSucceeded", "StateMachineArn"), ("AWS/States", "ExecutionsFailed", "StateMachineArn")}
SAMPLE = {"AWS::Region": "eu-central-1", "AWS::AccountId": "123456789012", "AWS::StackName": "originwatch", "AWS::Partition": "aws", "Environment": "prod", "OrganizationId": "o-a1b2c3d4e5"}
LONGEST_DASHBOARD_NAME, LONGEST_STACK_NAME = 255, 128
MAPPINGS, PARAMETERS = {}, {}
problems = []


def expect(condition, problem):
    if not condition:
        problems.append(problem)


def ref(name):
    return {"Ref": name}


def arn(name):
    return {"Fn::GetAtt": [name, "Arn"]}


def own_metrics():
    return set(cost.metrics("Run", "Organization"))


def log_fields():
    """What a line of the log may hold, beside what CloudWatch adds."""
    code = (TOP / "src/OriginWatch.Aws/Publishing/LogStream.cs").read_text(encoding="utf-8")
    written = re.findall(r'\["(\w+)"\] = ', code)
    return set(written) | own_metrics() | {"@timestamp"}


def substituted(text, values):
    return re.sub(r"\$\{([\w:.]+)\}", lambda match: values.get(match[1], match[1]), text)


def resolved(value):
    """What the extra values of a Sub come to in the sample account."""
    if isinstance(value, (str, int)):
        return str(value)
    if "Ref" in value:
        return str(PARAMETERS[value["Ref"]]["Default"])
    if "Fn::Sub" in value:
        return substituted(value["Fn::Sub"], SAMPLE)
    if "Fn::If" in value:
        return resolved(value["Fn::If"][1])
    mapping, key, name = value["Fn::FindInMap"]
    return MAPPINGS[mapping][SAMPLE[key["Ref"]]][name]


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
    expect(len(schedules) == 2, "a schedule, and one of follow-ups")
    expect(json.loads(schedules["FollowUp"]["Target"]["Input"]) == {"followUp": True}, "FollowUp: sends what the function knows")
    expect(resources["FollowUp"]["Condition"] == "HasFollowUp", "FollowUp: off by default")
    for name, schedule in schedules.items():
        target = schedule["Target"]
        expect(target["RetryPolicy"]["MaximumRetryAttempts"] == 0, f"{name}: no retries")
        expect(target["DeadLetterConfig"]["Arn"] == arn("FailureQueue"), f"{name}: what it cannot deliver goes to the queue")
        expect("Name" not in schedule, f"{name}: its name may have 64 characters, a stack's 128; CloudFormation shortens only its own")
    expect(len(of_type(resources, "AWS::Lambda::EventInvokeConfig")) == 1, "one EventInvokeConfig")


def check_change_events(template):
    """CloudFront's events appear in one Region: elsewhere the rules would be silent for ever."""
    rules = of_type(template["Resources"], "AWS::Events::Rule")
    expect(set(rules) == {"UpdateRule", "CreateRule"}, "rules for updates and creations")
    for name, rule in rules.items():
        expect(template["Resources"][name]["Condition"] == "ChecksChanges", f"{name}: off by default")
        (target,) = rule["Targets"]
        transformer = target["InputTransformer"]
        expect(json.loads(transformer["InputTemplate"]) == {"distributionIds": ["<id>"]} and list(transformer["InputPathsMap"]) == ["id"], f"{name}: sends the id and nothing else of the event")
        expect(target["RetryPolicy"]["MaximumRetryAttempts"] == 0 and target["DeadLetterConfig"]["Arn"] == arn("FailureQueue"), f"{name}: no retries, failures go to the queue")
    (assertion,) = template["Rules"]["ChangeEventsAppearInOneRegion"]["Assertions"]
    expect(assertion["Assert"] == {"Fn::Equals": [ref("AWS::Region"), "us-east-1"]}, "change events are refused outside us-east-1")


def check_alarms(resources):
    topic = of_type(resources, "AWS::SNS::Topic")["Topic"]
    expect("alias/aws/sns" not in json.dumps(topic), "alarms cannot publish to a topic under alias/aws/sns")
    policy = of_type(resources, "AWS::SNS::TopicPolicy")["TopicPolicy"]
    expect(policy["Topics"] == [ref("Topic")], "the policy is the topic's")
    allow, deny = statements(policy["PolicyDocument"])
    expect(allow["Effect"] == "Allow" and allow["Principal"] == {"Service": "cloudwatch.amazonaws.com"} and actions(allow) == ["sns:Publish"], "alarms may publish")
    expect(allow["Condition"]["StringEquals"] == {"aws:SourceAccount": ref("AWS::AccountId")}, "only this account's alarms may publish")
    expect(deny["Effect"] == "Deny" and deny["Principal"] == "*" and deny["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}, "plain HTTP is denied")
    alarms = of_type(resources, "AWS::CloudWatch::Alarm")
    expect(set(alarms) == ALARMS | STATE_ALARMS, f"the alarms are {sorted(alarms)}")
    for name in ALARMS:
        expect(alarms[name]["AlarmActions"] == [ref("Topic")], f"{name} reaches the topic")
    for name in STATE_ALARMS:
        expect(alarms[name]["AlarmActions"] == {"Fn::If": ["StateAlarmsSpeak", [ref("Topic")], ref("AWS::NoValue")]}, f"{name} speaks only when asked to")
        expect(alarms[name]["TreatMissingData"] == "ignore", f"{name}: between two runs nothing is known to have changed")
    for name, alarm in alarms.items():
        if alarm["Namespace"] == "OriginWatch":
            expect(alarm["MetricName"] in own_metrics(), f"{name}: no metric is called {alarm['MetricName']}")
            expect(alarm["Dimensions"] == OWN_DIMENSIONS, f"{name}: the dimensions are not those that are sent")
        periods = alarm["EvaluationPeriods"]
        expect(isinstance(periods, dict) or alarm["Period"] * periods <= WEEK, f"{name}: CloudWatch looks back a week at most")
    heartbeat = alarms["HeartbeatAlarm"]
    expect(heartbeat["Period"] == 3600 and heartbeat["EvaluationPeriods"] == ref("HeartbeatHours"), "the heartbeat looks back as many hours as the parameter says")
    expect(heartbeat["TreatMissingData"] == "missing" and heartbeat["InsufficientDataActions"] == [ref("Topic")], "no run at all is told, but not before the first")
    expect(resources["HeartbeatAlarm"]["Condition"] == "HasHeartbeat", "a weekly schedule can do without the heartbeat")


def check_widget(widget, dimension):
    title = widget["properties"].get("title", widget["type"])
    expect(widget["type"] in {"text", "metric", "alarm", "log"}, f"{title}: no such widget")
    expect(0 <= widget["x"] <= 23 and 1 <= widget["width"] <= 24 and widget["x"] + widget["width"] <= 24 and 1 <= widget["height"] <= 1000, f"{title}: does not fit the grid")
    properties = widget["properties"]
    if widget["type"] in {"metric", "log"}:
        expect(properties["region"] == SAMPLE["AWS::Region"], f"{title}: in the region of the stack")
    if widget["type"] == "metric":
        for namespace, metric, *dimensions in properties["metrics"]:
            if dimensions and isinstance(dimensions[-1], dict):
                dimensions.pop()
            if namespace == "OriginWatch":
                expect(metric in own_metrics(), f"{title}: no metric is called {metric}")
                expect(dimensions == [*dimension, "Environment", SAMPLE["Environment"]], f"{title}: {metric} has other dimensions")
            else:
                expect((namespace, metric, dimensions[0]) in AWS_METRICS, f"{title}: {namespace} {metric}")
    if widget["type"] == "log":
        source, query = properties["query"].split(" | ", 1)
        expect(source == "SOURCE 'LogGroup'", f"{title}: reads the log of the function")
        check_query(title, query)


def check_query(title, query):
    """Every name that is not of the language stands in a log line or was named by the query."""
    commands = [command.split()[0] for command in re.sub(r'"[^"]*"', '""', query).split("|")]
    expect("dedup" not in commands[:-2], f"{title}: only limit may follow dedup")  # AWS's page on dedup
    words = set(re.findall(r"(?<![\w\"])@?[a-zA-Z_][\w.]*(?![\w\"(])", re.sub(r'"[^"]*"', '""', query)))
    named = set(re.findall(r"\bas (\w+)", query))
    language = {"filter", "stats", "sort", "limit", "fields", "by", "as", "and", "or", "asc", "desc"}
    unknown = {word for word in words - named - language if not set(part for part in word.split(".") if not part.isdigit()) <= log_fields()}
    expect(not unknown, f"{title}: {sorted(unknown)} stand in no log line")


def check_dashboard(resources, dimension, alarms, saved_queries):
    dashboards = of_type(resources, "AWS::CloudWatch::Dashboard")
    expect(len(dashboards) == 1, "one dashboard")
    for name, dashboard in dashboards.items():
        text, extra = dashboard["DashboardBody"]["Fn::Sub"]
        expect(dashboard["DashboardName"] == {"Fn::Sub": "${AWS::StackName}-${AWS::Region}"}, f"{name}: dashboards of all regions share one namespace")
        expect(LONGEST_STACK_NAME + len("-ap-southeast-1") <= LONGEST_DASHBOARD_NAME, f"{name}: its name is too long")
        values = SAMPLE | {key: resolved(value) for key, value in extra.items()}
        for reference in re.findall(r"\$\{([\w:.]+)\}", text):
            expect(reference in values or reference.split(".")[0] in resources, f"{name}: {reference} does not exist")
        body = json.loads(substituted(text, values))
        for widget in body["widgets"]:
            check_widget(widget, dimension)
        occupied = [(widget["x"] + x, widget["y"] + y) for widget in body["widgets"] for x in range(widget["width"]) for y in range(widget["height"])]
        expect(len(occupied) == len(set(occupied)), f"{name}: widgets overlap")
        shown = [alarm.split(":")[-1] for widget in body["widgets"] if widget["type"] == "alarm" for alarm in widget["properties"]["alarms"]]
        expect(set(shown) == alarms, f"{name}: shows every alarm")
    queries = of_type(resources, "AWS::Logs::QueryDefinition")
    expect(len(queries) == saved_queries, f"{len(queries)} saved queries")
    for name, query in queries.items():
        expect(query["LogGroupNames"] == [ref("LogGroup")], f"{name}: reads the log of the function")
        check_query(name, query["QueryString"])


def check_bucket(resources):
    bucket = of_type(resources, "AWS::S3::Bucket")["Bucket"]
    expect(all(bucket["PublicAccessBlockConfiguration"][name] for name in ("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets")), "the bucket is private")
    expect(bucket["BucketEncryption"]["ServerSideEncryptionConfiguration"], "the bucket is encrypted")
    expect(bucket["VersioningConfiguration"]["Status"] == "Enabled", "the bucket is versioned")
    rules = {rule["Prefix"]: rule for rule in bucket["LifecycleConfiguration"]["Rules"]}
    expect([prefix for prefix, rule in rules.items() if "ExpirationInDays" in rule] == ["reports/"], "nothing expires but reports")
    expect(rules["state.json"]["NoncurrentVersionExpiration"]["NoncurrentDays"] == cost.STATE_DAYS, "old versions of the state expire")
    expect(resources["Bucket"]["DeletionPolicy"] == "Retain" and resources["Bucket"]["UpdateReplacePolicy"] == "Retain", "the memory outlives the stack")
    (deny,) = statements(of_type(resources, "AWS::S3::BucketPolicy")["BucketPolicy"]["PolicyDocument"])
    expect(deny["Effect"] == "Deny" and deny["Principal"] == "*" and deny["Action"] == "s3:*" and deny["Condition"] == {"Bool": {"aws:SecureTransport": "false"}} and len(deny["Resource"]) == 2, "the bucket takes TLS only")


def check_parameters(parameters):
    hours = parameters["HeartbeatHours"]
    expect(hours["Default"] == 26 and hours["MaxValue"] * 3600 <= WEEK, "the heartbeat looks back a week at most")
    expression = parameters["ScheduleExpression"]["Default"]
    fields = re.fullmatch(r"cron\((.+)\)", expression)
    expect(fields and len(fields[1].split()) == 6 and "?" in fields[1].split(), f"{expression} is not a schedule")


def check_console(text):
    """Each partition of AWS has a console of its own."""
    found = re.findall(r"https://[^\s)\"]*console[^\s)\"]*", text)
    expect(not found, f"links name the console of one partition: {found}")


def check_samconfig(parameters):
    config = tomllib.loads((TOP / "samconfig.toml").read_text(encoding="utf-8"))
    for name in ("default", "prod"):
        overrides = dict(pair.split("=", 1) for pair in config[name]["deploy"]["parameters"]["parameter_overrides"].split())
        expect(set(overrides) <= set(parameters), f"samconfig.toml: {sorted(set(overrides) - set(parameters))} are no parameters")
        if name == "prod":
            expect("Email" in overrides, "samconfig.toml: prod cannot be deployed without Email")
        if "Email" in overrides:
            expect(not re.fullmatch(parameters["Email"]["AllowedPattern"], overrides["Email"]), "samconfig.toml: reports go to an address that nobody chose")


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
                if not action.startswith("cloudfront:") and action not in WITHOUT_RESOURCE:
                    expect(statement["Resource"] != "*", f"{action}: on its own resource only")
    platform = {"logs:CreateLogStream", "logs:PutLogEvents", "sqs:SendMessage", "kms:Decrypt", "kms:GenerateDataKey"}
    twice = sorted({action for action in granted if granted.count(action) > 1} - {"sns:Publish", "sns:GetTopicAttributes"})  # The topics of chat and routes are resources of their own.
    expect(not twice, f"granted twice: {twice}")
    expect(set(granted) == used | platform, f"granted and used differ: {sorted(set(granted) ^ (used | platform))}")


def check_member_role():
    """The role of a member allows what the function's own inventory policy allows, and lets in nobody but named principals of the organization."""
    lint(MEMBER_ROLE)
    member, own = (transform.yaml_parse(path.read_text(encoding="utf-8")) for path in (MEMBER_ROLE, TEMPLATE))
    resources = member["Resources"]
    (role,) = of_type(resources, "AWS::IAM::Role").values()
    expect(set(resource["Type"] for resource in resources.values()) == {"AWS::IAM::Role", "AWS::IAM::RolePolicy"}, "member role: a role and its policies, nothing else")
    (trust,) = statements(role["AssumeRolePolicyDocument"])
    condition = trust["Condition"]
    expect(trust["Action"] == "sts:AssumeRole" and set(condition) == {"StringEquals", "ArnLike"}, "member role: trusts by conditions")
    expect(condition["StringEquals"]["aws:PrincipalOrgID"] == ref("OrganizationId"), "member role: trusts its organization only")
    expect(condition["ArnLike"] == {"aws:PrincipalArn": ref("TrustedPrincipalArns")}, "member role: trusts named principals only")
    pattern = member["Parameters"]["TrustedPrincipalArns"]["AllowedPattern"]
    for arn_text, good in (("arn:aws:iam::123456789012:role/OriginWatch", True), ("arn:aws:iam::123456789012:role/*", False), ("arn:aws:iam::*:role/OriginWatch", False), ("arn:aws:iam::123456789012:root", False), ("*", False)):
        expect(bool(re.fullmatch(pattern, arn_text)) == good, f"member role: {arn_text} as a trusted principal")
    inventory = [policy["PolicyDocument"] for policy in role["Policies"]]
    todays = [statement for policy in own["Resources"]["FunctionRole"]["Properties"]["Policies"] for statement in statements(policy["PolicyDocument"]) if statement["Sid"] == "Inventory"]
    expect([statement for document in inventory for statement in statements(document)] == todays, "member role: the reads of the function's role and nothing else")
    for name, policy in of_type(resources, "AWS::IAM::RolePolicy").items():
        expect(resources[name].get("Condition") in member["Conditions"] and policy["PolicyName"] in member["Parameters"], f"member role: {name} is optional")
        expect(statements(policy["PolicyDocument"]) == statements(own["Resources"][name]["Properties"]["PolicyDocument"]), f"member role: {name} grants what the function's has")
    readme = (TOP / "src/organization/README.md").read_text(encoding="utf-8")
    blocks = [json.loads(block) for block in re.findall(r"```json\n(.*?)```", readme, re.DOTALL)]
    (delegation,) = [block for block in blocks if "Statement" in block and block["Statement"][0]["Action"][0].startswith("organizations:")]
    (statement,) = statements(delegation)
    expect(set(statement) == {"Sid", "Effect", "Principal", "Action", "Resource"} and set(statement["Action"]) == {"organizations:ListAccounts", "organizations:ListParents"}, "delegation policy: two reads")


def main():
    lint(TEMPLATE)
    check_member_role()
    with tempfile.TemporaryDirectory() as folder:
        transformed = Path(folder) / "transformed.json"
        template = transform.expand(TEMPLATE.read_text(encoding="utf-8"))
        transformed.write_text(json.dumps(template), encoding="utf-8")
        lint(transformed)
    MAPPINGS.update(template["Mappings"])
    PARAMETERS.update(template["Parameters"])
    check_console(TEMPLATE.read_text(encoding="utf-8"))
    check_retries(template["Resources"])
    check_change_events(template)
    check_alarms(template["Resources"])
    check_bucket(template["Resources"])
    check_dashboard(template["Resources"], ["AccountId", SAMPLE["AWS::AccountId"]], ALARMS | STATE_ALARMS, 3)
    check_parameters(template["Parameters"])
    check_samconfig(template["Parameters"])
    check_permissions(template["Resources"])
    expect(template["Resources"]["OriginWatchFunction"]["Properties"]["Runtime"] == "dotnet10", "the runtime is dotnet10")
    month = cost.parts(500 * cost.ORIGINS_PER_DISTRIBUTION)
    expect(sum(price for _, _, price in month) < 6, "500 distributions cost 6 US$ a month or more")
    expect(cost.table(month, 500 * cost.ORIGINS_PER_DISTRIBUTION) in (TOP / COSTS).read_text(encoding="utf-8"), f"{COSTS} does not have the table of .github/maintenance/cost.py")
    for problem in problems:
        print(f"template.yaml: {problem}")
    print(f"template.yaml: {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
