"""A forger changes what proofs say and renews the digest of the file: the count finds it, whatever was made up.

The chain holds in all of these files; it is the proofs, and the rules that come with them, that are not true.
"""

import copy
import hashlib
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from chalicelib.domain import deadline_proof, limits
from chalicelib.store import chain
from infra.traces.exports import CITIZEN, STAFF, exported
from infra.verify import deadlines
from infra.verify.days import Days, counted
from infra.verify.deadlines import check
from infra.verify.logs import check_export
from infra.verify.words import LAW, VERDICTS
from tests.domain.upper import MAY
from tests.verify.corrected import corrected
from tests.verify.heard import Step, announced, declined, heard, held, withdrawn

Export = dict[str, Any]
JUNE = {day: date(2026, 6, day) for day in range(1, 31)}
STOPS = announced(MAY[12], MAY[22])
HEARINGS: dict[str, tuple[tuple[Step, ...], list[Any], str]] = {
    "never": ((), [], "overdue"),
    "open": ((STOPS,), [["2026-05-12", None]], "stopped"),
    "held": ((STOPS, held(MAY[22])), [["2026-05-12", "2026-05-23"]], "overdue"),
    "declined": ((STOPS, declined(MAY[14])), [["2026-05-12", "2026-05-15"]], "overdue"),
    "withdrawn": ((STOPS, withdrawn(MAY[15])), [["2026-05-12", None]], "moot"),
    "again": (
        (STOPS, held(MAY[22]), announced(MAY[25], JUNE[5])),
        [["2026-05-12", "2026-05-23"], ["2026-05-25", None]],
        "stopped",
    ),
}


def signed_anew(export: Export) -> bytes:
    """The file of this export, as whoever has no key to anything can write it."""
    inner = chain.coded(export)
    return b'{"digest":"' + hashlib.sha256(inner).hexdigest().encode() + b'","export":' + inner + b"}"


def differences(export: Export) -> list[str]:
    """What does not agree in a file whose bytes hold."""
    read = check_export(signed_anew(export))
    return [each for _, wrong in check(read, read["calendars"]) for each in wrong]


@pytest.fixture(scope="module")
def exports() -> list[Export]:
    """Random traces, some with corrected calendars, as staff and as the petitioner take them away."""
    found = [check_export(exported(seed, by)) for seed in range(1000, 1030) for by in (STAFF, CITIZEN)]
    return found + [each for seed in range(1000, 1015) for each in corrected(seed, STAFF, CITIZEN)]


@pytest.mark.parametrize("by", [STAFF, CITIZEN], ids=["staff", "petitioner"])
@pytest.mark.parametrize("name", HEARINGS)
def test_a_hearing_stops_the_clock_and_the_count_says_the_same(name: str, by: Any) -> None:
    steps, pauses, verdict = HEARINGS[name]
    export = check_export(heard(by, JUNE[20], *steps))
    proof = next(each for each in export["deadline_proofs"] if each["limit"] == "rereview_decide")
    assert (proof["pauses"], proof["verdict"]) == (pauses, verdict)
    assert differences(export) == []


@pytest.mark.parametrize("by", [STAFF, CITIZEN], ids=["staff", "petitioner"])
@pytest.mark.parametrize("name", HEARINGS)
def test_no_other_pause_is_believed_there(name: str, by: Any) -> None:
    export = check_export(heard(by, JUNE[20], *HEARINGS[name][0]))
    place, proof = next(
        (place, each) for place, each in enumerate(export["deadline_proofs"]) if each["limit"] == "rereview_decide"
    )
    kept = proof["pauses"]
    others = [[*kept[:-1]]] if kept else []
    others += [[*kept, ["2026-05-26", None]], [*kept, ["2026-06-08", "2026-06-20"]], [["2026-05-11", None]]]
    for pauses in others:
        forged = copy.deepcopy(export)
        _paused(forged["deadline_proofs"][place], forged, pauses)
        assert any("停止计时应为" in each for each in differences(forged)), pauses


def _paused(proof: dict[str, Any], export: Export, pauses: list[Any]) -> None:
    """With these pauses, and with the verdict that they would give."""
    proof["pauses"] = pauses
    if proof["verdict"] not in ("overdue", "late", "stopped"):
        return
    if any(ends is None for _, ends in pauses) and proof["end"] is None:
        _say(proof, "stopped", None)
    else:
        on = proof["end"]["on"] if proof["end"] else export["on"]
        late = (date.fromisoformat(proof["due"]) + timedelta(days=n) for n in range(1, 1000))
        counted = [day.isoformat() for day in late if day.isoformat() <= on]
        margin = -sum(not any(a <= day < (b or "9") for a, b in pauses) for day in counted)
        _say(proof, "late" if proof["end"] else "overdue", margin)


def _say(proof: dict[str, Any], verdict: str, margin: int | None) -> None:
    proof["verdict"], proof["verdict_label"], proof["margin"] = verdict, VERDICTS[verdict], margin


def _next_day(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def _stands_still(proof: dict[str, Any], export: Export) -> None:
    """Overdue by months becomes "stopped"."""
    _paused(proof, export, [*proof["pauses"], [_next_day(proof["due"]), None]])


def _late_by_a_day(proof: dict[str, Any], export: Export) -> None:
    """All but the first day on which it was late are said not to count."""
    on = proof["end"]["on"] if proof["end"] else export["on"]
    _paused(proof, export, [*proof["pauses"], [_next_day(_next_day(proof["due"])), _next_day(on)]])


def _told_pause_left_out(proof: dict[str, Any], _: Export) -> None:
    proof["pauses"] = proof["pauses"][1:]


def _other_calendar(proof: dict[str, Any], export: Export) -> None:
    export["calendars"]["made.up"] = copy.deepcopy(export["calendars"][proof["calendar"]])
    proof["calendar"] = "made.up"


def _other_article(proof: dict[str, Any], _: Export) -> None:
    proof["derivation"] = proof["derivation"].replace(proof["law"], "第九十九条")
    proof["law"] = "第九十九条"


def _other_article_everywhere(proof: dict[str, Any], export: Export) -> None:
    _other_article(proof, export)
    export["limits"][proof["limit"]]["law"] = "第九十九条"


def _other_kind(proof: dict[str, Any], export: Export) -> None:
    proof["kind"] = export["limits"][proof["limit"]]["kind"] = "service"


def _nonsense(proof: dict[str, Any], _: Export) -> None:
    proof["derivation"] = "胡说"


def _other_day_in_words(proof: dict[str, Any], _: Export) -> None:
    proof["derivation"] = "经批准延至2030年1月1日。" + proof["derivation"]


def _start_not_in_words(proof: dict[str, Any], _: Export) -> None:
    day = date.fromisoformat(proof["start_on"])
    proof["derivation"] = proof["derivation"].replace(f"{day.year}年{day.month}月{day.day}日", "某日")


def _other_article_in_words(proof: dict[str, Any], _: Export) -> None:
    proof["derivation"] = proof["derivation"].replace(f"》{proof['law']}", "》第九十九条")


def _other_number_in_words(proof: dict[str, Any], _: Export) -> None:
    total = proof["days"] + proof["extended_by"]
    for measure in ("日", "个工作日"):
        proof["derivation"] = proof["derivation"].replace(f"{total}{measure}", f"9{total}{measure}")


def _nobody_was_told(proof: dict[str, Any], _: Export) -> None:
    for warning in proof["warnings"]:
        warning["notices"] = []


def _all_was_delivered(proof: dict[str, Any], _: Export) -> None:
    for each in (each for warning in proof["warnings"] for each in warning["notices"]):
        each["state"], each["state_label"] = "delivered", "手机已收到"


def _called_otherwise(proof: dict[str, Any], _: Export) -> None:
    proof["verdict_label"] = "按期完成"


def _left_out_as_an_affair_of_organs(proof: dict[str, Any], export: Export) -> None:
    export["limits"][proof["limit"]]["for_staff"] = True
    export["deadline_proofs"] = [each for each in export["deadline_proofs"] if each["limit"] != proof["limit"]]


def _left_out(proof: dict[str, Any], export: Export) -> None:
    export["deadline_proofs"] = [each for each in export["deadline_proofs"] if each["limit"] != proof["limit"]]


Forgery = Callable[[dict[str, Any], Export], None]
Concerns = Callable[[dict[str, Any], Export], bool]


def _is_late(proof: dict[str, Any], _: Export) -> bool:
    return (proof["margin"] or 0) < -1


def _is_of_the_law(proof: dict[str, Any], _: Export) -> bool:
    return bool(proof["kind"] == "statutory")


def _any(proof: dict[str, Any], _: Export) -> bool:
    return True


FORGERIES: dict[Forgery, Concerns] = {
    _stands_still: lambda proof, _: proof["verdict"] == "overdue",
    _late_by_a_day: _is_late,
    _told_pause_left_out: lambda proof, _: bool(proof["pauses"]),
    _other_calendar: lambda _, export: all("body" in each for each in export["events"]),
    _other_article: _any,
    _other_article_everywhere: _is_of_the_law,
    _other_kind: _is_of_the_law,
    _nonsense: _any,
    _other_day_in_words: _any,
    _start_not_in_words: _any,
    _other_article_in_words: lambda proof, _: proof["law"].startswith("第"),
    _other_number_in_words: lambda proof, _: proof["days"] + proof["extended_by"] > 0,
    _nobody_was_told: lambda proof, export: any(
        each["event_seq"] == warning["seq"] for warning in proof["warnings"] for each in export["notices"]
    ),
    _all_was_delivered: lambda proof, export: (
        export["reader"] == "staff" and any(each["notices"] for each in proof["warnings"])
    ),
    _called_otherwise: lambda proof, _: proof["verdict"] != "in_time",
    _left_out_as_an_affair_of_organs: lambda proof, export: (
        export["reader"] == "petitioner" and proof["limit"] in ("route", "inform", "handle")
    ),
    _left_out: lambda proof, export: (
        proof["limit"] in ("route", "inform_direct") and any("hash" in each for each in export["events"])
    ),
}


def places(forgery: Forgery, exports: list[Export]) -> Iterator[tuple[Export, int]]:
    """Where it can be tried: at most three proofs of each export."""
    for export in exports:
        proofs = enumerate(export["deadline_proofs"])
        found = [place for place, proof in proofs if FORGERIES[forgery](proof, export)]
        yield from ((export, place) for place in found[:3])


@pytest.mark.parametrize("forgery", FORGERIES, ids=lambda each: each.__name__.lstrip("_"))
def test_a_forged_proof_is_found(forgery: Forgery, exports: list[Export]) -> None:
    tried: list[str] = []
    for export, place in places(forgery, exports):
        forged = copy.deepcopy(export)
        forgery(forged["deadline_proofs"][place], forged)
        assert forged != export
        assert differences(forged), (export["reader"], export["deadline_proofs"][place])
        tried.append(export["reader"])
    assert len(tried) > 3


def test_none_of_them_is_found_where_nothing_was_forged(exports: list[Export]) -> None:
    assert [differences(each) for each in exports] == [[]] * len(exports)


def test_invented_pauses_are_found_where_events_were_kept_back(exports: list[Export]) -> None:
    """Of organs and of rights; an event that was kept back explains no pause."""
    kept = [each for each in exports if any("hash" in entry for entry in each["events"])]
    tried: list[str] = []
    for forgery in (_stands_still, _late_by_a_day):
        for export, place in places(forgery, kept):
            forged = copy.deepcopy(export)
            forgery(forged["deadline_proofs"][place], forged)
            assert any("停止计时" in each for each in differences(forged))
            tried.append(forgery.__name__)
    assert min(tried.count("_stands_still"), tried.count("_late_by_a_day")) > 3


def test_a_longer_limit_is_found_though_every_date_was_counted_by_it(exports: list[Export]) -> None:
    tried = 0
    for export in exports:
        for place, proof in enumerate(export["deadline_proofs"]):
            forged = copy.deepcopy(export)
            _longer(forged["deadline_proofs"][place], forged)
            found = differences(forged)
            assert any(each.startswith(("days 应为", "法定期限为")) for each in found) or not _is_told(proof, export)
            tried += bool(found)
    assert tried > 100


def _longer(proof: dict[str, Any], export: Export) -> None:
    """Three weeks more, and each date as counting gives it."""
    proof["days"] += 21
    rule, days = export["limits"][proof["limit"]], Days(export["calendars"][proof["calendar"]])
    pauses = [(date.fromisoformat(a), date.fromisoformat(b)) for a, b in proof["pauses"] if b]
    start, number = date.fromisoformat(proof["start_on"]), proof["days"] + proof["extended_by"]
    legal, plain, _, _ = counted(rule, days, start, number, pauses)
    proof["legal_due"], proof["stat_due"] = legal.isoformat(), plain.isoformat()
    proof["due"] = proof["legal_due"] if proof["of"] == "petitioner" else proof["stat_due"]


def _is_told(proof: dict[str, Any], export: Export) -> bool:
    """Can anybody who reads this know the number: by the law, or by the event that told it?"""
    return bool(LAW.get(proof["limit"], {}).get("number")) or "body" in export["events"][proof["start"]["seq"] - 1]


def test_words_that_no_event_told_are_remarked_upon(
    exports: list[Export], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The wording is not counted again, and the program says so; it shows where words are new."""
    export = copy.deepcopy(exports[0])
    for words in ("", "信访人同意不计算期限。"):
        export["deadline_proofs"][0]["derivation"] = words + export["deadline_proofs"][0]["derivation"]
        (tmp_path / "case.json").write_bytes(signed_anew(export))
        monkeypatch.setattr("sys.argv", ["deadlines", str(tmp_path / "case.json")])
        assert deadlines.main() == 0
        said = capsys.readouterr().out
        assert said.count("提示") == bool(words)
        assert "没有重算" in said


def test_how_verdicts_are_called_and_what_the_law_says_is_written_down_a_second_time() -> None:
    assert VERDICTS == deadline_proof.VERDICTS
    assert {name: rule["article"] for name, rule in LAW.items()} == {
        rule.name: rule.law for rule in limits.KNOWN.values() if rule.kind == "statutory"
    }
