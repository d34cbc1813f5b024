#!/usr/bin/env python3
"""Asks an endpoint for what the tests' fake CloudFront serves, and prints what AWS's service model misses in the answers.

Usage: model_shapes.py URL
"""
import sys

import boto3
from botocore.validate import ParamValidator

CALLS = [
    ("ListDistributions", "list_distributions", {}),
    ("GetCachePolicy", "get_cache_policy", {"Id": "c"}),
    ("GetOriginRequestPolicy", "get_origin_request_policy", {"Id": "o"}),
    ("GetVpcOrigin", "get_vpc_origin", {"Id": "vo_1"}),
    ("ListDistributionTenants", "list_distribution_tenants", {"AssociationFilter": {"DistributionId": "E1"}}),
    ("GetDistributionTenant", "get_distribution_tenant", {"Identifier": "dt_1"}),
    ("GetDistributionConfig", "get_distribution_config", {"Id": "E1"}),
]

client = boto3.client("cloudfront", endpoint_url=sys.argv[1])
for operation, method, parameters in CALLS:
    answer = getattr(client, method)(**parameters)
    answer.pop("ResponseMetadata")
    report = ParamValidator().validate(answer, client.meta.service_model.operation_model(operation).output_shape)
    print(operation, "OK" if answer and not report.has_errors() else report.generate_report() or "empty")
