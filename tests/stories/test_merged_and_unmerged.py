"""Three neighbours, one lift: handled together by one unit, answered each for himself."""

import pytest

from chalicelib.api import pairing
from chalicelib.store.tenant import cases
from tests.stories.conftest import Petitioner, give_opinion, run_ways_out

LIFT = {"title": "电梯三天两头停运", "text": "电梯已经困人两次，物业只贴通知不维修。", "claims": ["更换电梯主板"]}
ANSWERS = [
    {
        "claim": 1,
        "finding": "support",
        "answer": "已责令物业公司2026年12月31日前更换电梯主板并重新检验。",
        "basis": "《特种设备安全法》第四十条",
    }
]
FOUND = "经市特种设备检验所检验，电梯主板老化，应当更换。"


@pytest.fixture
def three(client, world, staff, at_work):
    """The three petitions, accepted by the unit, and their petitioners."""
    people = [Petitioner(client, world, f"1990000800{number}").signs_in() for number in (1, 2, 3)]
    numbers = [each.files(**LIFT, name=f"住户{at}")["case_number"] for at, each in enumerate(people)]
    bureau, unit = staff("bureau1"), at_work("housing-clerk")
    for number in numbers:
        bureau.step(number, "forward", {"to": "housing"})
        unit.step(number, "accept", {"track": "petition_procedure", "undertaker": "李工"})
    return numbers, people, unit


@pytest.mark.feature(93)
def test_followers_get_the_opinion_as_a_draft_and_everybody_his_own_answer(three, at_work):
    (leading, *followers), people, unit = three
    before = {number: unit.get(f"/cases/{number}")["clocks"] for number in followers}
    for number in followers:
        seen = unit.step(number, "merge", {"other": leading, "note": "同一部电梯"})
        assert (seen["merged_with"], seen["merged_opinion"]) == (leading, None)
        assert seen["clocks"] == before[number]
    assert unit.get(f"/cases/{leading}")["merged"] == followers

    give_opinion(at_work, leading, {"facts": FOUND, "answers": ANSWERS})
    for number, person in zip(followers, people[1:], strict=True):
        draft = unit.get(f"/cases/{number}")["merged_opinion"]
        assert (draft["case_number"], draft["facts"]) == (leading, FOUND)
        assert "merged_opinion" not in person.get(f"/cases/{number}")
        assert "merged_with" not in person.get(f"/cases/{number}")
        answers = [{name: each[name] for name in ("claim", "finding", "answer", "basis")} for each in draft["answers"]]
        give_opinion(at_work, number, {"facts": draft["facts"], "answers": answers})
        unit.step(number, "serve", {"method": "online", "cause": "conduct"})
        run_ways_out(number)
        assert any("已办结，处理意见书" in text for text in person.texts())
        own = {each["limit"]: each["state"] for each in person.get(f"/cases/{number}")["clocks"]}
        assert (own["ask_review"], own["rating"]) == ("running", "running"), "each has his own rights"
    assert not any("已办结" in text for text in people[0].texts()), "the leading one is served by its own step"


def test_unmerged_matters_go_on_by_themselves(three):
    (leading, follower, _), _, unit = three
    unit.step(follower, "merge", {"other": leading})
    seen = unit.step(follower, "unmerge", {"note": "另一单元的电梯"})
    assert (seen["merged_with"], seen["stage"]) == ("", "accepted")
    assert "merged_opinion" not in seen
    assert unit.get(f"/cases/{leading}")["merged"] == []
    unit.post(f"/cases/{follower}/unmerge", {}, 422, If_Match=f'"{seen["version"]}"')


def test_a_bureau_looks_on_and_does_not_merge_what_a_unit_handles(three, staff):
    (leading, follower, _), _, _ = three
    bureau = staff("bureau2")
    bureau.post(f"/cases/{follower}/merge", {"other": leading}, 403, If_Match='"3"')
    assert "merge" not in [step["action"] for step in bureau.get(f"/cases/{follower}")["next_steps"]]


def test_the_same_command_merges_once(three):
    (leading, follower, _), _, unit = three
    headers = {"If_Match": '"3"', "Idempotency_Key": "merge-once"}
    for _ in range(2):
        assert unit.post(f"/cases/{follower}/merge", {"other": leading}, 200, **headers)["version"] == 4
    assert unit.get(f"/cases/{leading}")["version"] == 4


def test_when_the_leading_one_moves_meanwhile_it_is_decided_again(three, monkeypatch):
    (leading, follower, third), _, unit = three
    stale = cases().load(leading)
    unit.step(third, "merge", {"other": leading})
    held, read = [stale], pairing.other_case
    monkeypatch.setattr(pairing, "other_case", lambda number, *more: held.pop() if held else read(number, *more))
    unit.step(follower, "merge", {"other": leading})
    assert held == []
    assert unit.get(f"/cases/{leading}")["merged"] == [third, follower]
