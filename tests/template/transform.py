#!/usr/bin/env python3
"""Expands the SAM transform as CloudFormation does on its side, with the code in a bucket as after `sam package`.

Usage: transform.py TEMPLATE OUTPUT
"""
import json
import os
import sys
import warnings
from pathlib import Path

os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")
warnings.simplefilter("ignore")  # samtranslator's own
from samtranslator.translator.transform import transform
from samtranslator.validator.validator import SamTemplateValidator
from samtranslator.yaml_helper import yaml_parse

CODE = "s3://code-bucket/fn.zip"
DEFINITION = {"Bucket": "code-bucket", "Key": "definition"}


class NoManagedPolicies:
    """Instead of iam:ListPolicies: the template names no managed policy."""

    def load(self):
        return {}


def expand(text):
    template = yaml_parse(text)
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = CODE
        if resource["Type"] == "AWS::Serverless::StateMachine":
            resource["Properties"]["DefinitionUri"] = DEFINITION
    template.get("Globals", {}).get("Function", {}).pop("CodeUri", None)
    # The transform leaves Rules to CloudFormation; the validator's schema does not know the section.
    problem = SamTemplateValidator.validate({section: content for section, content in template.items() if section != "Rules"})
    if problem:
        raise SystemExit(f"not a SAM template: {problem}")
    return transform(template, {}, NoManagedPolicies())


if __name__ == "__main__":
    source, output = sys.argv[1:]
    Path(output).write_text(json.dumps(expand(Path(source).read_text(encoding="utf-8")), indent=1), encoding="utf-8")
