"""How probes ask: people over HTTP, functions by name, rows by key. Everybody signs in while everything is granted."""

import itertools
import json
import re
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
from botocore.config import Config

from infra.local.emulator import LocalSession
from infra.local.place import Place
from infra.replay.actors import Staff
from infra.replay.client import Api

CODE = re.compile(r"验证码(\d{6})")
A_MATTER = {
    "kind": "grievance",
    "title": "楼道漏水",
    "text": "三楼以上楼道漏水两个月。",
    "name": "王某",
    "address": "青山县",
}
STAFF = ("bureau1", "bureau2", "leader1", "admin1")


OF_THE_PROBE = (401, 429)
"""A session that has ended and a limit that is used up are faults of the asking: a refused grant is answered 503."""


class Wrong(Exception):
    """A probe did not get what it has to."""


class Asking:
    """One stack, whose consumers and timers rest: each function is called by its probe alone.

    A sweep by the timer sends what a probe is waiting for, with its own role: what was refused would not be missed.
    """

    def __init__(self, stack: Place, folder: Path) -> None:
        self._stack = stack
        patient = Config(read_timeout=300, retries={"total_max_attempts": 1})
        self._functions = LocalSession(stack.emulator).client("lambda", config=patient)
        for mapping in self._functions.list_event_source_mappings()["EventSourceMappings"]:
            self._functions.update_event_source_mapping(UUID=mapping["UUID"], Enabled=False)
        timers = LocalSession(stack.emulator).client("events")
        for rule in timers.list_rules()["Rules"]:
            timers.disable_rule(Name=rule["Name"])
        self._tables = LocalSession(stack.emulator).client("dynamodb")
        _close(stack)
        self._http = httpx.Client(base_url=stack.origin, timeout=60, trust_env=False)
        self._turn = itertools.count(1)
        api = Api(stack.origin.rstrip("/"), 2)
        self._now = datetime.fromisoformat(api.get("/api/health")["time"])
        staff = Staff(api, folder, self._now.timestamp() - time.time())
        self._tokens = {user: staff.token(user) for user in STAFF}

    def _afresh(self, output: str, **variables: str) -> None:
        """End the function's processes: open keys and offices are kept by a process for minutes."""
        name = self._stack.outputs[output]
        held = self._functions.get_function_configuration(FunctionName=name)["Environment"]["Variables"]
        held |= {"PROBE": str(next(self._turn)), **variables}
        self._functions.update_function_configuration(FunctionName=name, Environment={"Variables": held})

    def _signed_in(self, phone: str) -> str:
        challenge = self._ask("a code", "POST", "codes", body={"phone": phone}, expect=(200, 201, 202))["challenge"]
        codes = [match[1] for text in self._texts(phone) if (match := CODE.search(text))]
        if not codes:
            raise Wrong("a code: no text message came")
        form = {"challenge": challenge, "phone": phone, "code": codes[-1]}
        return str(self._ask("a session", "POST", "sessions", body=form, expect=201)["token"])

    def _filed(self, me: str) -> tuple[str, str]:
        told = self._ask("filing", "POST", "petitions", me, body=A_MATTER, expect=201)
        return str(told["case_number"]), str(told["query_code"])

    def _lasting(self) -> str:
        """A petitioner's session that outlives the probes."""
        if "petitioner" not in self._tokens:
            self._tokens["petitioner"] = self._signed_in("13800139999")
        return self._tokens["petitioner"]

    def _row(self, table: str, pk: str, sk: str) -> dict[str, Any]:
        """A row as it stands, typed as DynamoDB has it; empty when there is none."""
        key = {"pk": {"S": pk}, "sk": {"S": sk}}
        found = self._tables.get_item(TableName=self._stack.outputs[table], Key=key, ConsistentRead=True)
        return dict(found.get("Item", {}))

    def _put(self, table: str, row: dict[str, Any]) -> None:
        """Write a row as somebody does who may write everything."""
        self._tables.put_item(TableName=self._stack.outputs[table], Item=row)

    def _texts_counted(self) -> int:
        """What the budgets of text messages say, all periods together."""
        pages = self._tables.get_paginator("scan").paginate(
            TableName=self._stack.outputs["GuardTable"],
            FilterExpression="begins_with(pk, :budgets)",
            ExpressionAttributeValues={":budgets": {"S": "BUDGET#"}},
        )
        return sum(int(row["n"]["N"]) for page in pages for row in page["Items"])

    def _texts(self, phone: str) -> list[str]:
        return [each["text"] for each in self._http.get("_local/sms", params={"phone": phone}).json()]

    def _invoke(self, output: str, event: dict[str, Any]) -> Any:
        done = self._functions.invoke(FunctionName=self._stack.outputs[output], Payload=json.dumps(event).encode())
        answer = json.loads(done["Payload"].read())
        if "FunctionError" in done:
            raise Wrong(f"{output}: {answer.get('errorMessage', '')[:80]}")
        return answer

    def _ask(
        self,
        what: str,
        method: str,
        path: str,
        token: str = "",
        *,
        body: dict[str, Any] | None = None,
        version: int | None = None,
        expect: int | tuple[int, ...] = 200,
        has: str = "",
    ) -> Any:
        headers = {"Idempotency-Key": f"probe-{next(self._turn)}"}
        headers |= {"Authorization": f"Bearer {token}"} if token else {}
        headers |= {"If-Match": f'"{version}"'} if version is not None else {}
        answer = self._http.request(method, f"api/{path}", json=body, headers=headers)
        expected = (expect,) if isinstance(expect, int) else expect
        if answer.status_code in OF_THE_PROBE and answer.status_code not in expected:
            raise RuntimeError(f"{what}: {answer.status_code}, which no missing grant explains")
        if answer.status_code not in expected or has not in answer.text:
            raise Wrong(f"{what}: {answer.status_code}")
        return answer.json() if answer.content else None


def _close(stack: Place) -> None:
    """The emulator's default policy of a topic lets everybody of the account publish, whatever his role grants."""
    topic = stack.outputs["EventsTopic"]
    nobody = {
        "Effect": "Allow",
        "Principal": {"Service": "events.amazonaws.com"},
        "Action": "sns:Publish",
        "Resource": topic,
    }
    policy = json.dumps({"Version": "2012-10-17", "Statement": [nobody]})
    LocalSession(stack.emulator).client("sns").set_topic_attributes(
        TopicArn=topic, AttributeName="Policy", AttributeValue=policy
    )
