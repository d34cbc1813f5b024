#!/usr/bin/env python3
"""moto as an organization with the state machine of src/organization: it really executes, and its functions are those that the test hosts.

Usage: moto_steps.py serve PORT PAGE_SIZES FOLDER HANDLERS    HANDLERS: where POST /NAME invokes a function; e-mails are files in the folder
       moto_steps.py setup URL PLAN DEFINITION                the organization (moto_organization.py), a bucket, a topic, the functions and the machine
"""
import copy
import functools
import json
import os
import sys
import threading
import urllib.error
import urllib.request

REGION, CALLER = "us-east-1", "123456789012"
BUCKET, TOPIC = "originwatch-organization", "originwatch"
STEPS = ("List", "Gather", "Plan", "Probe", "Conclude")
LAMBDA_TRUST = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "states.amazonaws.com"}, "Action": "sts:AssumeRole"}]}


def let_machines_run_twice():
    """moto 5.2.1 copies a machine for each execution, and cannot copy the threads of those that it had (moto#10077)."""
    from moto.stepfunctions.models import StateMachine

    def without_executions(machine, memo):
        twin = copy.copy(machine)
        twin.executions = []
        memo[id(machine)] = twin
        return twin

    StateMachine.__deepcopy__ = without_executions


def parse_paths_once():
    """The parser of JSONPath builds its tables anew for each path, which takes most of an execution's time."""
    from moto.stepfunctions.parser.asl.utils import json_path

    json_path.parse = functools.cache(json_path.parse)


def share_clients():
    """The interpreter makes a client for each call and in many threads at once, which botocore's sessions do not bear and which takes most of the time."""
    import botocore.session
    from botocore.config import Config
    from moto.stepfunctions.parser.asl.utils import boto_client

    made, session, lock = {}, botocore.session.get_session(), threading.Lock()
    config = Config(parameter_validation=False, retries={"total_max_attempts": 1}, read_timeout=600, max_pool_connections=100)

    def client_for(region, service, state_credentials=None):
        with lock:
            if (region, service) not in made:
                made[region, service] = session.create_client(
                    service, region_name=region, endpoint_url=f"http://127.0.0.1:{os.environ['MOTO_PORT']}", aws_access_key_id="states", aws_secret_access_key="states", config=config)
            return made[region, service]

    original = boto_client.boto_client_for
    import moto.stepfunctions.parser.asl.parse.asl_parser  # noqa: F401  everything that holds the original under its own name
    for module in list(sys.modules.values()):
        if getattr(module, "boto_client_for", None) is original:
            module.boto_client_for = client_for


def host_functions(handlers):
    """A function is invoked over HTTP; one that throws answers with status 500 and what the runtime would say of it."""
    from moto.awslambda.models import LambdaFunction

    def invoke(function, event=None):
        body = event if isinstance(event, (str, bytes)) else json.dumps(event)
        request = urllib.request.Request(f"{handlers}/{function.function_name}", data=body.encode() if isinstance(body, str) else body, method="POST")
        try:
            with urllib.request.urlopen(request, timeout=600) as answer:
                return answer.read().decode(), False, ""
        except urllib.error.HTTPError as error:
            return error.read().decode(), True, ""

    LambdaFunction._invoke_lambda = invoke


def serve(port, page_sizes, folder, handlers):
    os.environ["MOTO_PORT"] = port
    import moto_account
    import moto_organization
    from moto.core.config import default_user_config
    from moto.server import main

    default_user_config["stepfunctions"]["execute_state_machine"] = True
    moto_organization.prepare(page_sizes)
    moto_account.count_subscriptions()
    moto_account.deliver_mail(folder)
    let_machines_run_twice()
    parse_paths_once()
    share_clients()
    host_functions(handlers)
    main(["-H", "127.0.0.1", "-p", port])


def filled_in(definition_file, substitutions):
    """As CloudFormation does; and moto's parser wants a fraction where AWS takes a whole percentage."""
    with open(definition_file, encoding="utf-8") as file:
        text = file.read()
    for name, value in substitutions.items():
        text = text.replace("${" + name + "}", value)

    def with_fractions(value):
        if isinstance(value, dict):
            return {name: float(inner) if name == "ToleratedFailurePercentage" else with_fractions(inner) for name, inner in value.items()}
        return [with_fractions(inner) for inner in value] if isinstance(value, list) else value

    return json.dumps(with_fractions(json.loads(text)))


def setup(url, plan_file, definition_file):
    from moto_organization import client, setup as setup_organization

    organization = setup_organization(url, plan_file)
    role = client("iam", url).create_role(RoleName="originwatch-states", AssumeRolePolicyDocument=json.dumps(LAMBDA_TRUST))["Role"]["Arn"]
    client("s3", url).create_bucket(Bucket=BUCKET)
    topics = client("sns", url)
    topic = topics.create_topic(Name=TOPIC)["TopicArn"]
    topics.subscribe(TopicArn=topic, Protocol="email", Endpoint="ops@example.com")
    for name in json.load(open(plan_file, encoding="utf-8")).get("topics", []):
        topics.subscribe(TopicArn=topics.create_topic(Name=name)["TopicArn"], Protocol="email", Endpoint=f"{name}@example.com")
    queue = client("sqs", url).create_queue(QueueName="mailbox")["QueueUrl"]
    topics.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=f"arn:aws:sqs:{REGION}:{CALLER}:mailbox")
    functions = client("lambda", url)
    arns = {
        f"{step}FunctionArn": functions.create_function(
            FunctionName=f"originwatch-{step.lower()}", Runtime="python3.12", Role=role, Handler="x.y", Code={"ZipFile": b"PK\x05\x06" + bytes(18)})["FunctionArn"]
        for step in STEPS
    }
    definition = filled_in(definition_file, {"Bucket": BUCKET, "Partition": "aws"} | arns)
    machine = client("stepfunctions", url).create_state_machine(name="originwatch", definition=definition, roleArn=role)["stateMachineArn"]
    return organization | {"bucket": BUCKET, "topic": topic, "queue": queue, "machine": machine}


if __name__ == "__main__":
    if sys.argv[1] == "serve":
        serve(*sys.argv[2:])
    else:
        print(json.dumps({"setup": setup}[sys.argv[1]](*sys.argv[2:])))
