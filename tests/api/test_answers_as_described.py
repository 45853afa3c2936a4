"""Every route is called as people call it, and every answer is the one that docs/api/openapi.json describes."""

import json
from datetime import timedelta
from typing import Any

import pytest

from chalicelib import clock
from chalicelib.triggers import statistics
from tests.api.described import Described, check
from tests.stories.conftest import A_PETITION, TICKED, Person, Petitioner, prepare, run_ways_out, sweep
from tests.stories.conftest import staff as staff  # a fixture
from tests.stories.second_reader import ARBITRATION, NOT_OURS, PENDING, ended

ANSWERS = [
    {
        "claim": 1,
        "finding": "support",
        "answer": "已责令物业公司退还多收的停车费。",
        "basis": "《物业管理条例》第五十一条",
    },
    {"claim": 2, "finding": "explain", "answer": "您反映的车位属人防工程，由人防部门统一管理。", "basis": ""},
]
A_LETTER = {
    "channel": "letter",
    "received_on": "2024-03-01",
    "kind": "consultation",
    "title": "咨询低保条件",
    "text": "想问低保怎么申请。",
    "petitioner": {"name": "郑桂芳", "phone": "０７３６-6622345", "address": "青溪镇"},
    "helper": "村干部老李",
    "external_number": "QX-17",
}

NEXT_MONTH = (clock.today() + timedelta(days=30)).isoformat()


@pytest.fixture
def client(client: Any) -> Described:
    """The application's client, comparing as it goes."""
    return Described(client)


@pytest.fixture
def petitioner(client: Described, world: Any) -> Petitioner:
    """A citizen who has signed in."""
    return Petitioner(client, world).signs_in()


class Offices:
    """The people of a county's offices, each signed in when first needed."""

    def __init__(self, signed_in: Any) -> None:
        self._signed_in, self._held = signed_in, {}

    def __call__(self, user: str) -> Person:
        if user not in self._held:
            self._held[user] = self._signed_in(user)
        return self._held[user]

    def go_home(self) -> None:
        """All sessions have ended."""
        self._held.clear()


@pytest.fixture
def at_work(staff: Any) -> Offices:
    """Everybody who works for the county."""
    return Offices(staff)


@pytest.fixture
def pass_days(later: Any, petitioner: Petitioner, at_work: Offices) -> Any:
    """Days go by, the sweep runs, and everybody signs in again."""

    def passed(days: int) -> None:
        later(days=days)
        sweep()
        petitioner.token = ""
        petitioner.signs_in()
        at_work.go_home()

    return passed


def seen_by_all(number: str, *people: Person) -> None:
    """Everybody who may see a case reads it as it stands."""
    for each in people:
        each.get(f"/cases/{number}")


def test_the_main_road_is_answered_as_described(petitioner, at_work, pass_days):
    number = petitioner.files()["case_number"]
    run_ways_out(number)
    seen_by_all(number, petitioner, at_work("bureau1"))
    at_work("bureau1").step(number, "forward", {"to": "housing", "note": "请依法办理"})
    seen_by_all(number, petitioner, at_work("bureau1"), at_work("housing-clerk"))
    objection = {"reason": "该小区由开发商自管，不属于我局职责范围。", "suggested": "market"}
    at_work("housing-clerk").step(number, "object", objection)
    seen_by_all(number, petitioner, at_work("bureau1"), at_work("housing-clerk"))
    at_work("bureau1").step(number, "reject_objection", {"reason": "物业管理属你局职责。"})
    at_work("housing-clerk").step(number, "accept", {"track": "petition_procedure", "undertaker": "李工"})
    pass_days(52)
    at_work("housing-head").step(number, "extend", {"days": 30, "reason": "需要委托鉴定"})
    pass_days(45)
    seen_by_all(number, petitioner, at_work("bureau1"), at_work("housing-clerk"))
    clerk, reader = at_work("housing-clerk"), at_work("housing-reader")
    clerk.step(number, "confirm_claims", {"claims": ["退费", "恢复车位"]})
    prepare(clerk, number)
    promise = {"claim": 1, "what": "退还停车费", "due": clock.today().isoformat(), "responsible": "物业科"}
    draft = {"facts": "经查，物业自6月起收费。", "answers": ANSWERS, "commitments": [promise]}
    clerk.step(number, "draft_reply", draft)
    seen_by_all(number, petitioner, clerk)
    reader.step(number, "return_draft", {"reason": "第二项请写明法律依据。"})
    seen_by_all(number, petitioner, clerk)
    clerk.step(number, "draft_reply", draft)
    reader.step(number, "second_read", {"note": "数字已核对"})
    seen_by_all(number, petitioner, clerk)
    at_work("housing-head").step(number, "sign", {"checks": TICKED, "note": "等待鉴定，超过了期限"})
    seen_by_all(number, petitioner, at_work("housing-clerk"))
    at_work("housing-clerk").step(
        number, "serve", {"method": "mail", "proof": "EMS 1234567890123，本人签收", "cause": "dispute"}
    )
    petitioner.step(number, "rate", {"office": "satisfied", "unit": "basically", "solved": False, "remark": "太慢"})
    run_ways_out(number)
    pass_days(40)
    seen_by_all(number, petitioner, at_work("bureau1"))
    ended = at_work("housing-clerk").get(f"/cases/{number}")
    assert ended["stage"] == "concluded"
    told = {entry["event"] for entry in ended["timeline"]}
    assert told >= {"petition.reminded", "petition.overdue", "petition.extended", "petition.concluded"}


def test_the_side_roads_are_answered_as_described(petitioner, at_work, pass_days):
    bureau, unit, town = at_work("bureau1"), at_work("housing-clerk"), at_work("town-qingxi-clerk")
    returned = petitioner.files()["case_number"]
    bureau.step(returned, "assign", {"to": "housing", "due": NEXT_MONTH})
    unit.step(returned, "object", {"reason": "该事项属于市场监督管理部门职责。"})
    bureau.step(returned, "uphold_objection", {"note": "同意"})
    bureau.step(returned, "forward", {"to": "market"})
    seen_by_all(returned, petitioner, bureau, at_work("market-clerk"))

    declined = petitioner.files(unit="housing")["case_number"]
    ended(declined, "decline", NOT_OURS, unit, at_work("housing-head"))
    diverted = petitioner.files(unit="housing")["case_number"]
    ended(diverted, "divert", ARBITRATION, unit, at_work("housing-head"))
    for number in (declined, diverted):
        run_ways_out(number)
        seen_by_all(number, petitioner, unit)

    asked = town.post("/registrations", A_LETTER)["case_number"]
    town.step(asked, "accept", {"track": "consultation", "undertaker": "民政办"})
    town.step(asked, "reply", {"facts": "已告知条件。", "answers": [ANSWERS[0] | {"finding": "explain"}]})
    town.step(asked, "serve", {"method": "online"})
    pass_days(40)
    seen_by_all(asked, at_work("town-qingxi-clerk"))


def test_lists_and_figures_are_answered_as_described(petitioner, at_work, pass_days):
    bureau, unit = at_work("bureau1"), at_work("housing-clerk")
    numbers = [petitioner.files(title=f"第{n}件")["case_number"] for n in range(3)]
    bureau.step(numbers[0], "forward", {"to": "housing"})
    unit.step(numbers[0], "object", {"reason": "不属于我局职责范围，请核实。"})
    closed = bureau.post("/registrations", A_LETTER | {"kind": "suggestion"})["case_number"]
    ended(closed, "decline", PENDING, bureau, at_work("bureau2"))
    for number in (*numbers, closed):
        run_ways_out(number)
        statistics.record(statistics.cases(), number)
    pass_days(13)
    bureau = at_work("bureau1")
    assert bureau.get("/worklist")["counts"]["yellow"]
    for light in ("red", "yellow", "green", "all"):
        bureau.get(f"/worklist?light={light}")
    bureau.get("/worklist?stage=registered&done=true")
    page = bureau.get("/worklist?limit=1")
    bureau.get(f"/worklist?limit=1&cursor={page['next_cursor']}")
    page = petitioner.get("/my/petitions?limit=2")
    petitioner.get(f"/my/petitions?limit=2&cursor={page['next_cursor']}")
    assert bureau.get("/messages")["items"]
    assert {each["org"] for each in bureau.get("/colleagues")["items"]} == {"bureau", "county"}
    month = bureau.get("/cases/" + closed)["registered_at"][:7]
    assert bureau.get(f"/statistics?month={month}")["total"] == 4
    assert bureau.get("/statistics?month=2019-01")["total"] == 0
    pass_days(5)
    page = at_work("bureau1").get("/watch?light=all&limit=1")
    assert at_work("leader1").get("/watch?light=red")["items"]
    at_work("bureau1").get(f"/watch?light=all&limit=1&cursor={page['next_cursor']}")
    for user in ("window1", "leader1", "supervisor1", "joint1"):
        at_work(user).get("/worklist")


def test_supervision_is_answered_as_described(petitioner, at_work):
    number = petitioner.files()["case_number"]
    bureau, unit, leader, joint = (at_work(user) for user in ("bureau1", "housing-head", "leader1", "joint1"))
    bureau.step(number, "forward", {"to": "housing"})
    for who, action, body in (
        (leader, "press", {}),
        (bureau, "supervise", {"kind": "letter", "problem": "delay", "demand": "说明进展。", "due": NEXT_MONTH}),
        (unit, "answer_order", {"text": "已办理。"}),
        (bureau, "verify_order", {"accepted": False, "note": "不实。", "due": NEXT_MONTH}),
        (joint, "impose", {"measure": "listed", "text": "挂牌督办。", "due": NEXT_MONTH}),
        (bureau, "recommend", {"advice": "improve", "text": "建议公示。"}),
        (unit, "feed_back", {"adopted": "partly", "text": "部分采纳。"}),
        (leader, "instruct", {"text": "抓紧落实。", "due": NEXT_MONTH}),
        (unit, "report_instruction", {"text": "已落实。"}),
        (leader, "take_charge", {"note": "每周调度。"}),
        (leader, "close_charge", {"text": "已化解。"}),
        (petitioner, "complain", {"kind": "delay", "against": "unit", "text": "拖延。"}),
        (bureau, "answer_complaint", {"result": "partly", "text": "已督促。"}),
    ):
        who.step(number, action, body)
    run_ways_out(number)
    seen_by_all(number, petitioner, bureau, unit, leader, joint)


def test_many_at_once_are_answered_as_described(at_work):
    bad = A_LETTER | {"channel": "pigeon", "received_on": "soon"}
    content = "\n".join(json.dumps(each, ensure_ascii=False) for each in (A_LETTER, bad))
    found = at_work("window1").post("/imports", {"format": "jsonl", "content": content}, 200)
    assert (found["accepted"], found["rejected"]) == (1, 1)
    header = "channel,received_on,kind,title,text,name,phone\n"
    content = header + "phone,2024-03-01,grievance,路灯不亮,三天了,周桂兰,13800138000\nphone,,,,,,\n"
    found = at_work("window1").post("/imports", {"format": "csv", "content": content}, 200)
    assert (found["accepted"], found["rejected"]) == (1, 1)


def test_signing_in_and_out_is_answered_as_described(client, world, petitioner, at_work):
    filed = petitioner.files(identity_number="11010519491231002X")
    both = {"case_number": filed["case_number"], "query_code": filed["query_code"]}
    guest = Person(client, world)
    guest.post("/track", both, 200)
    guest.token = guest.post("/sessions", both)["token"]
    seen_by_all(filed["case_number"], guest)
    for each in (guest, petitioner, at_work("housing-clerk"), at_work("admin1")):
        each.get("/me")
        assert each.call("DELETE", "/sessions/current").status_code == 204
        assert each.call("GET", "/me").status_code == 401


def test_what_everybody_may_know_is_answered_as_described(client, world):
    guest = Person(client, world)
    guest.get("/health")
    tag = guest.call("GET", "/meta").headers["ETag"]
    assert guest.call("GET", "/meta", If_None_Match=tag).status_code == 304


def test_every_kind_of_no_is_answered_as_described(client, world, petitioner, at_work):
    filed, bureau = petitioner.files(), at_work("bureau1")
    number = filed["case_number"]
    forward, to = f"/cases/{number}/forward", {"to": "housing"}
    petitioner.post(forward, to, 403, If_Match='"1"')
    petitioner.post("/petitions", {"kind": 7}, 422)
    petitioner.post("/petitions", A_PETITION, 400, Idempotency_Key="")
    petitioner.post("/petitions", {}, 415, Content_Type="text/plain")
    petitioner.post("/petitions", {"text": "长" * 100_000}, 413)
    petitioner.post("/track", {"case_number": number, "query_code": "1" * 16}, 422)
    petitioner.post("/imports", {}, 404)
    bureau.post(forward, to, 428)
    bureau.post(forward, to, 412, If_Match='"7"')
    bureau.post(forward, {"to": "bureau"}, 422, If_Match='"1"')
    bureau.post(forward.replace("forward", "serve"), {"method": "online"}, 409, If_Match='"1"')
    bureau.post("/cases/261234567890/forward", to, 404, If_Match='"1"')
    assert bureau.call("GET", "/worklist?limit=many").status_code == 400
    guest = Person(client, world)
    guest.post(forward, to, 401, If_Match='"1"')
    form = {"user": "nobody", "password": "x", "totp": "000000"}
    assert [guest.call("POST", "/staff/sessions", form).status_code for _ in range(6)] == [401] * 5 + [429]


def test_an_answer_that_differs_from_its_description_is_found(client, world):
    class Told:
        status_code, headers = 200, {"Content-Type": "application/json", "X-Request-Id": "1"}
        body = b'{"status": "ok", "stage": "test", "time": "2024-03-01T09:00:00+08:00", "secret": 1}'

    with pytest.raises(AssertionError, match="secret"):
        check("GET", "/health", Told())
    Told.body = b'{"status": "ok", "stage": "test", "time": "2024-03-01T09:00:00"}'
    with pytest.raises(AssertionError, match="date-time"):
        check("GET", "/health", Told())
    Told.status_code = 500
    with pytest.raises(AssertionError, match="not described"):
        check("GET", "/health", Told())
