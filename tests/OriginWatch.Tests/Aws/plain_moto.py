#!/usr/bin/env python3
"""Puts into moto what a test then reads.

Usage: plain_moto.py URL import CERTIFICATE KEY            imports a certificate (PEM) into ACM; prints its ARN
       plain_moto.py URL metric NOW DISTRIBUTION NAME VALUE...   puts one value an hour, the last one an hour before NOW (ISO 8601)
"""
import datetime
import sys

import boto3

url, command, *arguments = sys.argv[1:]


def client(service):
    return boto3.client(service, endpoint_url=url, region_name="us-east-1")


if command == "import":
    certificate, key = arguments
    print(client("acm").import_certificate(Certificate=certificate.encode(), PrivateKey=key.encode())["CertificateArn"])
else:
    now, distribution, name, *values = arguments
    now = datetime.datetime.fromisoformat(now)
    dimensions = [{"Name": "DistributionId", "Value": distribution}, {"Name": "Region", "Value": "Global"}]
    for hours, value in enumerate(reversed(values), start=1):
        data = {"MetricName": name, "Dimensions": dimensions, "Value": float(value), "Timestamp": now - datetime.timedelta(hours=hours)}
        client("cloudwatch").put_metric_data(Namespace="AWS/CloudFront", MetricData=[data])
