"""What moto 5 lacks of AWS and the tests need: complete listings in pages, mutual TLS of origins, signatures of requests without a body, IAM with
resources, role policies of templates."""
import json
import os

os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")
from botocore.awsrequest import AWSRequest
from moto.cloudfront.responses import CloudFrontResponse
from moto.cloudfront.models import CustomOriginConfig
from moto.core.authorization import ActionAuthenticatorMixin
from moto.core.common_models import CloudFormationModel
from moto.core.responses import ActionResult
from moto.iam import access_control
from moto.iam.models import iam_backends

MOST_ITEMS = 100
PAGE_SIZES = {}  # by account id
# Members of CloudFront's DistributionSummary that moto keeps in the configuration and leaves out of its listing.
CONFIGURED = (
    "Aliases", "Origins", "OriginGroups", "DefaultCacheBehavior", "CacheBehaviors", "CustomErrorResponses", "Comment", "PriceClass",
    "Enabled", "ViewerCertificate", "Restrictions", "WebACLId", "HttpVersion", "IsIPV6Enabled",
)


def spare_time():
    """moto lists its own folder for each request, and nobody reads its log."""
    import logging
    from moto import backends

    modules = list(backends.list_of_moto_modules())
    backends.list_of_moto_modules = lambda: modules
    logging.getLogger("werkzeug").setLevel(logging.ERROR)


def summary(distribution):
    configuration = vars(distribution.distribution_config)
    members = {
        "Id": distribution.id,
        "ARN": distribution.arn,
        "ETag": distribution.etag,
        "Status": distribution.status,
        "LastModifiedTime": distribution.last_modified_time,
        "DomainName": distribution.domain_name,
        "Staging": False,
    }
    return members | {name: configuration[name] for name in CONFIGURED if configuration.get(name) is not None}


def list_in_pages():
    """As AWS lists: whole summaries, at most a hundred in a page, the next one after the marker."""
    def list_distributions(self):
        marker = self.querystring.get("Marker", [""])[0]
        most = PAGE_SIZES.get(self.current_account, MOST_ITEMS)
        size = min(int(self.querystring.get("MaxItems", [most])[0]), most)
        distributions = list(self.backend.list_distributions())
        if marker:
            ids = [distribution.id for distribution in distributions]
            distributions = distributions[ids.index(marker) + 1:] if marker in ids else distributions
        page, rest = distributions[:size], distributions[size:]
        answer = {"Marker": marker, "MaxItems": size, "IsTruncated": bool(rest), "Quantity": len(page)}
        if page:
            answer["Items"] = [summary(distribution) for distribution in page]
        if rest:
            answer["NextMarker"] = page[-1].id
        return ActionResult({"DistributionList": answer})

    CloudFrontResponse.list_distributions = list_distributions


def check_signatures_without_body():
    """moto takes the headers for the body where a request has none, so every signed GET would be refused."""
    def signed_request(self):
        names = self._get_string_between("SignedHeaders=", ",", self._headers["Authorization"]).split(";")
        headers = self._create_headers_for_aws_request(names, self._headers)
        bodiless = self._method in ("GET", "HEAD", "DELETE")
        request = AWSRequest(method=self._method, url=self._path, data=self._body or (b"" if bodiless else self._data), headers=headers)
        request.context["timestamp"] = headers["X-Amz-Date"]
        return request

    access_control.IAMRequestBase._create_aws_request = signed_request


def read_policies_of_templates():
    """CloudFormation hands inline policies over as objects, where moto expects text."""
    from_text = access_control.IAMPolicy.__init__

    def read(self, policy):
        if isinstance(policy, dict) and "Statement" in policy:
            self._policy_json = policy
        else:
            from_text(self, policy)

    access_control.IAMPolicy.__init__ = read


def authorize_topics():
    """moto asks its policies about "*" everywhere but in S3; here also about the topic or the certificate that a request names."""
    authorize = ActionAuthenticatorMixin._authenticate_and_authorize_normal_action

    def with_topic(self, resource="*"):
        parameters = self.querystring or {}
        if isinstance(self.body, str) and self.body.startswith("{"):
            resource = json.loads(self.body).get("CertificateArn") or resource
        return authorize(self, (parameters.get("TopicArn") or parameters.get("TargetArn") or [resource])[0])

    ActionAuthenticatorMixin._authenticate_and_authorize_normal_action = with_topic


def name_distributions():
    """moto invents ids; a text that somebody approved needs the same every time, so the caller's reference is one."""
    from moto.cloudfront.models import Distribution

    create = Distribution.__init__

    def __init__(self, account_id, region_name, config):
        create(self, account_id, region_name, config)
        self.arn = self.arn.replace(self.distribution_id, config["CallerReference"])
        self.distribution_id = self.id = config["CallerReference"]
        self.domain_name = f"{self.id.lower()}.cloudfront.net"

    Distribution.__init__ = __init__


def name_actions_as_IAM_does():
    """CloudWatch's requests are signed for "monitoring"; its actions begin with "cloudwatch"."""
    create = access_control.IAMRequestBase.__init__

    def __init__(self, *arguments, **named):
        create(self, *arguments, **named)
        self._action = self._action.replace("monitoring:", "cloudwatch:", 1)

    access_control.IAMRequestBase.__init__ = __init__


def keep_mutual_tls():
    """The client certificate that CloudFront shows to an origin."""
    create = CustomOriginConfig.__init__

    def __init__(self, config):
        create(self, config)
        if "OriginMtlsConfig" in config:
            self.origin_mtls_config = config["OriginMtlsConfig"]

    CustomOriginConfig.__init__ = __init__


class RolePolicy(CloudFormationModel):
    """AWS::IAM::RolePolicy; to be a subclass is all that it takes for templates."""

    __module__ = "moto.iam.gaps"  # moto reads the service from it

    def __init__(self, name):
        self.physical_resource_id = name

    @staticmethod
    def cloudformation_name_type():
        return "PolicyName"

    @staticmethod
    def cloudformation_type():
        return "AWS::IAM::RolePolicy"

    @classmethod
    def has_cfn_attr(cls, attr):
        return False

    @classmethod
    def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
        properties = cloudformation_json["Properties"]
        iam_backends[account_id]["aws"].put_role_policy(properties["RoleName"], properties["PolicyName"], json.dumps(properties["PolicyDocument"]))
        return cls(properties["PolicyName"])


def fill():
    name_actions_as_IAM_does()
    keep_mutual_tls()
    list_in_pages()
    check_signatures_without_body()
    read_policies_of_templates()
    authorize_topics()
