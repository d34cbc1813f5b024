#!/usr/bin/env python3
"""Fills an account of moto for the tests, and asks what a role may do in it. Answers are JSON on standard output.

Usage: moto_account.py serve PORT FOLDER             runs moto with what it lacks; e-mails are files in the folder
       moto_account.py setup URL TEMPLATE PLAN       deploys the transformed template, subscribes who should hear, creates the distributions
       moto_account.py listing URL CREDENTIALS off   takes the right to list away from the function's role; on gives it back
       moto_account.py delete URL CREDENTIALS ID     deletes a distribution
       moto_account.py denied URL CREDENTIALS        tries actions that no policy grants; lists those that were not denied
"""
import datetime
import itertools
import json
import os
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

REGION = "us-east-1"
EMAIL = "ops@example.com"
EVERYTHING = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}


# A call that a busy machine answers late must not be made twice: it would find its own work done.
PATIENCE = Config(read_timeout=600, retries={"total_max_attempts": 1})


def client(service, url, credentials):
    return boto3.client(service, endpoint_url=url, region_name=REGION, config=PATIENCE, **credentials)


def custom_origin(origin, client_certificate=None):
    config = {
        "HTTPPort": origin["httpPort"],
        "HTTPSPort": origin["port"],
        "OriginProtocolPolicy": origin["policy"],
        "OriginSslProtocols": {"Quantity": len(origin["protocols"]), "Items": origin["protocols"]},
    }
    if client_certificate:
        config["OriginMtlsConfig"] = {"ClientCertificateArn": client_certificate}
    return {
        "Id": origin["id"],
        "DomainName": origin["domainName"],
        "CustomOriginConfig": config,
    }


def behavior(origin):
    return {
        "TargetOriginId": origin["id"],
        "ViewerProtocolPolicy": "redirect-to-https",
        "MinTTL": 0,
        "ForwardedValues": {"QueryString": False, "Cookies": {"Forward": "none"}},
    }


def distribution(planned, client_certificate=None):
    """The first origin is the default one; each other gets a path of its own."""
    origins, aliases = planned["origins"], planned["aliases"]
    others = [{"PathPattern": f"/{origin['id']}/*", **behavior(origin)} for origin in origins[1:]]
    return {
        "CallerReference": planned["id"],
        "Comment": "",
        "Enabled": True,
        "Aliases": {"Quantity": len(aliases), "Items": aliases},
        "Origins": {"Quantity": len(origins), "Items": [custom_origin(origin, client_certificate) for origin in origins]},
        "DefaultCacheBehavior": behavior(origins[0]),
        "CacheBehaviors": {"Quantity": len(others), **({"Items": others} if others else {})},
    }


def deploy(url, admin, template, parameters):
    stacks = client("cloudformation", url, admin)
    stacks.create_stack(
        StackName="originwatch",
        TemplateBody=template,
        Capabilities=["CAPABILITY_IAM"],
        Parameters=[{"ParameterKey": key, "ParameterValue": value} for key, value in ({"Email": EMAIL, "Environment": "prod"} | parameters).items()],
    )
    resources = stacks.list_stack_resources(StackName="originwatch")["StackResourceSummaries"]
    return {resource["LogicalResourceId"]: resource["PhysicalResourceId"] for resource in resources}


def import_certificate(url, admin, pem):
    certificates = client("acm", url, admin)
    return certificates.import_certificate(Certificate=pem["certificate"].encode(), PrivateKey=pem["key"].encode())["CertificateArn"]


def put_metric(url, admin, distribution_id, name, value):
    """What CloudFront counted in the hour before: in its middle, so that two metrics put one after the other lie in the same hour."""
    data = {
        "MetricName": name,
        "Dimensions": [{"Name": "DistributionId", "Value": distribution_id}, {"Name": "Region", "Value": "Global"}],
        "Value": value,
        "Timestamp": datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(minutes=30),
    }
    client("cloudwatch", url, admin).put_metric_data(Namespace="AWS/CloudFront", MetricData=[data])


def setup(url, template_file, plan_file):
    with open(plan_file, encoding="utf-8") as file:
        plan = json.load(file)
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
        resources = deploy(url, admin, file.read(), plan["parameters"] or {})

    function = client("lambda", url, admin).get_function_configuration(FunctionName=resources["OriginWatchFunction"])
    topic = function["Environment"]["Variables"]["TOPIC_ARN"]
    queues = client("sqs", url, admin)
    mailbox = queues.create_queue(QueueName="mailbox")["QueueUrl"]
    arn = queues.get_queue_attributes(QueueUrl=mailbox, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    topics = client("sns", url, admin)
    topics.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn)
    topics.subscribe(TopicArn=topic, Protocol="email", Endpoint=EMAIL)  # moto leaves AWS::SNS::Subscription out
    if plan["subscriber"]:
        topics.subscribe(TopicArn=topic, Protocol="http", Endpoint=plan["subscriber"])
    chatbox = None
    if chat := function["Environment"]["Variables"].get("CHAT_TOPIC_ARN"):
        chatbox = queues.create_queue(QueueName="chatbox")["QueueUrl"]
        topics.subscribe(TopicArn=chat, Protocol="sqs", Endpoint=queues.get_queue_attributes(QueueUrl=chatbox, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"])
    deaf = topics.create_topic(Name="nobody")["TopicArn"]

    cloudfront = client("cloudfront", url, admin)
    for planned in plan["distributions"]:
        shown = import_certificate(url, admin, planned["clientCertificate"]) if planned["clientCertificate"] else None
        cloudfront.create_distribution(DistributionConfig=distribution(planned, shown))
        for metric, value in (planned["metrics"] or {}).items():
            put_metric(url, admin, planned["id"], metric, value)

    role = client("sts", url, admin).assume_role(RoleArn=function["Role"], RoleSessionName="originwatch")["Credentials"]
    return {
        "variables": function["Environment"]["Variables"],
        "handler": function["Handler"],
        "timeout": function["Timeout"],
        "mailbox": mailbox,
        "chatbox": chatbox,
        "deafTopic": deaf,
        "roleName": function["Role"].split("/")[-1],
        "admin": {"key": key["AccessKeyId"], "secret": key["SecretAccessKey"]},
        "role": {"key": role["AccessKeyId"], "secret": role["SecretAccessKey"], "token": role["SessionToken"]},
    }


def administrator(given):
    return {"aws_access_key_id": given["key"], "aws_secret_access_key": given["secret"]}


def listing(url, credentials_json, switch):
    given = json.loads(credentials_json)
    iam = client("iam", url, administrator(given))
    policy = {"RoleName": given["roleName"], "PolicyName": "no-listing"}
    if switch == "on":
        iam.delete_role_policy(**policy)
    else:
        deny = {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "cloudfront:*", "Resource": "*"}]}
        iam.put_role_policy(**policy, PolicyDocument=json.dumps(deny))


def delete(url, credentials_json, distribution_id):
    cloudfront = client("cloudfront", url, administrator(json.loads(credentials_json)))
    cloudfront.delete_distribution(Id=distribution_id, IfMatch=cloudfront.get_distribution(Id=distribution_id)["ETag"])


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
        "s3:GetObject of other roots": lambda: client("s3", url, role).get_object(Bucket=given["bucket"], Key="roots/other.pem"),
        "s3:PutObject of roots": lambda: client("s3", url, role).put_object(Bucket=given["bucket"], Key="roots/roots.pem", Body=b""),
        "s3:PutObject of suppressions": lambda: client("s3", url, role).put_object(Bucket=given["bucket"], Key="config/suppressions.yaml", Body=b""),
        "s3:PutObject of anything else": lambda: client("s3", url, role).put_object(Bucket=given["bucket"], Key="other", Body=b""),
        "s3:PutObject elsewhere": lambda: client("s3", url, role).put_object(Bucket="code-bucket", Key="state.json", Body=b""),
        "s3:GetObject elsewhere": lambda: client("s3", url, role).get_object(Bucket="code-bucket", Key="fn.zip"),
        "s3:ListBucket elsewhere": lambda: client("s3", url, role).list_objects_v2(Bucket="code-bucket"),
        "s3:DeleteObject": lambda: client("s3", url, role).delete_object(Bucket=given["bucket"], Key="state.json"),
        "s3:PutBucketPolicy": lambda: client("s3", url, role).put_bucket_policy(Bucket=given["bucket"], Policy="{}"),
        "s3:PutLifecycleConfiguration": lambda: client("s3", url, role).delete_bucket_lifecycle(Bucket=given["bucket"]),
        "s3:ListAllMyBuckets": lambda: client("s3", url, role).list_buckets(),
        "acm:DescribeCertificate": lambda: client("acm", url, role).describe_certificate(CertificateArn=f"arn:aws:acm:{REGION}:123456789012:certificate/1"),
        "cloudwatch:GetMetricData": lambda: client("cloudwatch", url, role).get_metric_data(MetricDataQueries=[], StartTime=0, EndTime=1),
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


def count_subscriptions():
    """moto leaves the number of a topic's subscriptions at zero; an e-mail address is pending until somebody follows the link."""
    from moto.sns.models import Topic

    def count(pending):
        def get(topic):
            subscriptions = topic.sns_backend.subscriptions.values()
            return sum(1 for subscription in subscriptions if subscription.topic is topic and (subscription.protocol == "email") == pending)

        return property(get, lambda topic, value: None)

    Topic.subscriptions_confimed = count(False)
    Topic.subscriptions_pending = count(True)


def deliver_mail(folder):
    """moto sends no e-mail, so each becomes a file; and SNS is down while a file says so."""
    from moto.sns.models import Subscription
    from moto.sns.responses import SNSResponse

    publish, answer, numbers = Subscription.publish, SNSResponse.call_action, itertools.count(1)

    def deliver(self, message, message_id, subject=None, **given):
        if self.protocol != "email":
            return publish(self, message, message_id, subject=subject, **given)
        text = self._parse_message_structure(message, "email") if given.get("message_structure") == "json" else message
        file = os.path.join(folder, f"mail-{next(numbers):04}.json")
        with open(file + ".part", "w", encoding="utf-8") as mail:
            json.dump({"subject": subject, "text": text, "topic": self.topic.arn}, mail)
        os.rename(file + ".part", file)

    def call_action(self):
        if os.path.exists(os.path.join(folder, "sns-is-down")):
            error = "<Error><Type>Receiver</Type><Code>ServiceUnavailable</Code><Message>The service is unavailable</Message></Error>"
            return 503, {}, f"<ErrorResponse>{error}<RequestId>1</RequestId></ErrorResponse>"
        return answer(self)

    Subscription.publish, SNSResponse.call_action = deliver, call_action


def serve(port, folder):
    import moto_gaps
    from moto.server import main

    moto_gaps.spare_time()
    moto_gaps.fill()
    count_subscriptions()
    deliver_mail(folder)
    moto_gaps.name_distributions()
    main(["-H", "127.0.0.1", "-p", port])


if __name__ == "__main__":
    if sys.argv[1] == "serve":
        serve(*sys.argv[2:])
    commands = {"setup": setup, "listing": listing, "delete": delete, "denied": denied}
    print(json.dumps(commands[sys.argv[1]](*sys.argv[2:])))
