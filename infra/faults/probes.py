"""What each function has to be able to do, asked of the deployed function itself: a fresh process each time.

A probe answers what went wrong, or nothing. Consumers of the stream rest, so that each is called by its probe alone.
"""

import itertools
import json
import re
import time
from collections.abc import Callable
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
A_REPORT = {"title": "违规收费", "text": "窗口收费不给收据。", "accused": ["justice"]}
SILENT_S = 400
DAYS_LATER = 11
"""By then a filed case is reminded of, and its notices are long due."""


class Wrong(Exception):
    """A probe did not get what it has to."""


class Probes:
    """One stack, with people signed in while everything is still granted."""

    def __init__(self, stack: Place, folder: Path) -> None:
        self._stack = stack
        patient = Config(read_timeout=300, retries={"total_max_attempts": 1})
        self._functions = LocalSession(stack.emulator).client("lambda", config=patient)
        for mapping in self._functions.list_event_source_mappings()["EventSourceMappings"]:
            self._functions.update_event_source_mapping(UUID=mapping["UUID"], Enabled=False)
        self._guard = LocalSession(stack.emulator).client("dynamodb")
        _close(stack)
        self._http = httpx.Client(base_url=stack.origin, timeout=60, trust_env=False)
        self._turn = itertools.count(1)
        api = Api(stack.origin.rstrip("/"), 2)
        ahead_s = datetime.fromisoformat(api.get("/api/health")["time"]).timestamp() - time.time()
        staff = Staff(api, folder, ahead_s)
        self._tokens = {user: staff.token(user) for user in ("bureau1", "bureau2", "leader1")}
        self._of: dict[str, tuple[str, Callable[[], None]]] = {
            "api_handler": ("APIHandlerName", self._serve),
            "sealed": ("Sealed", self._serve_reports),
            "sweep_deadlines": ("SweepDeadlines", self._sweep),
            "relay": ("Relay", self._relay),
            "notices": ("Notices", self._notify),
            "statistics": ("Statistics", self._count),
        }

    def knows(self, function: str) -> bool:
        """True when something is asked of this function: without a probe nothing it is granted is ever missed."""
        return function in self._of

    def failing(self, function: str) -> str:
        """What of a function's work fails now; empty when nothing does, or when nothing is asked of it."""
        if function not in self._of:
            return ""
        output, probe = self._of[function]
        try:
            self._afresh(output)
            probe()
        except Wrong as wrong:
            return str(wrong)
        return ""

    def _afresh(self, output: str, **variables: str) -> None:
        """End the function's processes: open keys and offices are kept by a process for minutes."""
        name = self._stack.outputs[output]
        held = self._functions.get_function_configuration(FunctionName=name)["Environment"]["Variables"]
        held |= {"PROBE": str(next(self._turn)), **variables}
        self._functions.update_function_configuration(FunctionName=name, Environment={"Variables": held})

    def _serve(self) -> None:
        """People and staff over HTTP: codes, sessions, filing, tracking, lists, a step, a report, signing out."""
        phone = f"1380013{next(self._turn):04d}"
        me = self._signed_in(phone)
        number, code = self._filed(me)
        self._ask("my petitions", "GET", "my/petitions", me, has=number)
        self._ask("tracking", "POST", "track", body={"case_number": number, "query_code": code}, has=number)
        self._ask(
            "a wrong query code", "POST", "track", body={"case_number": number, "query_code": "0" * 16}, expect=422
        )
        bureau = self._tokens["bureau1"]
        self._ask("the case", "GET", f"cases/{number}", bureau, has=number)
        self._ask("the worklist", "GET", "worklist?limit=100", bureau, has="items")
        self._ask("the watch", "GET", "watch", self._tokens["leader1"], has="items")
        self._ask(
            "forwarding", "POST", f"cases/{number}/forward", bureau, body={"to": "housing"}, version=1, has="forwarded"
        )
        self._ask("a report", "POST", "reports", body=A_REPORT, expect=201)
        self._ask("signing out", "DELETE", "sessions/current", me, expect=204)

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

    def _serve_reports(self) -> None:
        """The bodies competent for reports of misconduct: list, read, take a step."""
        me = self._tokens["bureau1"]
        filed = self._ask("a report", "POST", "reports", body=A_REPORT, expect=201)["case_number"]
        self._long_silent(me)
        self._ask("the list of reports", "GET", "sealed/reports?limit=50", me, has="items")
        if self._seen_at(me) < time.time() - SILENT_S / 2:
            raise Wrong("a session: its silence was not ended")
        self._ask("a report opened", "GET", f"sealed/reports/{filed}", me, has=filed)
        self._ask(
            "a report handed over", "POST", f"sealed/reports/{filed}/transfer_report", me,
            body={"to": "audit", "authority": "unit"}, version=1,
        )  # fmt: skip

    def _long_silent(self, token: str) -> None:
        """Let a session look as if nobody had used it for a while: the next call has to write that it is in use."""
        self._guard.update_item(
            TableName=self._stack.outputs["GuardTable"],
            Key=_session_of(token),
            UpdateExpression="SET seen_at = :then",
            ExpressionAttributeValues={":then": {"N": str(int(time.time() - SILENT_S))}},
        )

    def _seen_at(self, token: str) -> int:
        found = self._guard.get_item(TableName=self._stack.outputs["GuardTable"], Key=_session_of(token))
        return int(found["Item"]["seen_at"]["N"])

    def _sweep(self) -> None:
        """The timer, days later: a reminder is recorded, and what is owed is sent, to people and to a unit's desk."""
        number, _ = self._filed(self._lasting())
        bureau = self._tokens["bureau1"]
        self._ask("forwarding", "POST", f"cases/{number}/forward", bureau, body={"to": "housing"}, version=1)
        self._afresh("SweepDeadlines", CLOCK_OFFSET=f"{DAYS_LATER}d")
        swept = self._invoke("SweepDeadlines", {**_TIMER, "time": "2026-01-01T00:00:00Z"})
        if swept["parked"] or not swept["acted"]:
            raise Wrong(f"the sweep: {swept['acted']} acted, {swept['parked']} parked")
        self._must_be_told(number)

    def _notify(self) -> None:
        """The queue: what a filing and a forwarding owe is sent, to the petitioner and to a unit's desk."""
        number, _ = self._filed(self._lasting())
        bureau = self._tokens["bureau1"]
        self._ask("forwarding", "POST", f"cases/{number}/forward", bureau, body={"to": "housing"}, version=1)
        for seq in (1, 2):
            self._must_be_handled("Notices", number, seq)
        self._must_be_told(number)

    def _count(self) -> None:
        """The queue: the row of statistics is written."""
        number, _ = self._filed(self._lasting())
        self._must_be_handled("Statistics", number, 1)

    def _relay(self) -> None:
        """The stream: one event is published."""
        answer = self._invoke("Relay", {"Records": [_stream_record()]})
        if answer["batchItemFailures"]:
            raise Wrong("the relay: not published")

    def _lasting(self) -> str:
        """A petitioner's session that outlives the probes."""
        if "petitioner" not in self._tokens:
            self._tokens["petitioner"] = self._signed_in("13800139999")
        return self._tokens["petitioner"]

    def _must_be_handled(self, function: str, number: str, seq: int) -> None:
        body = json.dumps({"data": {"case": number, "seq": seq}})
        record = {"messageId": "m1", "body": body, "eventSource": "aws:sqs", "receiptHandle": "r", "attributes": {}}
        answer = self._invoke(function, {"Records": [record]})
        if answer["batchItemFailures"]:
            raise Wrong(f"{function}: event {seq} not handled")

    def _must_be_told(self, number: str) -> None:
        if not any(number in text for text in self._texts("13800139999")):
            raise Wrong("the petitioner was not told")

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
        if answer.status_code not in expected or has not in answer.text:
            raise Wrong(f"{what}: {answer.status_code}")
        return answer.json() if answer.content else None


_TIMER = {
    "version": "0", "id": "probe", "detail-type": "Scheduled Event", "source": "aws.events", "account": "000000000000",
    "region": "ap-east-1", "resources": [], "detail": {},
}  # fmt: skip


def _session_of(token: str) -> dict[str, Any]:
    from chalicelib.store.guard import token_hash

    return {"pk": {"S": f"SESSION#{token_hash(token)}"}, "sk": {"S": "SESSION"}}


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


def _stream_record() -> dict[str, Any]:
    """An event as the stream brings it, of a case that does not exist: only the relay ever sees it."""
    from base64 import b64encode

    from chalicelib.store import chain, keys

    number = "269999999990"
    said = {
        "v": 1, "case": number, "seq": 1, "type": "petition.registered", "at": "2026-01-01T00:00:00Z", "by": {},
        "data": {"office": "bureau"}, "clocks": [], "text": "", "prev": "",
    }  # fmt: skip
    body = chain.pack(json.dumps(said).encode())
    key = {"pk": {"S": keys.case(number)}, "sk": {"S": keys.event(1)}}
    change = {"Keys": key, "NewImage": {**key, "body": {"B": b64encode(body).decode()}}, "SequenceNumber": "1"}
    return {"eventID": "1", "eventName": "INSERT", "eventSource": "aws:dynamodb", "dynamodb": change}
