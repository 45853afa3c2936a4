"""Steps asked for wrongly, too late, twice or at the same time: refused by name, and never taken by half or double."""

from datetime import timedelta
from typing import Any

import pytest

from chalicelib import clock
from chalicelib.store.cases import Cases
from chalicelib.store.tenant import cases
from tests.api.refusals import refused, send
from tests.stories.conftest import A_PETITION, HEARD, LOOKED, TICKED, Person

FORWARD, ACCEPT = {"to": "housing"}, {"track": "petition_procedure", "undertaker": "李工"}
FIRST, SECOND = (
    {
        "claim": 1,
        "finding": "support",
        "answer": "责令物业公司30日内退还多收的停车费。",
        "basis": "《物业管理条例》第五十一条",
    },
    {"claim": 2, "finding": "explain", "answer": "您反映的车位属人防工程，由人防部门统一管理。"},
)
REPLY = {"facts": "经现场查看，并向两户业主了解，物业自6月起收费。", "answers": [FIRST, SECOND]}
SERVICE = {"method": "online", "cause": "conduct"}
FORWARDED = (("bureau1", "forward", FORWARD),)
ACCEPTED = (*FORWARDED, ("housing-clerk", "accept", ACCEPT))
PREPARED = (*ACCEPTED, ("housing-clerk", "hear_petitioner", HEARD), ("housing-clerk", "investigate", LOOKED))
DRAFTED = (*PREPARED, ("housing-clerk", "draft_reply", REPLY))
READ = (*DRAFTED, ("housing-reader", "second_read", {}))
REPLIED = (*READ, ("housing-head", "sign", {"checks": TICKED, "note": "同意"}))
ROAD = {
    "registered": (),
    "forwarded": FORWARDED,
    "accepted": ACCEPTED,
    "prepared": PREPARED,
    "drafted": DRAFTED,
    "read": READ,
    "replied": REPLIED,
    "served": (*REPLIED, ("housing-clerk", "serve", SERVICE)),
}
WRONG: list[tuple[str, str, dict[str, Any], tuple[str, ...]]] = [
    ("registered", "forward", {}, ("/to",)),
    ("registered", "forward", {"to": "nowhere"}, ("/to",)),
    ("registered", "forward", {"to": "bureau"}, ("/to",)),
    ("registered", "forward", {"to": "province"}, ("/to",)),
    ("registered", "forward", {"to": "住建局"}, ("/to",)),
    ("registered", "forward", {"to": 5, "note": "长" * 2001, "why": ""}, ("/to", "/note", "/why")),
    ("registered", "assign", {"to": "housing"}, ("/due",)),
    ("registered", "assign", {"to": "housing", "due": "soon"}, ("/due",)),
    ("registered", "assign", {"to": "housing", "due": "2024-01-01"}, ("/due",)),
    ("forwarded", "object", {"reason": "不归我管"}, ("/reason",)),
    ("forwarded", "object", {"reason": "该小区由开发商自管，不属我局", "suggested": "nowhere"}, ("/suggested",)),
    ("forwarded", "accept", {}, ("/track", "/undertaker")),
    ("forwarded", "accept", {"track": "consultation", "undertaker": "李工"}, ("/track",)),
    ("forwarded", "accept", {"track": "fast", "undertaker": " "}, ("/track", "/undertaker")),
    ("forwarded", "propose_ending", {"ground": "we_are_busy", "explanation": "忙"}, ("/ground",)),
    ("forwarded", "propose_ending", {"ground": "arbitration", "explanation": "有仲裁协议"}, ("/where_to",)),
    (
        "forwarded",
        "propose_ending",
        {"ground": "court", "where_to": ["法院"]},
        ("/ground", "/where_to", "/explanation"),
    ),
    ("forwarded", "propose_ending", {"ground": "rereviewed", "explanation": "重复", "earlier": "12"}, ("/earlier",)),
    ("forwarded", "propose_ending", {"ground": "rereviewed", "explanation": "重复提出"}, ("/earlier",)),
    ("forwarded", "decline", {"note": 1, "ground": "pending_elsewhere"}, ("/note", "/ground")),
    ("forwarded", "reclassify", {"reason": "写错了", "kind": "praise", "track": ""}, ("/kind",)),
    ("forwarded", "reclassify", {"reason": "写错了", "track": "suggestion"}, ("/track",)),
    ("forwarded", "reclassify", {"reason": "写错了", "category": "没有这一类"}, ("/category",)),
    ("forwarded", "accept", {"track": "petition_procedure", "undertaker": "李工", "limit_days": 5}, ("/limit_days",)),
    ("forwarded", "accept", {"track": "perform_duty", "undertaker": "李工", "limit_days": 5}, ("/basis",)),
    ("accepted", "extend", {"days": 0, "reason": "需要鉴定"}, ("/days",)),
    ("accepted", "extend", {"days": "30", "reason": "需要鉴定"}, ("/days",)),
    ("accepted", "extend", {"days": 1.5, "reason": "\u0000"}, ("/days", "/reason")),
    ("prepared", "draft_reply", {"facts": "经查", "answers": []}, ("/answers",)),
    ("prepared", "draft_reply", {"facts": "经查", "answers": [FIRST]}, ("/answers",)),
    (
        "prepared",
        "draft_reply",
        {"facts": "经查", "answers": [FIRST, FIRST | {"claim": 9}]},
        ("/answers", "/answers/1/claim"),
    ),
    ("prepared", "draft_reply", {"facts": "经查", "answers": [FIRST | {"basis": ""}, SECOND]}, ("/answers/0/basis",)),
    ("prepared", "draft_reply", {"facts": "经查", "answers": [SECOND, 7]}, ("/answers/1",)),
    ("prepared", "draft_reply", {"answers": [FIRST | {"finding": "maybe"}]}, ("/facts", "/answers/0/finding")),
    ("prepared", "draft_reply", {"facts": "长" * 10_001, "answers": [FIRST, SECOND]}, ("/facts",)),
    ("accepted", "confirm_claims", {"claims": ["诉"] * 11}, ("/claims",)),
    ("accepted", "confirm_claims", {"claims": []}, ("/claims",)),
    ("accepted", "hear_petitioner", {"how": "dream", "note": ""}, ("/how", "/note")),
    ("accepted", "hear_petitioner", HEARD | {"held_on": "2099-01-01"}, ("/held_on",)),
    ("accepted", "investigate", LOOKED | {"held_on": "2019-01-01"}, ("/held_on",)),
    ("accepted", "mark_historical", {}, ("/reason",)),
    (
        "prepared",
        "draft_reply",
        REPLY | {"commitments": [{"claim": 3, "what": "退", "due": "2099-01-01", "responsible": "李工"}]},
        ("/commitments/0/claim",),
    ),
    (
        "prepared",
        "draft_reply",
        REPLY | {"commitments": [{"claim": 1, "what": "退", "due": "2099-01-01", "responsible": "李工"}]},
        ("/commitments/0/due",),
    ),
    ("drafted", "return_draft", {}, ("/reason",)),
    ("read", "sign", {"checks": ["no_delay"]}, ("/checks",)),
    ("read", "sign", {"checks": ["all"]}, ("/checks/0",)),
    ("replied", "serve", {"method": "pigeon"}, ("/method",)),
    ("replied", "serve", {"method": "online"}, ("/cause",)),
    ("replied", "serve", SERVICE | {"method": "mail"}, ("/proof",)),
    ("replied", "serve", SERVICE | {"served_on": "2099-01-01"}, ("/served_on",)),
    ("replied", "serve", SERVICE | {"served_on": "2019-01-01"}, ("/served_on",)),
    ("served", "rate", {"office": "satisfied", "unit": "great"}, ("/unit", "/solved")),
    ("served", "rate", {"office": "satisfied", "unit": "basically", "solved": "yes"}, ("/solved",)),
]
TAKER = {
    "forward": "bureau1",
    "assign": "bureau1",
    "extend": "housing-head",
    "sign": "housing-head",
    "return_draft": "housing-reader",
}


@pytest.fixture
def at_work(staff: Any) -> Any:
    """The people of the offices, each signed in once."""
    held: dict[str, Person] = {}
    return lambda user: held.setdefault(user, held.get(user) or staff(user))


@pytest.fixture
def at_stage(petitioner: Any, at_work: Any) -> Any:
    """`at_stage("accepted")`: the number of a case that has come so far, with two claims."""

    def made(stage: str) -> str:
        number = petitioner.files()["case_number"]
        for user, action, body in ROAD[stage]:
            at_work(user).step(number, action, body)
        return str(number)

    return made


@pytest.mark.parametrize("stage", ROAD)
def test_what_is_wrong_with_a_step_is_named(stage, at_stage, at_work, petitioner):
    number = at_stage(stage)
    for _stage, action, body, pointers in (each for each in WRONG if each[0] == stage):
        taker = petitioner if action == "rate" else at_work(TAKER.get(action, "housing-clerk"))
        version = f'"{len(ROAD[stage]) + 1}"'
        refused(taker, f"/cases/{number}/{action}", body, 422, *pointers, If_Match=version)
    assert petitioner.get(f"/cases/{number}")["version"] == len(ROAD[stage]) + 1


def test_a_rule_of_the_law_is_told_with_its_article(at_stage, at_work):
    number, head = at_stage("accepted"), at_work("housing-head")
    told = refused(head, f"/cases/{number}/extend", {"days": 31, "reason": "需要鉴定"}, 422, If_Match='"3"')
    assert (told["code"], told["law"]) == ("extension_refused", "第三十四条")
    head.step(number, "extend", {"days": 30, "reason": "需要鉴定"})
    told = refused(head, f"/cases/{number}/extend", {"days": 1, "reason": "再延一次"}, 422, If_Match='"4"')
    assert told["law"] == "第三十四条"


@pytest.mark.parametrize("action", ["serve", "rate", "reply", "uphold_objection", "extend"])
def test_a_step_that_does_not_follow_from_the_stage_is_refused(action, at_stage, at_work):
    bodies = {
        "serve": SERVICE,
        "rate": {"office": "satisfied", "unit": "basically", "solved": True},
        "reply": REPLY,
        "uphold_objection": {},
        "extend": {"days": 5, "reason": "需要鉴定"},
    }
    number = at_stage("registered")
    told = refused(at_work("bureau1"), f"/cases/{number}/{action}", bodies[action], 409, If_Match='"1"')
    assert told["code"] == "wrong_stage"


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ("", 428), ("1", 400), ("*", 400), ('"one"', 400), ('"-1"', 400), ('"1', 400), ('"1","2"', 400), ("'1'", 400),
        ('"１"', 400), ('"99999999999"', 400), ('"0"', 412), ('"2"', 412), ('"999999999"', 412),
    ],
)  # fmt: skip
def test_a_change_says_on_which_version_it_was_decided(sent, status, at_stage, at_work):
    told = refused(at_work("bureau1"), f"/cases/{at_stage('registered')}/forward", FORWARD, status, If_Match=sent)
    assert "刷新" in told["detail"] if status == 412 else "If-Match" in told["detail"]


@pytest.mark.parametrize("key", ["", "带中文", "x" * 256])
def test_a_step_without_a_usable_idempotency_key_is_refused(key, at_stage, at_work):
    number = at_stage("registered")
    refused(at_work("bureau1"), f"/cases/{number}/forward", FORWARD, 400, If_Match='"1"', Idempotency_Key=key)


@pytest.mark.parametrize("raw", [b"", b"[]", b"{", b'{"to": "housing", "to": "market"}'])
def test_a_step_that_is_not_a_json_object_is_refused(raw, at_stage, at_work):
    refused(at_work("bureau1"), f"/cases/{at_stage('registered')}/forward", raw, 400, If_Match='"1"')


def test_a_megabyte_is_no_step(at_stage, at_work):
    number = at_stage("registered")
    content = FORWARD | {"note": "a" * 1_000_000}
    refused(at_work("bureau1"), f"/cases/{number}/forward", content, 413, If_Match='"1"')


def test_who_comes_second_is_told_to_look_again(at_stage, at_work):
    number = at_stage("registered")
    send(at_work("bureau1"), "POST", f"/cases/{number}/forward", FORWARD, If_Match='"1"', Idempotency_Key="first")
    told = refused(at_work("bureau2"), f"/cases/{number}/forward", {"to": "market"}, 412, If_Match='"1"')
    assert (told["code"], told["title"]) == ("stale", "事项已有更新")


def test_of_two_clerks_who_have_read_the_same_version_only_one_is_heard(at_stage, at_work, monkeypatch):
    number = at_stage("registered")
    read_by_both = cases().load(number)
    at_work("bureau2")
    send(at_work("bureau1"), "POST", f"/cases/{number}/forward", FORWARD, If_Match='"1"', Idempotency_Key="first")
    reads_once(monkeypatch, read_by_both)
    refused(at_work("bureau2"), f"/cases/{number}/forward", {"to": "market"}, 412, If_Match='"1"')
    assert at_work("bureau1").get(f"/cases/{number}")["agency"]["id"] == "housing"


def test_one_step_sent_twice_at_the_same_time_is_taken_once_and_answered_twice(at_stage, at_work, monkeypatch, world):
    number = at_stage("registered")
    read_by_both = cases().load(number)
    path, headers = f"/cases/{number}/forward", {"If_Match": '"1"', "Idempotency_Key": "once"}
    first = send(at_work("bureau1"), "POST", path, FORWARD, **headers)
    stored = len(world.items("cases"))
    reads_once(monkeypatch, read_by_both)
    second = send(at_work("bureau1"), "POST", path, FORWARD, **headers)
    assert (first.status_code, second.status_code) == (200, 200)
    assert second.body == first.body
    assert len(world.items("cases")) == stored


def test_a_step_repeated_later_is_answered_and_not_taken_again(at_stage, at_work, world):
    number = at_stage("registered")
    path, headers = f"/cases/{number}/forward", {"If_Match": '"1"', "Idempotency_Key": "once"}
    first = send(at_work("bureau1"), "POST", path, FORWARD, **headers)
    stored = len(world.items("cases"))
    again = send(at_work("bureau1"), "POST", path, FORWARD, **headers)
    assert (again.status_code, again.body, again.headers["ETag"]) == (200, first.body, '"2"')
    assert len(world.items("cases")) == stored
    told = refused(at_work("bureau1"), path, {"to": "market"}, 422, **headers)
    assert told["code"] == "key_reused"


def test_a_filing_repeated_is_answered_byte_for_byte_and_stored_once(petitioner, world, later):
    first = send(petitioner, "POST", "/petitions", A_PETITION, Idempotency_Key="once")
    stored = len(world.items("cases"))
    later(minutes=2)
    again = send(petitioner, "POST", "/petitions", A_PETITION, Idempotency_Key="once")
    assert (first.status_code, again.status_code, again.body) == (201, 201, first.body)
    assert len(world.items("cases")) == stored
    told = refused(petitioner, "/petitions", A_PETITION | {"title": "另一件"}, 422, Idempotency_Key="once")
    assert told["code"] == "key_reused"
    other = send(petitioner, "POST", "/petitions", A_PETITION, Idempotency_Key="twice")
    assert other.json_body["case_number"] != first.json_body["case_number"]


def test_a_registration_repeated_is_answered_byte_for_byte_and_stored_once(at_work, world):
    letter = {
        "channel": "letter",
        "received_on": (clock.today() - timedelta(days=3)).isoformat(),
        "kind": "consultation",
        "title": "咨询低保",
        "text": "怎么申请？",
        "petitioner": {"name": "郑桂芳", "address": "青溪镇"},
    }
    first = send(at_work("window1"), "POST", "/registrations", letter, Idempotency_Key="once")
    stored = len(world.items("cases"))
    again = send(at_work("window1"), "POST", "/registrations", letter, Idempotency_Key="once")
    assert (first.status_code, again.status_code, again.body) == (201, 201, first.body)
    assert len(world.items("cases")) == stored


def test_the_same_key_of_two_people_is_two_keys(at_work):
    letter = {"channel": "visit", "received_on": "2024-03-01", "kind": "grievance", "title": "a", "text": "b"}
    body = letter | {"petitioner": {}}
    numbers = {
        send(at_work(user), "POST", "/registrations", body, Idempotency_Key="once").json_body["case_number"]
        for user in ("window1", "bureau1", "housing-clerk")
    }
    assert len(numbers) == 3


def reads_once(monkeypatch: pytest.MonkeyPatch, stale: Any) -> None:
    """The next read of the case sees what stood there before: both callers have read at the same time."""
    load = Cases.load
    reads = iter([stale])
    monkeypatch.setattr(Cases, "load", lambda self, case_id: next(reads, None) or load(self, case_id))
