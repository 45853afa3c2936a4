"""Replay: what is read from a file, and the sum at the end. Everything here is pure; the run itself needs a stack."""

import json
from collections import Counter
from typing import Any

import pytest

from chalicelib.notices import wording
from infra.replay import journey, records
from infra.replay.__main__ import SAMPLES
from infra.replay.reckoning import (
    PETITIONER,
    SITE,
    STAFF,
    CaseSum,
    Notice,
    carried,
    compare,
    count_case,
    filed_twice,
    missing,
    percentile,
    promised,
    recognise,
    still_waiting,
)
from infra.replay.records import Record

NUMBER = "266546816856"
PHONE = "19912345678"
CLERK = "19900000042"


def line(**fields: Any) -> str:
    return json.dumps({"msg_id": "7", "title": "路灯不亮", "detail": "三盏路灯坏了两个月。", **fields})


def sms(text_id: str, number: str = NUMBER, phone: str = PHONE) -> dict[str, str]:
    longest = {name: "字" * length for name, length in wording.LONGEST.items()}
    return {
        "phone": phone,
        "text": wording.signed(wording.render(text_id, **{**longest, "no": number}), "青山县信访局"),
    }


def row(
    text_ids: list[str], state: str = "sent", recipient: str = "petitioner", channel: str = "sms"
) -> dict[str, Any]:
    return {"templates": text_ids, "state": state, "recipient": recipient, "channel": channel}


def view(rows: list[dict[str, Any]], *events: str) -> dict[str, Any]:
    return {"notices": rows, "timeline": [{"event": event} for event in events]}


ALL_DONE = ("file", "forward", "accept", "reply", "serve", "rate")
ALL_ROWS = [
    row(["S02", "S02c"]),
    row(["S06"]),
    row(["S15"], recipient="org:housing"),
    row(["S04"]),
    row(["S10", "S11"]),
    row(["M03"], state="delivered", recipient="org:housing", channel="site"),
]
ALL_SMS = [sms(text_id) for text_id in ("S02", "S02c", "S06", "S04", "S10", "S11")] + [sms("S15", phone=CLERK)]


def a_sum(rows: list[dict[str, Any]] | None = None) -> CaseSum:
    return count_case(NUMBER, view(ALL_ROWS if rows is None else rows), "grievance", ALL_DONE)


def test_a_bad_line_is_named_and_the_rest_is_read() -> None:
    lines = [line(), "{not json", "", "[1]", line(detail=" "), line(msg_id="8", title=3), line(msg_id="9")]
    read, bad = records.read(lines)
    assert [record.key for record in read] == ["7", "9"]
    assert [(each.number, each.why) for each in bad] == [
        (2, "not JSON"),
        (4, "not a JSON object"),
        (5, "`detail` is empty"),
        (6, "`title` is not text"),
    ]


def test_count_takes_the_first_good_records() -> None:
    read, bad = records.read(["{", line(msg_id="1"), line(msg_id="2"), "{"], count=2)
    assert ([record.key for record in read], len(bad)) == (["1", "2"], 1)


def test_two_records_of_one_id_are_two_petitions() -> None:
    read, _ = records.read([line(), line(), line(msg_id=None)])
    assert len({record.key for record in read}) == 3


def test_title_text_and_reply_are_cut_to_what_the_system_takes() -> None:
    (record,), _ = records.read([line(title="长" * 70, detail="文" * 10_001, reply="复" * 10_001)])
    assert (len(record.title), len(record.text), len(record.reply)) == (60, 10_000, 10_000)


def test_a_record_without_title_is_named_by_its_first_words() -> None:
    (record,), _ = records.read([line(title=None, detail="第一行\n第二行")])
    assert record.title == "第一行 第二行"


def test_what_is_stored_may_differ_from_what_was_sent_by_cleaning_only() -> None:
    (record,), _ = records.read([line(title="一\t二", detail="𠮷😀\u202e右\r\n左 ")])
    assert (record.stored_title, record.stored_text) == ("一 二", "𠮷😀右\n左")


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("请问怎么办证", "consultation"),
        ("咨询政策，建议公开", "consultation"),
        ("建议增设车站", "suggestion"),
        ("路灯不亮", "grievance"),
    ],
)
def test_the_kind_is_guessed_from_the_words(words: str, kind: str) -> None:
    assert records.guess_kind(words) == kind


def test_a_kind_in_the_record_counts_before_any_guess() -> None:
    (record,), _ = records.read([line(title="请问", kind="grievance")])
    assert record.kind == "grievance"


def test_one_person_files_five_records_and_no_telephone_occurs_twice() -> None:
    many = [Record(str(number), "题", "文", "grievance") for number in range(2000)]
    people = records.people(many, "one")
    assert people["0"] == people["4"] != people["5"]
    assert len({person.phone for person in people.values()}) == 400
    assert all(person.phone.startswith("199") and not person.phone.startswith("1990") for person in people.values())


def test_the_same_run_is_the_same_again_and_another_run_meets_none_of_it() -> None:
    some = [Record(str(number), "题", "文", "grievance") for number in range(10)]
    assert records.people(some, "one") == records.people(some, "one")
    phones = [{person.phone for person in records.people(some, run).values()} for run in ("one", "two")]
    assert not phones[0] & phones[1]
    assert records.key_of("one", some[0], "file") == records.key_of("one", some[0], "file")
    assert len({records.key_of(run, some[0], step) for run in ("one", "two") for step in ("file", "rate")}) == 4


OFFICES = [
    {"id": "bureau", "kind": "bureau", "short": "县信访局", "duties": ["拖欠工资"]},
    {"id": "human-resources", "kind": "department", "short": "县人社局", "duties": ["拖欠工资", "社会保险"]},
    {"id": "urban-management", "kind": "department", "short": "县城管局", "duties": ["油烟", "垃圾"]},
    {"id": "town-qingxi", "kind": "township", "short": "青溪镇政府", "duties": ["村务"]},
]


@pytest.mark.parametrize(
    ("words", "unit"),
    [("工资被拖欠", "human-resources"), ("青溪镇的路", "town-qingxi"), ("𠮷", "urban-management")],
)
def test_a_record_goes_to_the_unit_whose_duties_it_names(words: str, unit: str) -> None:
    assert records.route(Record("1", words, words, "grievance"), OFFICES) == unit


def test_the_samples_are_good_and_of_every_kind() -> None:
    read, bad = records.read(SAMPLES.read_text("utf-8").splitlines())
    assert not bad
    assert len(read) >= 60
    assert {record.kind for record in read} == set(records.KINDS)
    lengths = [len(record.text) for record in read]
    assert min(lengths) <= 12
    assert max(lengths) > 2_500
    assert any("𠮷" in record.text for record in read)
    assert any(record.reply for record in read)
    assert not all(record.reply for record in read)


def test_everything_said_once_is_nothing_lost_and_nothing_doubled() -> None:
    said = compare([a_sum()], carried(ALL_SMS, {NUMBER: PHONE}))
    assert (said.expected, said.sent, said.lost, said.twice) == (8, 8, 0, 0)


def test_a_text_that_never_reached_the_carrier_is_lost_whatever_its_proof_says() -> None:
    case, sent = a_sum(), carried(ALL_SMS[1:], {NUMBER: PHONE})
    assert compare([case], sent).lost == 1
    assert missing(case, sent) == ["S02 to petitioner: owed 1, proved 1, carried 0"]


def test_a_text_without_proof_is_lost_although_it_was_carried() -> None:
    case = a_sum([*ALL_ROWS[1:], row(["S02", "S02c"], state="unknown")])
    assert compare([case], carried(ALL_SMS, {NUMBER: PHONE})).lost == 2


def test_a_text_carried_twice_is_doubled() -> None:
    said = compare([a_sum()], carried([*ALL_SMS, sms("S10")], {NUMBER: PHONE}))
    assert (said.lost, said.twice) == (0, 1)


def test_a_text_nobody_owed_is_doubled_too() -> None:
    assert compare([a_sum()], carried([*ALL_SMS, sms("S09")], {NUMBER: PHONE})).twice == 1


def test_a_notice_row_that_is_gone_is_still_owed_by_its_step() -> None:
    case = a_sum([each for each in ALL_ROWS if each["templates"] != ["S06"]])
    assert compare([case], carried(ALL_SMS, {NUMBER: PHONE})).lost == 1


def test_a_step_the_case_shows_owes_its_notices_though_its_answer_was_lost() -> None:
    case = count_case(
        NUMBER, view([row(["S02", "S02c"])], "petition.registered", "petition.forwarded"), "grievance", ["file"]
    )
    assert case.steps == {"file", "forward"}
    assert case.owed[Notice(NUMBER, "S06", PETITIONER)] == 1


def test_a_reminder_that_came_meanwhile_is_owed_because_the_case_says_so() -> None:
    case = a_sum([*ALL_ROWS, row(["S16"], recipient="org:housing")])
    said = compare([case], carried([*ALL_SMS, sms("S16", phone=CLERK)], {NUMBER: PHONE}))
    assert (said.expected, said.lost, said.twice) == (9, 0, 0)


def test_a_text_to_the_wrong_side_is_lost_there_and_doubled_here() -> None:
    said = compare([a_sum()], carried([*ALL_SMS[:-1], sms("S15")], {NUMBER: PHONE}))
    assert (said.lost, said.twice) == (1, 1)


def test_other_runs_and_login_codes_are_none_of_ours() -> None:
    code = {
        "phone": PHONE,
        "text": wording.signed(wording.render("S01", code="123456", bureau="县信访局"), "青山县信访局"),
    }
    assert carried([code, sms("S02", number="266546816857")], {NUMBER: PHONE}) == Counter()


def test_every_text_message_is_recognised_with_its_case() -> None:
    for text_id, text in wording.texts().items():
        if text.is_sms and "no" in text.needs:
            assert recognise(sms(text_id)["text"]) == (text_id, NUMBER)


def test_what_was_handed_to_a_person_is_not_waited_for() -> None:
    nothing: Counter[Notice] = Counter()
    owed = count_case(NUMBER, view([row(["S02", "S02c"], state="owed")]), "grievance", ("file",))
    given_up = count_case(NUMBER, view([row(["S02", "S02c"], state="handed_to_person")]), "grievance", ("file",))
    assert still_waiting(owed, nothing)
    assert not still_waiting(given_up, nothing)
    assert compare([given_up], nothing).lost == 2


@pytest.mark.parametrize(
    ("kind", "accepted", "served"),
    [("grievance", "S04", "S10"), ("suggestion", "S04b", "S10b"), ("consultation", "S04b", "S08")],
)
def test_each_kind_is_told_in_its_own_words(kind: str, accepted: str, served: str) -> None:
    owed = promised(NUMBER, kind, ALL_DONE)
    assert owed[Notice(NUMBER, accepted, PETITIONER)] == owed[Notice(NUMBER, served, PETITIONER)] == 1
    assert owed[Notice(NUMBER, "M03", STAFF, SITE)] == 1


def test_a_record_filed_under_two_numbers_is_found_by_its_title() -> None:
    assert filed_twice(["甲", "乙"], ["甲", "乙"]) == 0
    assert filed_twice(["甲", "乙"], ["甲", "甲", "乙"]) == 1
    assert filed_twice(["甲", "甲"], ["甲", "甲"]) == 0
    assert filed_twice(["甲"], ["甲", "别人的"]) == 0


@pytest.mark.parametrize(
    ("values", "percent", "expected"),
    [([], 50, 0.0), ([7.0], 95, 7.0), ([4, 1, 3, 2], 50, 2), (list(range(1, 101)), 95, 95), ([1, 2, 3], 100, 3)],
)
def test_a_percentile_is_one_of_the_values(values: list[float], percent: float, expected: float) -> None:
    assert percentile(values, percent) == expected


def a_trace(kind: str, stage: str = "accepted", *events: str) -> journey.Trace:
    record = Record("7", "路灯不亮", "三盏路灯坏了两个月。", kind, reply="已收悉。")
    return journey.Trace(
        record, records.Person("张三", PHONE, "东街"), "housing", stage=stage, happened=frozenset(events)
    )


def test_a_grievance_goes_through_the_hands_of_its_unit_and_goes_on_where_it_stopped() -> None:
    happened: list[str] = []
    taken = []
    for _ in journey.HANDLING:
        taken.append(journey.next_step(a_trace("grievance", "accepted", *happened)))
        happened.append(journey.EVENTS[taken[-1]])
    assert taken == ["hear_petitioner", "investigate", "draft_reply", "second_read", "sign"]
    assert journey.next_step(a_trace("grievance", "replied", *happened)) == "serve"


@pytest.mark.parametrize("kind", ["suggestion", "consultation"])
def test_what_is_no_grievance_is_answered_in_one_step(kind: str) -> None:
    assert journey.next_step(a_trace(kind)) == "reply"


def test_the_offices_own_answer_is_what_the_gate_judges() -> None:
    (answer,) = journey.BODIES["draft_reply"](a_trace("grievance"))["answers"]
    assert answer["answer"] == "已收悉。"


def test_an_opinion_that_was_let_through_is_counted() -> None:
    entry = {"event": "petition.replied", "overridden": True}
    found = count_case(NUMBER, {"notices": [], "timeline": [entry]}, "grievance", ())
    assert found.is_overridden
    assert not a_sum().is_overridden
