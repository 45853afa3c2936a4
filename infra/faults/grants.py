"""What each function may do, taken from it one by one on a running stack, and the probe that notices.

Data-driven over `.chalice/config.json` and its policy files: a grant that no probe notices is superfluous, or wants a
probe. What the platform does with a function's role, and the emulator does not check, is named in `NOT_ENFORCED`.
"""

import copy
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from infra.faults.probes import Probes
from infra.local.emulator import ROOT, LocalSession
from infra.local.place import Place

CHALICE = ROOT / ".chalice"
POLLING = "the mapping's poller acts with the role on AWS; the emulator's poller is not checked"
DELIVERING = "Lambda delivers what failed with the role on AWS; the emulator does not check that"
NOT_ENFORCED = {
    "logs:CreateLogStream": "the emulator writes a function's log by itself",
    "logs:PutLogEvents": "the emulator writes a function's log by itself",
    "xray:PutTraceSegments": "the daemon beside a function sends traces on AWS; the emulator has none",
    "xray:PutTelemetryRecords": "the daemon beside a function sends traces on AWS; the emulator has none",
    "sqs:ReceiveMessage": POLLING,
    "sqs:DeleteMessage": POLLING,
    "sqs:GetQueueAttributes": POLLING,
    "sqs:ChangeMessageVisibility": POLLING,
    "dynamodb:GetRecords": POLLING,
    "dynamodb:GetShardIterator": POLLING,
    "dynamodb:DescribeStream": POLLING,
    "dynamodb:ListStreams": POLLING,
    "sqs:SendMessage": DELIVERING,
}
"""Action -> why no probe can notice here that it is gone."""


@dataclass(frozen=True)
class Grant:
    """One action on one resource, as one statement of a function's policy has it."""

    function: str
    statement: int
    sid: str
    action: str
    resource: int | None

    def __str__(self) -> str:
        return f"{self.function}: {self.action} ({self.sid}{'' if self.resource is None else f' {self.resource}'})"


def functions() -> dict[str, str]:
    """Chalice's name of each function -> its policy file, without ending."""
    configured = json.loads((CHALICE / "config.json").read_text())["lambda_functions"]
    return {name: each["iam_policy_file"].removesuffix(".json") for name, each in configured.items()}


def statements(function: str) -> list[dict[str, Any]]:
    """The statements of a function's policy file."""
    found: list[dict[str, Any]] = json.loads((CHALICE / f"{functions()[function]}.json").read_text())["Statement"]
    return found


def granted(function: str) -> Iterator[Grant]:
    """Every single grant of a function, a list of resources taken apart."""
    for number, each in enumerate(statements(function)):
        if each["Effect"] != "Allow":
            continue
        resources = range(len(each["Resource"])) if isinstance(each["Resource"], list) else [None]
        for action in each["Action"]:
            for resource in resources:
                yield Grant(function, number, each["Sid"], action, resource)


def without(document: dict[str, Any], grant: Grant) -> dict[str, Any]:
    """The role's document, its ARNs filled in, without this one grant."""
    made = copy.deepcopy(document)
    held = made["Statement"][grant.statement]
    if held["Sid"] != grant.sid:
        raise ValueError(f"the role of {grant.function} does not follow its policy file")
    actions = list(held["Action"])
    held["Action"] = [action for action in actions if action != grant.action]
    if grant.resource is not None:
        rest = [each for number, each in enumerate(held["Resource"]) if number != grant.resource]
        if rest:  # a statement that names no resource would grant the action on all of them
            made["Statement"].append(held | {"Sid": "TheOthers", "Action": [grant.action], "Resource": rest})
    if not held["Action"]:
        made["Statement"].remove(held)
    return made


class Roles:
    """The roles of the functions of a running stack."""

    def __init__(self, stack: Place) -> None:
        session = LocalSession(stack.emulator)
        self._functions, self._iam = session.client("lambda"), session.client("iam")
        self._outputs = stack.outputs

    def document(self, function: str) -> tuple[str, str, dict[str, Any]]:
        """Role, name of its policy, and what stands in it now."""
        arn = self._functions.get_function_configuration(FunctionName=self._outputs[output_of(function)])["Role"]
        role = arn.rpartition("/")[2]
        (name,) = self._iam.list_role_policies(RoleName=role)["PolicyNames"]
        document = self._iam.get_role_policy(RoleName=role, PolicyName=name)["PolicyDocument"]
        return role, name, json.loads(document) if isinstance(document, str) else document

    def put(self, role: str, name: str, document: dict[str, Any]) -> None:
        """Change the role where it stands, without a deployment."""
        self._iam.put_role_policy(RoleName=role, PolicyName=name, PolicyDocument=json.dumps(document))


def output_of(function: str) -> str:
    """The stack's output that names the function."""
    return "APIHandlerName" if function == "api_handler" else "".join(word.title() for word in function.split("_"))


def take_away(probes: Probes, roles: Roles, function: str, grants: list[Grant]) -> dict[Grant, str]:
    """Grant -> the probe that failed without it; empty when none did.

    Raises RuntimeError when a probe fails with all of them, before or afterwards: what ended a session or used up a
    limit would look like a grant that is missed.
    """
    if failed := probes.failing(function):
        raise RuntimeError(f"{function}: {failed} with everything that is granted")
    role, name, document = roles.document(function)
    found = {}
    for grant in grants:
        roles.put(role, name, without(document, grant))
        try:
            found[grant] = probes.failing(function)
        finally:
            roles.put(role, name, document)
    if failed := probes.failing(function):
        raise RuntimeError(f"{function}: {failed} although everything is granted again: what was noticed means nothing")
    return found
