"""Bring one stack to the state of a package. The same calls serve AWS and the local emulator.

The template goes by URL: merged, it may exceed the 51,200 bytes that CloudFormation takes inline.
"""

import json
import time
from pathlib import Path
from typing import Any

from boto3.session import Session
from botocore.exceptions import ClientError

from infra.package import Package

CAPABILITIES = ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"]
ARTIFACT_TAG = "artifact"
MINUTES_TO_WAIT = 30


class StackFailed(Exception):
    """The stack did not reach the wanted state; the message quotes its own events."""


def deploy(
    session: Session, *, stack: str, bucket: str, package: Package, parameters: dict[str, str]
) -> dict[str, str]:
    """Create or update the stack and answer its outputs; leave a stack alone that has this very package."""
    formation = session.client("cloudformation")
    wanted = "-".join([package.digest, *(f"{key}.{value}" for key, value in sorted(parameters.items()) if value)])
    found = describe(formation, stack)
    if found and artifact_of(found) == wanted and found["StackStatus"].endswith("_COMPLETE"):
        return outputs(found)
    call = formation.update_stack if found else formation.create_stack
    try:
        call(
            StackName=stack,
            TemplateURL=upload(session, bucket, stack, package),
            Parameters=[{"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()],
            Capabilities=CAPABILITIES,
            Tags=[{"Key": ARTIFACT_TAG, "Value": wanted[:255]}],
        )
    except ClientError as refused:
        if "No updates are to be performed" not in str(refused):
            raise
    return outputs(settle(formation, stack))


def standing(session: Session, stack: str) -> dict[str, str]:
    """The parameters a stack has; none where there is no stack."""
    found = describe(session.client("cloudformation"), stack) or {}
    return {each["ParameterKey"]: each["ParameterValue"] for each in found.get("Parameters", ())}


def upload(session: Session, bucket: str, stack: str, package: Package) -> str:
    """Put zip and template into the bucket under their digest; answer the template's URL."""
    storage = session.client("s3")
    code = {"Bucket": bucket, "Key": f"{stack}/{package.digest}/deployment.zip"}
    template = with_code(package.template, code)
    storage.put_object(Body=package.archive.read_bytes(), **code)
    key = f"{stack}/{package.digest}/sam.json"
    storage.put_object(Bucket=bucket, Key=key, Body=json.dumps(template).encode())
    return f"{storage.meta.endpoint_url}/{bucket}/{key}"


def with_code(template: Path, code: dict[str, str]) -> dict[str, Any]:
    """The template with every function pointing at the uploaded zip, as `aws cloudformation package` would write it."""
    body: dict[str, Any] = json.loads(template.read_text())
    for resource in body["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = code
    return body


def describe(formation: Any, stack: str) -> dict[str, Any] | None:
    """The stack as it is, or None where there is none."""
    try:
        found: dict[str, Any] = formation.describe_stacks(StackName=stack)["Stacks"][0]
    except ClientError as missing:
        if "does not exist" not in str(missing):
            raise
        return None
    return found


def settle(formation: Any, stack: str) -> dict[str, Any]:
    """Wait until CloudFormation is done; raise StackFailed unless it succeeded."""
    pause = 0.2
    for _ in range(int(MINUTES_TO_WAIT * 60 / pause)):
        found = describe(formation, stack)
        status = found["StackStatus"] if found else "GONE"
        if status in ("CREATE_COMPLETE", "UPDATE_COMPLETE"):
            assert found is not None
            return found
        if not status.endswith("IN_PROGRESS"):
            raise StackFailed(f"stack {stack!r} ended in {status}: {'; '.join(failures(formation, stack))}")
        time.sleep(pause)
    raise StackFailed(f"stack {stack!r} was not done within {MINUTES_TO_WAIT} minutes")


def failures(formation: Any, stack: str) -> list[str]:
    """What the stack's own events say went wrong."""
    return [
        f"{event['LogicalResourceId']}: {event.get('ResourceStatusReason', event['ResourceStatus'])}"
        for event in formation.describe_stack_events(StackName=stack)["StackEvents"]
        if event["ResourceStatus"].endswith("FAILED")
    ]


def artifact_of(found: dict[str, Any]) -> str:
    """Which package and parameters a stack was made from."""
    return next((tag["Value"] for tag in found.get("Tags", []) if tag["Key"] == ARTIFACT_TAG), "")


def outputs(found: dict[str, Any]) -> dict[str, str]:
    """The outputs by name."""
    return {output["OutputKey"]: output["OutputValue"] for output in found.get("Outputs", [])}


def environment(made: dict[str, str], *, stage: str, profile: str, region: str) -> dict[str, str]:
    """What a function of a stack sees, for a program beside it that uses the same store."""
    return {
        "STAGE": stage,
        "CASES_TABLE": made["CasesTable"],
        "GUARD_TABLE": made["GuardTable"],
        "TOPIC_ARN": made["EventsTopic"],
        "KMS_KEY_ID": made["SealingKey"],
        "REPORT_KEY_ID": made["ReportKey"],
        "SIGNING_KEY_ID": made["SigningKey"],
        "ROOTS_BUCKET": made["RootsBucket"],
        "PROFILE": profile,
        "AWS_DEFAULT_REGION": region,
        "AWS_REGION": region,
    }
