#!/usr/bin/env python3
"""Fills an account of moto for the tests, and asks what a role may do in it. Answers are JSON on standard output.

Usage: moto_account.py serve TOOL PORT               runs the tool with subscriptions that are counted
       moto_account.py setup URL TEMPLATE ORIGINS    deploys the transformed template, subscribes a queue, creates a distribution per origin
       moto_account.py denied URL CREDENTIALS        tries actions that no policy grants; lists those that were not denied
"""
import json
import runpy
import sys

import boto3
from botocore.exceptions import ClientError

REGION = "us-east-1"
EVERYTHING = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}


def client(service, url, credentials):
    return boto3.client(service, endpoint_url=url, region_name=REGION, **credentials)


def distribution(number, origin):
    return {
        "CallerReference": str(number),
        "Comment": f"number {number}",
        "Enabled": True,
        "Origins": {"Quantity": 1, "Items": [{
            "Id": "origin",
            "DomainName": origin["domainName"],
            "CustomOriginConfig": {
                "HTTPPort": 80,
                "HTTPSPort": origin["port"],
                "OriginProtocolPolicy": "https-only",
                "OriginSslProtocols": {"Quantity": 1, "Items": ["TLSv1.2"]},
            },
        }]},
        "DefaultCacheBehavior": {
            "TargetOriginId": "origin",
            "ViewerProtocolPolicy": "redirect-to-https",
            "MinTTL": 0,
            "ForwardedValues": {"QueryString": False, "Cookies": {"Forward": "none"}},
        },
    }


def deploy(url, admin, template):
    stacks = client("cloudformation", url, admin)
    stacks.create_stack(
        StackName="originwatch",
        TemplateBody=template,
        Capabilities=["CAPABILITY_IAM"],
        Parameters=[{"ParameterKey": "Email", "ParameterValue": "ops@example.com"}, {"ParameterKey": "Environment", "ParameterValue": "prod"}],
    )
    resources = stacks.list_stack_resources(StackName="originwatch")["StackResourceSummaries"]
    return {resource["LogicalResourceId"]: resource["PhysicalResourceId"] for resource in resources}


def setup(url, template_file, origins_file):
    start = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
    iam = client("iam", url, start)
    iam.create_user(UserName="admin")
    iam.put_user_policy(UserName="admin", PolicyName="everything", PolicyDocument=json.dumps(EVERYTHING))
    key = iam.create_access_key(UserName="admin")["AccessKey"]
    admin = {"aws_access_key_id": key["AccessKeyId"], "aws_secret_access_key": key["SecretAccessKey"]}

    # The code is not run here, so a bucket with an empty object stands for it.
    storage = client("s3", url, admin)
    storage.create_bucket(Bucket="code-bucket")
    storage.put_object(Bucket="code-bucket", Key="fn.zip", Body=b"PK\x05\x06" + bytes(18))
    with open(template_file, encoding="utf-8") as file:
        resources = deploy(url, admin, file.read())

    function = client("lambda", url, admin).get_function_configuration(FunctionName=resources["OriginWatchFunction"])
    topic = function["Environment"]["Variables"]["TOPIC_ARN"]
    queues = client("sqs", url, admin)
    mailbox = queues.create_queue(QueueName="mailbox")["QueueUrl"]
    arn = queues.get_queue_attributes(QueueUrl=mailbox, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    topics = client("sns", url, admin)
    topics.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn)
    deaf = topics.create_topic(Name="nobody")["TopicArn"]

    with open(origins_file, encoding="utf-8") as file:
        origins = json.load(file)
    cloudfront = client("cloudfront", url, admin)
    for number, origin in enumerate(origins):
        cloudfront.create_distribution(DistributionConfig=distribution(number, origin))

    role = client("sts", url, admin).assume_role(RoleArn=function["Role"], RoleSessionName="originwatch")["Credentials"]
    return {
        "variables": function["Environment"]["Variables"],
        "handler": function["Handler"],
        "timeout": function["Timeout"],
        "mailbox": mailbox,
        "deafTopic": deaf,
        "admin": {"key": key["AccessKeyId"], "secret": key["SecretAccessKey"]},
        "role": {"key": role["AccessKeyId"], "secret": role["SecretAccessKey"], "token": role["SessionToken"]},
    }


def denied(url, credentials_json):
    given = json.loads(credentials_json)
    role = {"aws_access_key_id": given["key"], "aws_secret_access_key": given["secret"], "aws_session_token": given["token"]}
    topic = given["deafTopic"]
    attempts = {
        "cloudfront:CreateInvalidation": lambda: client("cloudfront", url, role).create_invalidation(DistributionId="E1", InvalidationBatch={"Paths": {"Quantity": 1, "Items": ["/*"]}, "CallerReference": "1"}),
        "cloudfront:DeleteDistribution": lambda: client("cloudfront", url, role).delete_distribution(Id="E1"),
        "cloudfront:GetDistribution": lambda: client("cloudfront", url, role).get_distribution(Id="E1"),
        "sns:Publish elsewhere": lambda: client("sns", url, role).publish(TopicArn=topic, Message="x"),
        "sns:Subscribe": lambda: client("sns", url, role).subscribe(TopicArn=topic, Protocol="email", Endpoint="a@example.com"),
        "sns:ListTopics": lambda: client("sns", url, role).list_topics(),
        "sqs:ReceiveMessage": lambda: client("sqs", url, role).receive_message(QueueUrl=given["mailbox"]),
        "s3:GetObject of a report": lambda: client("s3", url, role).get_object(Bucket=given["bucket"], Key="reports/2026-11-23/run.json"),
        "s3:PutObject of suppressions": lambda: client("s3", url, role).put_object(Bucket=given["bucket"], Key="config/suppressions.yaml", Body=b""),
        "s3:PutObject of anything else": lambda: client("s3", url, role).put_object(Bucket=given["bucket"], Key="other", Body=b""),
        "s3:PutObject elsewhere": lambda: client("s3", url, role).put_object(Bucket="code-bucket", Key="state.json", Body=b""),
        "s3:GetObject elsewhere": lambda: client("s3", url, role).get_object(Bucket="code-bucket", Key="fn.zip"),
        "s3:ListBucket elsewhere": lambda: client("s3", url, role).list_objects_v2(Bucket="code-bucket"),
        "s3:DeleteObject": lambda: client("s3", url, role).delete_object(Bucket=given["bucket"], Key="state.json"),
        "s3:PutBucketPolicy": lambda: client("s3", url, role).put_bucket_policy(Bucket=given["bucket"], Policy="{}"),
        "s3:PutLifecycleConfiguration": lambda: client("s3", url, role).delete_bucket_lifecycle(Bucket=given["bucket"]),
        "s3:ListAllMyBuckets": lambda: client("s3", url, role).list_buckets(),
        "iam:ListRoles": lambda: client("iam", url, role).list_roles(),
        "secretsmanager:ListSecrets": lambda: client("secretsmanager", url, role).list_secrets(),
        "ssm:DescribeParameters": lambda: client("ssm", url, role).describe_parameters(),
    }
    allowed = {}
    for action, attempt in attempts.items():
        try:
            attempt()
            allowed[action] = "it worked"
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] != 403:
                allowed[action] = str(error)
    return {"tried": len(attempts), "notDenied": allowed}


def serve(tool, port):
    """moto leaves the number of a topic's subscriptions at zero; an e-mail address is pending until somebody follows the link."""
    from moto.sns.models import Topic

    def count(pending):
        def get(topic):
            subscriptions = topic.sns_backend.subscriptions.values()
            return sum(1 for subscription in subscriptions if subscription.topic is topic and (subscription.protocol == "email") == pending)

        return property(get, lambda topic, value: None)

    Topic.subscriptions_confimed = count(False)
    Topic.subscriptions_pending = count(True)
    sys.argv = [tool, port]
    runpy.run_path(tool, run_name="__main__")


if sys.argv[1] == "serve":
    serve(*sys.argv[2:])
print(json.dumps({"setup": setup, "denied": denied}[sys.argv[1]](*sys.argv[2:])))
