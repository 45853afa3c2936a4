"""The product in a world that goes wrong: nothing is lost, doubled, missed or late; and the eyes that say so do see."""

import json
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from chalicelib.store import chain, items, keys
from chalicelib.store.sealing import DataKey, SealBroken
from chalicelib.triggers import notices
from infra.torture.__main__ import Run, _worlds
from infra.torture.accusers import Accusation
from infra.torture.clients import Petition
from infra.torture.faults import KINDS
from infra.torture.naive import NAIVE
from infra.torture.play import OURS, in_silence, play
from infra.torture.provider import whose
from infra.torture.remembered import remembering
from infra.torture.tally import Tally, table
from infra.torture.world import World

WORLDS, CASES = 3, 50


@pytest.fixture(scope="module")
def ours() -> Tally:
    """A few worlds of the product."""
    tally = Tally(OURS)
    for number in range(WORLDS):
        tally.add(play((OURS, f"11/{number}", CASES, 1.0)))
    return tally


def test_no_invariant_breaks_whatever_goes_wrong(ours: Tally) -> None:
    assert ours.wrong == []
    assert ours.figures["cases"] >= WORLDS * CASES * 0.97
    assert ours.acknowledged > WORLDS * CASES


def test_more_than_thirty_kinds_of_fault_ten_to_a_case(ours: Tally) -> None:
    assert len(ours.injected) > 30
    assert set(ours.injected) <= set(KINDS)
    assert sum(ours.injected.values()) > WORLDS * CASES * 8


def test_every_invariant_is_looked_at_but_that_of_money(ours: Tally) -> None:
    looked_at = {name for name, times in ours.checks.items() if times}
    assert looked_at == {"I1", "I2", "I3", "I4", "I5", "I6", "I7", "I9", "I10"}


def test_every_notice_ended(ours: Tally) -> None:
    ended = ("sent", "delivered", "handed_to_person", "needless", "spread", "told")
    assert sum(ours.figures[f"notices_{state}"] for state in ended) == ours.figures["notices"] > WORLDS * CASES


@pytest.mark.parametrize("design", NAIVE)
def test_a_naive_design_is_caught(design: str) -> None:
    tally = Tally(design)
    tally.add(play((design, "11/0", CASES, 1.0)))
    assert tally.is_caught


def test_the_same_seed_plays_the_same_world() -> None:
    first, second = (play((OURS, "12/0", 30, 1.0)) for _ in range(2))
    assert first.injected == second.injected
    assert _without_time(first.figures) == _without_time(second.figures)
    assert _without_time(play((OURS, "12/1", 30, 1.0)).figures) != _without_time(first.figures)


def test_without_faults_nothing_is_unheard_and_nothing_waits() -> None:
    found = play((OURS, "13/0", 30, 0.0))
    assert (found.wrong, found.injected) == ([], Counter())
    assert found.figures["answers_lost_or_busy"] == found.figures["late_with_alarm"] == 0
    assert found.figures["filed"] == 30


def test_what_is_logged_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    sound = play((OURS, "13/1", 10, 1.0))
    assert sound.wrong == []
    assert sound.figures["log_lines"] > 0
    result = notices._result

    def talkative(post: Any, file: Any, claimed: Any, phone: str, words: str) -> Any:
        notices.logger.error("rings", extra={"number": phone})
        return result(post, file, claimed, phone, words)

    monkeypatch.setattr(notices, "_result", talkative)
    assert play((OURS, "13/1", 10, 1.0)).wrong == ["I9 the logs carry personal data"]


def test_what_is_remembered_is_still_what_the_bytes_say() -> None:
    with in_silence(), remembering() as memory:
        world = World("13/2", 1.0)
        for number in range(20):
            Petition(world, number)
        world.run()
    assert len(memory.kept["read"]) > 20
    assert memory.changed() == []
    next(iter(memory.kept["read"].values())).data["channel"] = "altered"
    assert len(memory.changed()) == 1


def test_what_does_not_open_is_never_taken_for_open() -> None:
    key, other = DataKey(b"1" * 32, b""), DataKey(b"2" * 32, b"")
    with remembering():
        envelope = key.seal(b"text", "here")
        assert key.unseal(envelope, "here") == key.unseal(envelope, "here") == b"text"
        for opener, place in ((other, "here"), (key, "there")):
            with pytest.raises(SealBroken):
                opener.unseal(envelope, place)


def test_a_run_that_tried_too_little_does_not_hold(ours: Tally) -> None:
    naive = Tally("dual write", figures=Counter(notices_lost=1))
    faults, cases = sum(ours.injected.values()), WORLDS * CASES
    assert faults >= 10 * cases
    assert Run("11", {OURS: ours, "dual write": naive}, 1.0, cases).holds
    assert not Run("11", {OURS: ours, "dual write": naive}, 1.0, faults // 10 + 1).holds
    assert not Run("11", {OURS: ours, "dual write": Tally("dual write")}, 1.0, cases).holds


def test_a_violation_says_which_world_to_play_again() -> None:
    assert list(_worlds("5/3", 1000, 1.0)) == [(OURS, "5/3", 100, 1.0)]
    assert [asked[1] for asked in _worlds("5", 250, 1.0) if asked[0] == OURS] == ["5/0", "5/1", "5/2"]
    assert {asked[2] for asked in _worlds("5", 250, 1.0)} == {100}, "a world that is played again is as large as it was"


def test_the_table_has_a_line_for_every_fault_and_every_design(ours: Tally) -> None:
    said = table({OURS: ours, **{name: Tally(name) for name in NAIVE}}, "11", 1.0)
    for word in (*KINDS.values(), *NAIVE, "丢失", "重复", "漏办", "迟办"):
        assert word in said


# What the eyes have to see: one thing of a sound world is made wrong.


def _tampered(world: World) -> None:
    event = _some(world, items.EVENT)
    event["body"] = chain.pack(chain.unpack(event["body"]).replace(b'"seq":1', b'"seq":2'))


def _lost(world: World) -> None:
    case_id = next(iter(next(told.numbers for told in world.checks.filed.values() if told.numbers)))
    del world.checks.cases[case_id]


def _doubled(world: World) -> None:
    one, two, *_ = [seen for seen in world.checks.cases.values() if seen.first]
    two.first = one.first


def _never_sent(world: World) -> None:
    world.provider.sent.clear()


def _sent_again(world: World) -> None:
    for number in world.provider.sent:
        world.provider.sent[number] += 1


def _left_open(world: World) -> None:
    notice = next(row for row in _all(world, items.NOTICE) if json.loads(row["state"])["state"] == "sent")
    notice["state"] = json.dumps(json.loads(notice["state"]) | {"state": "claimed"})


def _sent_again_after_a_refusal(world: World) -> None:
    """A certain refusal is no doubt: whoever was refused did not send."""
    row = next(each for each in _all(world, items.NOTICE) if json.loads(each["state"])["state"] == "sent")
    state = json.loads(row["state"])
    refused = state["attempts"][0] | {"reason": "限流", "fate": ""}
    row["state"] = json.dumps(state | {"attempts": [refused, *state["attempts"]]}, ensure_ascii=False)
    number = state["attempts"][0]["out_id"]
    world.provider.sent[whose(number)] += 1


def _said_without_sending(world: World) -> None:
    row = next(each for each in _all(world, items.NOTICE) if json.loads(each["state"])["state"] == "sent")
    world.provider.sent[whose(json.loads(row["state"])["attempts"][0]["out_id"])] = 0


def _half_a_step(world: World) -> None:
    seen = next(seen for seen in world.checks.cases.values() if seen.commands)
    command, size = seen.commands[-1]
    seen.commands[-1] = (command, size + 1)


def _gone(world: World) -> None:
    row = _some(world, items.NOTICE)
    del world.memory._items[row["pk"], row["sk"]]


def _in_the_open(world: World) -> None:
    notice = _some(world, items.NOTICE)
    notice["state"] = json.dumps(json.loads(notice["state"]) | {"reason": "打不通19900990001"}, ensure_ascii=False)


def _in_another_list(world: World) -> None:
    _some(world, items.CASE)["list_name"] = "DONE#nobody"


DAMAGE = {
    "I1 acknowledged": _lost,
    "I1 one filing": _doubled,
    "I2": _tampered,
    "I3 lost": _never_sent,
    "I3 open": _left_open,
    "I4": _sent_again,
    "I4 refused": _sent_again_after_a_refusal,
    "I3 sent": _said_without_sending,
    "I3 gone": _gone,
    "I1 half": _half_a_step,
    "I9": _in_the_open,
    "I10": _in_another_list,
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_to_a_sound_world_is_seen(damage: str) -> None:
    assert _seen_after(DAMAGE[damage]) == {damage.split()[0]}


def test_a_grant_to_the_accused_is_seen() -> None:
    world = _sound_world(lambda world: Accusation(world, 1))
    pk = next(pk for pk, _ in world.memory._items if pk.startswith("CASE#"))
    case = world.checks.cases[pk.removeprefix("CASE#")].case
    assert case is not None
    world.checks._accused(case, world.memory._items[pk, keys.CASE])
    assert world.found.wrong == []
    above = case.desks[0].org
    key = world.reports.load(case.id).key
    sealed = world.memory._items[pk, keys.ACCUSED]
    sealed["sealed"] = key.seal(json.dumps([above]).encode(), f"cases|{pk}|{keys.ACCUSED}|sealed")
    world.checks._accused(case, world.memory._items[pk, keys.CASE])
    assert {each[:2] for each in world.found.wrong} == {"I7"}
    assert any(f"{above} has it" in each for each in world.found.wrong)


def test_a_moment_that_is_wrong_and_a_wait_without_alarm_are_seen() -> None:
    world = _sound_world(lambda world: Petition(world, 1), runs=False)
    world.agenda[0][2]()
    (pk, sk), case = next((key, row) for key, row in world.memory._items.items() if row["kind"] == items.CASE)
    world._carry_on()
    assert world.found.wrong == []
    world.memory.put(case | {"version": case["version"], "wake_at": "2025-01-07T00:00:00Z"})
    world.memory.written.clear()
    world.checks.look([], {pk: None})
    assert [each[:2] for each in world.found.wrong] == ["I5"]
    world.now = world.now.replace(year=2026)
    world.checks.after_sweep(has_finished=True)
    assert {each[:2] for each in world.found.wrong} == {"I3", "I5", "I6"}, "its notice is owed for a year, too"
    assert sk == keys.CASE


def _seen_after(damage: Callable[[World], None]) -> set[str]:
    world = _sound_world(lambda world: [Petition(world, number) for number in range(12)])
    assert world.found.wrong == []
    damage(world)
    world.checks.at_the_end()
    return {each.split()[0] for each in world.found.wrong}


def _sound_world(begin: Callable[[World], object], *, runs: bool = True) -> World:
    with in_silence():
        world = World("14/0", 0.0)
        begin(world)
        if runs:
            world.run()
    return world


def _all(world: World, kind: str) -> list[dict[str, object]]:
    return [item for item in world.memory._items.values() if item["kind"] == kind]


def _some(world: World, kind: str) -> dict[str, object]:
    return _all(world, kind)[0]


def _without_time(figures: Counter[str]) -> dict[str, int]:
    return {name: number for name, number in figures.items() if name != "cpu_ms"}
