"""One record's way through the system: filed by its petitioner, then whatever the stage asks for, until it is rated.

The invariant: what is done next follows from the stage the system shows, so a lost answer, a step that was
taken already and a run that is started again all lead to the same end.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from infra.replay.actors import BUREAU_CLERK, Petitioners, Staff, clerk_of, post_of
from infra.replay.client import Answer, Api, Refused, Unreachable
from infra.replay.reckoning import EVENTS
from infra.replay.records import TEXT_LIMIT, TRACKS, Person, Record, chance, key_of

TURNS = 18
"""More than any record needs: nine steps, and a few that find the case moved on."""
FINDINGS = ("support", "explain", "explain", "support", "not_support")
ANSWERS = {
    "support": "您反映的问题属实，已责成有关人员落实整改，完成后请您监督。",
    "explain": "经核对现行规定和办理记录，现将有关情况向您说明如上。",
    "not_support": "经核实，您的请求不符合现行规定，不能予以支持，请您理解。",
}
BASIS = "《信访工作条例》第三十二条"
FACTS = "经办人员已到现场查看，并与有关单位核对了记录：您反映的“{title}”一事，情况已经查明，处理结果见以下答复。"
OVERRIDE = "与单位原来的答复一致，先行办理。"
"""Kept only where the quality gate found something: such a case is counted as overridden."""
CHECKS = ["no_delay", "no_brush_off", "no_broken_word", "no_careless"]
CAUSES = ("execution", "facility", "communication", "policy_gap", "dispute", "conduct", "other")
RATINGS = ("satisfied", "satisfied", "basically", "satisfied", "not_satisfied", "basically", "satisfied")


@dataclass
class Trace:
    """What became of one record, as this run was told. `done` names the steps the system acknowledged."""

    record: Record
    person: Person
    unit: str
    number: str = ""
    query_code: str = ""
    stage: str = ""
    registered_at: str = ""
    filing_ms: float = 0.0
    happened: frozenset[str] = frozenset()
    """The events that the system last showed of it."""
    done: list[str] = field(default_factory=list)
    trouble: str = ""

    @property
    def is_acknowledged(self) -> bool:
        """The system gave the petition a number."""
        return bool(self.number)


@dataclass(frozen=True)
class Road:
    """What every journey of a run shares."""

    api: Api
    petitioners: Petitioners
    staff: Staff
    run: str

    def travel(self, trace: Trace, until: str = "", may_go_on: Callable[[], bool] = lambda: True) -> Trace:
        """File the record and take every step its case asks for, or those up to one, as long as it may go on.

        What went wrong stands in `trouble`.
        """
        doing = "file"
        try:
            version = self._file(trace)
            for _ in range(TURNS):
                doing = next_step(trace)
                if not doing or doing in trace.done or until in trace.done or not may_go_on():
                    return trace
                version = self._step(trace, doing, version)
            trace.trouble = f"still {trace.stage} after {TURNS} turns"
        except (Refused, Unreachable) as error:
            trace.trouble = f"{doing}: {error}"
        return trace

    def _file(self, trace: Trace) -> int:
        record, person = trace.record, trace.person
        body = {
            "kind": record.kind,
            "title": record.title,
            "text": record.text,
            "name": person.name,
            "address": person.address,
        }
        answer = self.petitioners.act(person.phone, lambda token: self._post(trace, "/api/petitions", body, token))
        trace.filing_ms = answer.ms
        trace.number, trace.query_code = answer.body["case_number"], answer.body["query_code"]
        trace.stage, trace.registered_at = answer.body["stage"], answer.body["registered_at"]
        trace.done.append("file")
        return int(answer.body["version"])

    def _step(self, trace: Trace, action: str, version: int) -> int:
        body = BODIES[action](trace)
        path = f"/api/cases/{trace.number}/{action}"
        sessions, who = self._actor(trace, action)
        try:
            answer = sessions.act(who, lambda token: self._post(trace, path, body, token, version))
        except Refused as error:
            return self._moved_on(trace, action, version, error)
        trace.done.append(action)
        return _shown(trace, answer.body)

    def _moved_on(self, trace: Trace, action: str, version: int, error: Refused) -> int:
        """A step may be refused because it was taken already: what the case shows decides."""
        if error.status not in (409, 412, 422):
            raise error
        case = self.look(trace)
        taken = {event["event"] for event in case["timeline"]}
        if EVENTS[action] in taken:
            trace.done.append(action)
        elif case["stage"] == trace.stage and case["version"] == version:
            raise error
        return _shown(trace, case)

    def look(self, trace: Trace) -> Any:
        """The case as the bureau sees it."""
        return self.staff.act(BUREAU_CLERK, lambda token: self.api.get(f"/api/cases/{trace.number}", token=token))

    def _actor(self, trace: Trace, action: str) -> tuple[Petitioners | Staff, str]:
        if action == "rate":
            return self.petitioners, trace.person.phone
        if action == "forward":
            return self.staff, BUREAU_CLERK
        return self.staff, post_of(trace.unit, POSTS.get(action, "clerk"))

    def _post(self, trace: Trace, path: str, body: Mapping[str, Any], token: str, version: int | None = None) -> Answer:
        key = key_of(self.run, trace.record, path.rpartition("/")[2])
        return self.api.post(path, dict(body), key=key, token=token, version=version)


def _forward(trace: Trace) -> dict[str, Any]:
    return {"to": trace.unit}


def _accept(trace: Trace) -> dict[str, Any]:
    return {"track": TRACKS[trace.record.kind], "undertaker": clerk_of(trace.unit)}


def _shown(trace: Trace, case: Mapping[str, Any]) -> int:
    trace.stage = case["stage"]
    trace.happened = trace.happened | {event["event"] for event in case["timeline"]}
    return int(case["version"])


def next_step(trace: Trace) -> str:
    """The step that the case asks for; empty when it asks for none. Within a stage, what has not happened yet."""
    if trace.stage != "accepted":
        return NEXT.get(trace.stage, "")
    if TRACKS[trace.record.kind] != "petition_procedure":
        return "reply"
    return next((action for action in HANDLING if EVENTS[action] not in trace.happened), HANDLING[-1])


def _draft(trace: Trace) -> dict[str, Any]:
    """The office's own answer where the record has it: the gate judges that, and the reader lets it through."""
    finding = FINDINGS[chance(trace.record.key) % len(FINDINGS)]
    answer = (trace.record.reply or ANSWERS[finding])[:TEXT_LIMIT]
    return {
        "facts": FACTS.format(title=trace.record.title)[:TEXT_LIMIT],
        "answers": [{"claim": 1, "finding": finding, "answer": answer, "basis": BASIS}],
    }


def _rate(trace: Trace) -> dict[str, Any]:
    number = chance(f"{trace.record.key}|rate")
    unit = RATINGS[number % len(RATINGS)]
    return {
        "office": RATINGS[number // 11 % len(RATINGS)],
        "unit": unit,
        "solved": unit != "not_satisfied",
        "remark": "" if number % 3 else "希望以后能早一点告诉我们进度。",
    }


BODIES: Mapping[str, Callable[[Trace], dict[str, Any]]] = {
    "forward": _forward,
    "accept": _accept,
    "hear_petitioner": lambda trace: {"how": "call", "note": "打电话听取了信访人陈述。"},
    "investigate": lambda trace: {"how": "visit", "note": "到现场查看，并与有关单位核对了记录。"},
    "draft_reply": _draft,
    "second_read": lambda trace: {"override_reason": OVERRIDE},
    "sign": lambda trace: {"checks": CHECKS, "note": OVERRIDE},
    "reply": lambda trace: _draft(trace) | {"override_reason": OVERRIDE},
    "serve": lambda trace: {
        "method": "online",
        "cause": CAUSES[chance(f"{trace.record.key}|cause") % len(CAUSES)],
    },
    "rate": _rate,
}
NEXT = {
    "registered": "forward",
    "forwarded": "accept",
    "replied": "serve",
    "served": "rate",
    "concluded": "rate",
}
"""Stage -> the step it asks for; one that was taken already ends the journey."""
HANDLING = ("hear_petitioner", "investigate", "draft_reply", "second_read", "sign")
"""What a unit does on the petition procedure between acceptance and service, in order."""
POSTS = {"second_read": "reader", "sign": "head", "reply": "head"}
"""Whose step it is in the unit; the others are its clerk's."""
