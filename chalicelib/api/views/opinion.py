"""The written opinion and what leads to it: the draft, gates and checks, the opinion itself."""

from datetime import date
from typing import Any

from chalicelib.domain import gates, intake, quality
from chalicelib.domain.intake import Opinion
from chalicelib.domain.stages import HANDLING
from chalicelib.store.cases import CaseFile
from chalicelib.store.chain import Recorded

GIVEN, DRAFTED = "petition.replied", "petition.drafted"
BEFORE_A_DRAFT = (gates.TIME, gates.PROCEDURE, gates.NO_DELAY)
"""What can be looked at while nothing is written yet."""


def opinion(file: CaseFile, *, is_petitioner: bool) -> dict[str, Any] | None:
    """The written opinion; a petitioner reads it once it was served."""
    served = max((each.seq for each in file.events if each.type == "petition.served"), default=0)
    given = _last(file, GIVEN, before=served if is_petitioner else None)
    if given is None:
        return None
    return {"on": given.at.date().isoformat(), **_written(file.texts[given.seq])}


def draft(file: CaseFile) -> dict[str, Any] | None:
    """The newest draft as long as no opinion has come of it: for who reads it, and for who has to mend it."""
    drafted = _last(file, DRAFTED)
    if drafted is None or any(each.type == GIVEN and each.seq > drafted.seq for each in file.events):
        return None
    held = file.case.facts.get("draft", {})
    state = ("read" if held.get("read_by") else "drafted") if held.get("seq") == drafted.seq else "returned"
    return {
        "on": drafted.at.date().isoformat(),
        **_written(file.texts[drafted.seq]),
        "state": state,
        "state_label": {"drafted": "待核稿", "read": "待签发", "returned": "已退改"}[state],
        "flags": [{"code": flag, "label": quality.FLAGS[flag]} for flag in drafted.data["flags"]],
    }


def checks(file: CaseFile, today: date) -> list[dict[str, Any]]:
    """三关四查: of what is written at present; of an opinion that was given, as they stood when it was signed."""
    given, drafted = _last(file, GIVEN), _last(file, DRAFTED)
    if file.case.stage in HANDLING:
        if drafted is not None and file.case.facts.get("draft"):
            flags = tuple(drafted.data["flags"])
            return gates.shown(file.case, Opinion.of(file.texts[drafted.seq]), today, flags)
        shown = gates.shown(file.case, Opinion("", ()), today)
        return [each for each in shown if each["code"] in BEFORE_A_DRAFT]
    return gates.recorded(given.data.get("failed", ())) if given else []


def _written(text: dict[str, Any]) -> dict[str, Any]:
    answers = [
        each | {"finding_label": intake.FINDINGS[each["finding"]][0], "law": intake.FINDINGS[each["finding"]][1]}
        for each in text["answers"]
    ]
    return {"facts": text["facts"], "answers": answers, "commitments": list(text.get("commitments", ()))}


def _last(file: CaseFile, wire: str, *, before: int | None = None) -> Recorded | None:
    return next(
        (each for each in reversed(file.events) if each.type == wire and (before is None or each.seq < before)), None
    )
