#!/usr/bin/env python3
"""moto as an organization whose trust policies are checked, for scans of many accounts.

Usage: moto_organization.py serve PORT
       moto_organization.py setup URL PLAN    creates the accounts of the plan (JSON); prints what came of them

Account ids are counted up from 100000000001. A plan is {"principal": ROLE NAME, "accounts": [{"name", "unit", "role", "externalId", "closed",
"pageSize", "distributions": [{"id", "aliases", "tags", "metrics", "origins": [{"id", "domainName", "port"}]}]}], "counted": when CloudFront counted
the metrics}; "role" is false for an account without the member role.
"""
import fnmatch
import itertools
import json
import os
import sys
import threading

os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")
TEMPLATE = "../../../src/organization/member-role.yaml"
PRINCIPAL_TRUST = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}]}


def count_accounts():
    """Ids that a test can write down, and a moment of joining that differs, since the pages of the list depend on it."""
    import datetime
    from moto.organizations import models, utils

    numbers = itertools.count(100000000001)
    utils.make_random_account_id = lambda: str(next(numbers))
    created = models.FakeAccount.__init__

    def __init__(self, organization, **given):
        created(self, organization, **given)
        self.create_time = datetime.datetime(2026, 1, 1) + datetime.timedelta(seconds=int(self.id) % 100000)

    models.FakeAccount.__init__ = __init__


def close_as_aws_does():
    """moto names an account that was closed SUSPENDED, and knows no State."""
    from moto.organizations.models import FakeAccount

    describe = FakeAccount.describe

    def described(self):
        answer = describe(self)
        closed = answer.pop("Status") != "ACTIVE"
        answer["State"] = "CLOSED" if closed else "ACTIVE"
        return answer

    FakeAccount.describe = described


def check_trust():
    """moto lets anybody assume anything; here the role must exist and its trust policy must hold for the caller."""
    from moto.core.exceptions import ServiceException
    from moto.iam.models import iam_backends
    from moto.organizations.models import organizations_backends
    from moto.sts.models import STSBackend, sts_backends
    from moto.sts.responses import TokenResponse

    class AccessDenied(ServiceException):
        __module__ = "moto.sts.gaps"  # moto reads the service from it
        code = "AccessDenied"

    caller, answer, assume = threading.local(), TokenResponse.assume_role, STSBackend.assume_role

    def remember(self):
        caller.arn = f"arn:aws:iam::{self.current_account}:user/anybody"
        for assumed in sts_backends[self.current_account]["aws"].assumed_roles:
            if assumed.access_key_id == self.get_access_key():
                caller.arn = assumed.role_arn
        return answer(self)

    def organization_of(account):
        master = organizations_backends.master_accounts.get(account, (account, "aws"))[0]
        found = organizations_backends[master]["aws"].org
        return found.id if found else None

    def holds(statement, facts, account):
        principal = statement.get("Principal", {})
        trusted = principal.get("AWS", []) if isinstance(principal, dict) else principal
        if "Service" in principal and account == facts["aws:PrincipalAccount"]:
            return True
        if "*" not in trusted and not any(facts["aws:PrincipalAccount"] in who for who in trusted):
            return False
        for operator, tests in statement.get("Condition", {}).items():
            for key, wanted in tests.items():
                wanted = [wanted] if isinstance(wanted, str) else wanted
                match = fnmatch.fnmatchcase if operator == "ArnLike" else str.__eq__
                if facts.get(key) is None or not any(match(facts[key], one) for one in wanted):
                    return False
        return True

    def assume_role(self, region_name, role_session_name, role_arn, policy, duration, external_id):
        account, name = role_arn.split(":")[4], role_arn.split("/")[-1]
        given = dict(region_name=region_name, role_session_name=role_session_name, role_arn=role_arn, policy=policy, duration=duration, external_id=external_id)
        master = organizations_backends.master_accounts.get(account, (None,))[0]
        if name == "OrganizationAccountAccessRole" and master == self.account_id:
            return assume(self, **given)
        role = next((role for role in iam_backends[account]["aws"].roles.values() if role.name == name), None)
        facts = {"aws:PrincipalArn": caller.arn, "aws:PrincipalAccount": self.account_id, "aws:PrincipalOrgID": organization_of(self.account_id), "sts:ExternalId": external_id}
        document = role and role.assume_role_policy_document
        document = json.loads(document) if isinstance(document, str) else document
        if not document or not any(holds(statement, facts, account) for statement in document["Statement"]):
            raise AccessDenied(f"User: {caller.arn} is not authorized to perform: sts:AssumeRole on resource: {role_arn}")
        return assume(self, **given)

    TokenResponse.assume_role, STSBackend.assume_role = remember, assume_role


def prepare(page_sizes):
    import moto_gaps

    moto_gaps.spare_time()
    moto_gaps.PAGE_SIZES.update(json.loads(page_sizes))
    moto_gaps.list_in_pages()
    moto_gaps.name_distributions()
    count_accounts()
    close_as_aws_does()
    check_trust()


def serve(port, page_sizes):
    from moto.server import main

    prepare(page_sizes)
    main(["-H", "127.0.0.1", "-p", port])


def client(service, url, keys=None):
    """A call that a busy machine answers late must not be made twice: it would find its own work done."""
    import boto3
    from botocore.config import Config

    keys = keys or {"AccessKeyId": "test", "SecretAccessKey": "test", "SessionToken": None}
    return boto3.client(
        service, endpoint_url=url, region_name="us-east-1", config=Config(read_timeout=600, retries={"total_max_attempts": 1}),
        aws_access_key_id=keys["AccessKeyId"], aws_secret_access_key=keys["SecretAccessKey"], aws_session_token=keys["SessionToken"])


def distribution(plan):
    origins = [
        {
            "Id": origin["id"], "DomainName": origin["domainName"], "OriginPath": "", "CustomHeaders": {"Quantity": 0},
            "CustomOriginConfig": {
                "HTTPPort": 80, "HTTPSPort": origin["port"], "OriginProtocolPolicy": "https-only",
                "OriginSslProtocols": {"Quantity": 1, "Items": ["TLSv1.2"]}, "OriginReadTimeout": 30, "OriginKeepaliveTimeout": 5,
            },
        }
        for origin in plan["origins"]
    ]
    aliases = plan.get("aliases") or []
    return {
        "CallerReference": plan["id"], "Aliases": {"Quantity": len(aliases), "Items": aliases}, "Comment": "", "Enabled": True,
        "Origins": {"Quantity": len(origins), "Items": origins},
        "DefaultCacheBehavior": {"TargetOriginId": origins[0]["Id"], "ViewerProtocolPolicy": "redirect-to-https", "CachePolicyId": "658327ea-f89d-4fab-a63d-7e88639e58f6"},
    }


def put_metric(url, inside, distribution_id, name, value, counted):
    dimensions = [{"Name": "DistributionId", "Value": distribution_id}, {"Name": "Region", "Value": "Global"}]
    client("cloudwatch", url, inside).put_metric_data(
        Namespace="AWS/CloudFront", MetricData=[{"MetricName": name, "Dimensions": dimensions, "Timestamp": counted, "Value": value}])


def deploy_member_role(url, template, inside, organization, principal, external_id, copied):
    """From the template in the first account; the others get the same role at once, since a stack takes moto long."""
    iam = client("iam", url, inside)
    if external_id in copied:
        iam.create_role(RoleName=copied[external_id]["RoleName"], AssumeRolePolicyDocument=json.dumps(copied[external_id]["AssumeRolePolicyDocument"]))
        return
    parameters = {"OrganizationId": organization, "TrustedPrincipalArns": principal, "ExternalId": external_id}
    client("cloudformation", url, inside).create_stack(
        StackName="originwatch-member", TemplateBody=template, Capabilities=["CAPABILITY_NAMED_IAM"],
        Parameters=[{"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()])
    copied[external_id] = next(role for role in iam.list_roles()["Roles"] if role["RoleName"] != "OrganizationAccountAccessRole")


def setup(url, plan_file):
    import boto3  # noqa: F401

    with open(plan_file, encoding="utf-8") as file:
        plan = json.load(file)
    organizations = client("organizations", url)
    organization = organizations.create_organization(FeatureSet="ALL")["Organization"]["Id"]
    root = organizations.list_roots()["Roots"][0]["Id"]
    client("iam", url).create_role(RoleName=plan["principal"], AssumeRolePolicyDocument=json.dumps(PRINCIPAL_TRUST))
    principal = f"arn:aws:iam::123456789012:role/{plan['principal']}"
    caller = client("sts", url).assume_role(RoleArn=principal, RoleSessionName="function")["Credentials"]
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), TEMPLATE), encoding="utf-8") as file:
        template = file.read()
    units, accounts, copied = {}, {}, {}
    for planned in plan["accounts"]:
        account = organizations.create_account(Email=f"{planned['name']}@example.com", AccountName=planned["name"])["CreateAccountStatus"]["AccountId"]
        accounts[planned["name"]] = account
        if planned.get("unit"):
            if planned["unit"] not in units:
                units[planned["unit"]] = organizations.create_organizational_unit(ParentId=root, Name=planned["unit"])["OrganizationalUnit"]["Id"]
            organizations.move_account(AccountId=account, SourceParentId=root, DestinationParentId=units[planned["unit"]])
        inside = client("sts", url).assume_role(RoleArn=f"arn:aws:iam::{account}:role/OrganizationAccountAccessRole", RoleSessionName="setup")["Credentials"]
        if planned.get("role", True):
            deploy_member_role(url, template, inside, organization, principal, planned.get("externalId") or "", copied)
        for one in planned.get("distributions", []):
            tags = [{"Key": key, "Value": value} for key, value in (one.get("tags") or {}).items()]
            client("cloudfront", url, inside).create_distribution_with_tags(DistributionConfigWithTags={"DistributionConfig": distribution(one), "Tags": {"Items": tags}})
            for name, value in (one.get("metrics") or {}).items():
                put_metric(url, inside, one["id"], name, value, plan["counted"])
        if planned.get("closed"):
            organizations.close_account(AccountId=account)
    return {"accounts": accounts, "units": units, "root": root, "key": caller["AccessKeyId"], "secret": caller["SecretAccessKey"], "token": caller["SessionToken"]}


if __name__ == "__main__":
    if sys.argv[1] == "serve":
        serve(*sys.argv[2:])
    else:
        print(json.dumps({"setup": setup}[sys.argv[1]](*sys.argv[2:])))
