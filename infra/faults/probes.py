"""What each function has to be able to do, asked of the deployed function itself: a fresh process each time.

A probe answers what went wrong, or nothing. What a refusal does not stop is looked at where it shows: a statutory
notice goes out uncounted, so the counter is read.
"""

import itertools
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from infra.faults.asking import Asking, Wrong
from infra.local.place import Place

A_REPORT = {"title": "违规收费", "text": "窗口收费不给收据。", "accused": ["justice"]}
SILENT_S = 400
DAYS_LATER = 11
"""By then a filed case is reminded of, and its notices are long due."""


class Probes(Asking):
    """One stack, and what is asked of each of its functions."""

    def __init__(self, stack: Place, folder: Path) -> None:
        super().__init__(stack, folder)
        self._nights = itertools.count(1)
        self._notice = self._proposed()
        self._of: dict[str, tuple[str, Callable[[], None]]] = {
            "api_handler": ("APIHandlerName", self._serve),
            "sealed": ("Sealed", self._serve_reports),
            "sweep_deadlines": ("SweepDeadlines", self._sweep),
            "relay": ("Relay", self._relay),
            "notices": ("Notices", self._notify),
            "statistics": ("Statistics", self._count),
            "reconcile": ("Reconcile", self._reconcile),
            "receipts": ("Receipts", self._sign),
            "publish_roots": ("PublishRoots", self._publish),
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
        self._ask("what moves", "GET", f"calendar/notices/{self._notice}/moves", self._tokens["admin1"], has="items")
        self._ask("what the reconciler found", "GET", "findings", self._tokens["admin1"], has="items")
        self._ask("the figure of notices", "GET", "completeness", self._tokens["admin1"], has="newest")
        self._ask("a report", "POST", "reports", body=A_REPORT, expect=201)
        self._ask("signing out", "DELETE", "sessions/current", me, expect=204)

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
        self._tables.update_item(
            TableName=self._stack.outputs["GuardTable"],
            Key=_session_of(token),
            UpdateExpression="SET seen_at = :then",
            ExpressionAttributeValues={":then": {"N": str(int(time.time() - SILENT_S))}},
        )

    def _seen_at(self, token: str) -> int:
        found = self._tables.get_item(TableName=self._stack.outputs["GuardTable"], Key=_session_of(token))
        return int(found["Item"]["seen_at"]["N"])

    def _sweep(self) -> None:
        """The timer, days later: a reminder is recorded, and what is owed is sent, to people and to a unit's desk."""
        number, _ = self._filed(self._lasting())
        bureau = self._tokens["bureau1"]
        self._ask("forwarding", "POST", f"cases/{number}/forward", bureau, body={"to": "housing"}, version=1)
        self._afresh("SweepDeadlines", CLOCK_OFFSET=f"{DAYS_LATER}d")
        counted = self._texts_counted()
        swept = self._invoke("SweepDeadlines", _TIMER)
        if swept["parked"] or not swept["acted"]:
            raise Wrong(f"the sweep: {swept['acted']} acted, {swept['parked']} parked")
        self._must_be_told(number)
        self._must_have_counted(counted)

    def _notify(self) -> None:
        """The queue: what a filing and a forwarding owe is sent, to the petitioner and to a unit's desk."""
        number, _ = self._filed(self._lasting())
        bureau = self._tokens["bureau1"]
        self._ask("forwarding", "POST", f"cases/{number}/forward", bureau, body={"to": "housing"}, version=1)
        counted = self._texts_counted()
        for seq in (1, 2):
            self._must_be_handled("Notices", number, seq)
        self._must_be_told(number)
        self._must_have_counted(counted)

    def _count(self) -> None:
        """The queue: the row of statistics is written."""
        number, _ = self._filed(self._lasting())
        self._must_be_handled("Statistics", number, 1)

    def _relay(self) -> None:
        """The stream: one event is published."""
        answer = self._invoke("Relay", {"Records": [_stream_record()]})
        if answer["batchItemFailures"]:
            raise Wrong("the relay: not published")

    def _reconcile(self) -> None:
        """The timer, as if it were the next night: both walks end, and what fell out of a list is back."""
        number, _ = self._filed(self._lasting())
        contact = {"pk": {"S": f"CASE#{number}"}, "sk": {"S": "CONTACT"}}
        self._tables.update_item(
            TableName=self._stack.outputs["CasesTable"], Key=contact, UpdateExpression="REMOVE list_name, list_key"
        )
        for mark in ("RECENT", "FULL"):
            begun = {"pk": {"S": "RECONCILE"}, "sk": {"S": mark}}
            self._tables.delete_item(TableName=self._stack.outputs["GuardTable"], Key=begun)
        done = self._invoke("Reconcile", _TIMER)
        if done["failed"] or not done["is_full"]:
            raise Wrong(f"the reconciler: {done['failed']} failed, {done['examined']} examined")
        if "list_name" not in self._row("CasesTable", f"CASE#{number}", "CONTACT"):
            raise Wrong("the reconciler: nothing mended")

    def _sign(self) -> None:
        """The queue: what was filed has its receipt."""
        number, _ = self._filed(self._lasting())
        self._must_be_handled("Receipts", number, 1)
        if not self._ask("the receipts", "GET", f"cases/{number}/receipts", self._lasting())["items"]:
            raise Wrong("the receipts: none")

    def _publish(self) -> None:
        """The timer, each time a night later: a day has one root. It is kept in the bucket before it is published.

        A case that somebody damaged is listed for the administrator, before anything is published.
        """
        number, _ = self._filed(self._lasting())
        row = self._row("CasesTable", f"CASE#{number}", "EVENT#000001")
        self._put("CasesTable", row | {"body": {"B": b"torn"}})
        self._afresh("PublishRoots", CLOCK_OFFSET=f"{next(self._nights)}d")
        try:
            done = self._invoke("PublishRoots", _TIMER)
        finally:
            self._put("CasesTable", row)
        if not done["published"] or not done["rewritten"]:
            raise Wrong("the root: not published, or the damaged case was not found")

    def _proposed(self) -> int:
        """A notice on days off of the next year that waits for another administrator, and so moves nothing."""
        year = self._now.year + 1
        days = [f"{year}-01-01", *(f"{year}-10-{day:02}" for day in range(1, 11))]
        said = {"form": "json", "content": json.dumps({"year": year, "off": days})}
        proposed = self._ask("a notice", "POST", "calendar/notices", self._tokens["admin1"], body=said, expect=201)
        return int(proposed["number"])

    def _must_be_handled(self, function: str, number: str, seq: int) -> None:
        body = json.dumps({"data": {"case": number, "seq": seq}})
        record = {"messageId": "m1", "body": body, "eventSource": "aws:sqs", "receiptHandle": "r", "attributes": {}}
        answer = self._invoke(function, {"Records": [record]})
        if answer["batchItemFailures"]:
            raise Wrong(f"{function}: event {seq} not handled")

    def _must_be_told(self, number: str) -> None:
        if not any(number in text for text in self._texts("13800139999")):
            raise Wrong("the petitioner was not told")

    def _must_have_counted(self, before: int) -> None:
        if self._texts_counted() <= before:
            raise Wrong("text messages went out uncounted")


_TIMER = {
    "version": "0", "id": "probe", "detail-type": "Scheduled Event", "source": "aws.events", "account": "000000000000",
    "region": "ap-east-1", "resources": [], "detail": {}, "time": "2026-01-01T00:00:00Z",
}  # fmt: skip


def _session_of(token: str) -> dict[str, Any]:
    from chalicelib.store.guard import token_hash

    return {"pk": {"S": f"SESSION#{token_hash(token)}"}, "sk": {"S": "SESSION"}}


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
