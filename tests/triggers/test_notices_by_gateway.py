"""The way of a notice through a gateway that gives receipts: delivered in the end, or with a person, and never twice
without a doubt on record.
"""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.case import PETITIONER
from chalicelib.domain.owed import SMS, Notice
from chalicelib.notices.gateway import FATES, GatewaySender
from chalicelib.profiles.profile import Budget, Limit
from chalicelib.store import checks_notices, delivery, guard, keys, proofs
from chalicelib.store.quotas import Quotas
from chalicelib.store.table import Busy
from chalicelib.triggers.notices import carry
from infra.gateway.model import GOOD, Gateway
from tests.triggers.world import PHONE, World

KEY = b"agreed with the gateway"


class Wired(World):
    """The county of the other tests, with a gateway in place of its carrier."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.gateway = Gateway(KEY, lambda: self.at, faults=GOOD, callbacks=GOOD)
        sender = GatewaySender(
            "https://gateway", "青山县信访局", lambda: KEY, now=lambda: self.at, wire=self.gateway.post
        )
        self.post = replace(self.post, sender=sender, gives_receipts=True, lookup_lag=self.gateway.lag)

    def call_back(self) -> None:
        """The gateway brings what is due."""
        for _, body in self.gateway.due_callbacks():
            told = [(each["out_id"], FATES[each["state"]]) for each in json.loads(body)["receipts"]]
            delivery.take(self.table, told, self.at)

    def go_on(self, **length: int) -> None:
        """Time passes, swept every five minutes."""
        end = self.at + timedelta(**length)
        while self.at < end:
            self.pass_time(minutes=5)
            self.sweep()

    def got(self) -> list[str]:
        """Our numbers of what the petitioner's telephone received."""
        return [out_id for phone, _, out_id in self.gateway.got if phone == PHONE]


@pytest.fixture
def world() -> Wired:
    return Wired()


@pytest.fixture
def filed(world: Wired) -> str:
    return world.file()


def test_a_callback_for_each_text_ends_the_notice(world: Wired, filed: str) -> None:
    world.deliver(filed)
    assert world.proof(filed).state == proofs.SENT
    world.pass_time(minutes=11)
    world.call_back()
    assert world.proof(filed).state == proofs.DELIVERED
    assert world.got() == [f"{filed}-1-S02-1", f"{filed}-1-S02c-1"]


def test_when_no_callback_comes_it_is_asked(world: Wired, filed: str) -> None:
    world.gateway.callbacks = {"callback lost": 1.0}
    world.deliver(filed)
    world.go_on(minutes=15)
    assert world.proof(filed).state == proofs.DELIVERED


@pytest.mark.parametrize("fault", ["answer lost", "500 after it was taken"])
def test_a_lost_answer_is_settled_by_asking_and_nothing_is_repeated(world: Wired, filed: str, fault: str) -> None:
    world.gateway.faults, world.gateway.callbacks = {fault: 1.0}, {"callback lost": 1.0}
    world.deliver(filed)
    assert world.proof(filed).state == proofs.UNKNOWN
    world.go_on(minutes=90)
    assert world.proof(filed).state == proofs.DELIVERED
    assert world.got() == [f"{filed}-1-S02-1", f"{filed}-1-S02c-1"]


def test_a_lost_request_is_sent_once_more_when_it_is_surely_on_no_record(world: Wired, filed: str) -> None:
    world.gateway.faults = {"request lost": 1.0}
    world.deliver(filed)
    world.gateway.faults = GOOD
    world.go_on(minutes=10)
    assert world.got() == []
    world.go_on(minutes=30)
    world.call_back()
    assert world.proof(filed).state == proofs.DELIVERED
    first = world.proof(filed).attempts[0]
    assert (first.fate, first.reason) == (delivery.ABSENT, "运营商没有回应，结果待核实")
    assert world.got() == [f"{filed}-1-S02-2", f"{filed}-1-S02c-1"]


def test_when_the_second_request_is_lost_too_a_person_tells(world: Wired, filed: str) -> None:
    world.gateway.faults = {"request lost": 1.0}
    world.deliver(filed)
    world.go_on(hours=2)
    assert (world.proof(filed).state, world.got()) == (proofs.HANDED, [])
    assert len(world.proof(filed).attempts) == 2
    assert world.table.count("lists", keys.inbox("bureau")) == 1


def test_ok_without_sending_is_found_out_and_raises_its_alarm_within_a_quarter_of_an_hour(
    world: Wired, filed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    world.gateway.faults = {"OK, and nothing sent": 1.0}
    world.deliver(filed)
    world.go_on(minutes=15)
    assert "NoticeVanished" in capsys.readouterr().out
    world.go_on(hours=2)
    assert world.proof(filed).state == proofs.HANDED


def test_a_telephone_that_is_off_is_tried_three_times_and_then_a_person_tells(world: Wired, filed: str) -> None:
    world.gateway.faults = {"telephone off": 1.0}
    world.deliver(filed)
    world.go_on(hours=72)
    proof = world.proof(filed)
    assert (proof.state, proof.reason, proof.tries("S02")) == (proofs.HANDED, "手机未能收到", 3)


def test_a_number_that_does_not_exist_is_a_persons_task_with_the_next_sweep(world: Wired, filed: str) -> None:
    world.gateway.faults = {"number does not exist": 1.0}
    world.deliver(filed)
    world.pass_time(minutes=11)
    world.call_back()
    world.go_on(minutes=5)
    assert (world.proof(filed).state, world.proof(filed).reason) == (proofs.HANDED, "号码不能接收短信")


def test_a_unit_whose_text_was_sent_and_never_confirmed_finds_it_in_its_inbox(world: Wired, filed: str) -> None:
    """Nothing of such a row is left to be said: whom it goes to does not depend on a text whose turn it is."""
    world.forward(filed)
    world.deliver(filed, 2)
    world.gateway.down = ((world.at, world.at + timedelta(hours=100)),)
    world.go_on(hours=96)
    proof = world.proof(filed, 2, "org:housing")
    assert (proof.state, proof.inbox and proof.inbox[0]) == (proofs.HANDED, keys.inbox("housing"))


def test_a_gateway_that_is_down_for_eight_hours_costs_no_try_and_nobody_his_notice(world: Wired, filed: str) -> None:
    world.gateway.down = ((world.at, world.at + timedelta(hours=8)),)
    world.deliver(filed)
    world.go_on(hours=10)
    world.call_back()
    assert world.proof(filed).state == proofs.DELIVERED
    assert world.got() == [out_id for out_id in world.got() if out_id.endswith(("-1", "-2"))]
    assert len(world.got()) == 2


def test_a_gateway_that_is_down_for_three_days_leaves_it_to_a_person_who_reads_why(world: Wired, filed: str) -> None:
    world.gateway.down = ((world.at, world.at + timedelta(days=5)),)
    world.deliver(filed)
    world.go_on(hours=96)
    proof = world.proof(filed)
    assert proof.state == proofs.HANDED
    assert proof.reason in ("短信网关无法连接", "运营商没有回应，结果待核实", delivery.NO_FATE)
    assert world.got() == []


class Counted:
    """Counters in memory that can be out of order."""

    def __init__(self, *, works: bool = True) -> None:
        self.n: dict[str, int] = {}
        self.works = works

    def count(self, action: str, rule: Limit, subject: str) -> None:
        self._asked(rule.closed)
        name = f"{action} {rule.per} {subject}"
        if self.n.get(name, 0) >= rule.most:
            raise guard.TooMany("", 30)
        self.n[name] = self.n.get(name, 0) + 1

    def uncount(self, action: str, rule: Limit, subject: str) -> None:
        self.n[f"{action} {rule.per} {subject}"] -= 1

    def spend(self, period: str, _ends: int, most: int | None) -> int | None:
        self._asked(closed=True)
        if most is not None and self.n.get(period, 0) >= most:
            return None
        self.n[period] = self.n.get(period, 0) + 1
        return self.n[period]

    def unspend(self, period: str) -> None:
        self.n[period] -= 1

    def _asked(self, closed: bool) -> None:
        if not self.works and closed:
            raise Busy


RATES = {"notice": (Limit("everybody", 60, 1),)}


def quotas(counted: Counted, world: Wired, *budgets: Budget) -> Quotas:
    return Quotas(RATES, budgets, counted.count, counted.uncount, counted.spend, lambda: world.at, counted.unspend)


def test_where_there_is_no_room_a_text_waits_and_is_no_try(world: Wired, filed: str) -> None:
    counted = Counted()
    world.post = replace(world.post, quotas=quotas(counted, world))
    world.deliver(filed)
    proof = world.proof(filed)
    assert (proof.state, proof.text, len(proof.attempts)) == (proofs.OWED, "S02c", 1)
    assert proof.wake_at == world.at + timedelta(seconds=30)
    counted.n.clear()
    world.go_on(minutes=5)
    assert len(world.got()) == 2


def test_a_budget_that_is_used_up_stops_codes_before_the_reserve_and_no_notice(
    world: Wired, filed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    counted = Counted()
    of_day = replace(quotas(counted, world, Budget("day", 3, 2)), limits={})
    of_day.take_for_code()
    with pytest.raises(guard.TooMany) as used_up:
        of_day.take_for_code()
    assert used_up.value.retry_after == 14 * 3600
    world.post = replace(world.post, quotas=of_day)
    world.deliver(filed)
    assert len(world.got()) == 2
    assert "SmsBudgetExceeded" not in capsys.readouterr().out
    of_day.notice_went()
    assert "SmsBudgetExceeded" in capsys.readouterr().out


def test_when_nobody_can_count_the_law_goes_on_and_a_code_is_refused(
    world: Wired, filed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = quotas(Counted(works=False), world, Budget("day", 3, 2))
    world.post = replace(world.post, quotas=replace(broken, limits={}))
    world.deliver(filed)
    assert len(world.got()) == 2
    assert "LimitNotCounted" in capsys.readouterr().out
    with pytest.raises(Busy):
        broken.take_for_code()


def test_a_number_that_is_full_until_tomorrow_is_a_persons_task_today(world: Wired, filed: str) -> None:
    def full(_action: str, _rule: Limit, _subject: str) -> None:
        raise guard.TooMany("", 20 * 3600)

    world.post = replace(world.post, quotas=replace(quotas(Counted(), world), count=full))
    world.deliver(filed)
    proof = world.proof(filed, recipient=PETITIONER)
    assert (proof.state, proof.reason) == (proofs.HANDED, "这个号码的短信已达上限")


def test_a_gateway_that_is_down_uses_up_no_budget(world: Wired, filed: str) -> None:
    counted = Counted()
    world.post = replace(world.post, quotas=replace(quotas(counted, world, Budget("day", 3, 2)), limits={}))
    world.gateway.faults = {"no line": 1.0}
    world.deliver(filed)
    world.go_on(hours=6)
    assert counted.n.get("2026-11-25", 0) == 0
    world.gateway.faults = {"answer lost": 1.0}
    world.go_on(hours=1, minutes=30)
    assert counted.n["2026-11-25"] >= 1, "what may have been sent has been paid for"


def test_an_urgent_text_waits_for_no_room(world: Wired, filed: str) -> None:
    counted = Counted()
    world.post = replace(world.post, quotas=quotas(counted, world))
    counted.n["notice everybody *"] = 1
    row = proofs.proof(proofs.owed_item(filed, 1, Notice("org:housing", SMS, ("S27",)), world.at))
    world.table.put(proofs.item(row))
    carry(world.post, world.cases.read(filed), row)
    assert [out_id for _, _, out_id in world.gateway.got] == [f"{filed}-1-S27-1-orghousing"]


def test_how_long_a_notice_waited_is_told_with_its_first_try_and_counts_no_night(
    world: Wired, filed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    def waited() -> list[float]:
        lines = [json.loads(line) for line in capsys.readouterr().out.splitlines() if "NoticeWaitedSeconds" in line]
        return [line["NoticeWaitedSeconds"] for line in lines]

    world.post = replace(world.post, quotas=quotas(full := Counted(), world))
    full.n["notice everybody *"] = 1
    world.deliver(filed)
    world.go_on(minutes=10)
    assert waited() == []
    full.n.clear()
    world.go_on(minutes=5)
    assert waited() == [15 * 60]
    world.post = replace(world.post, quotas=None)
    world.at = world.at.replace(hour=21)
    other = world.file(number=999)
    world.deliver(other)
    world.go_on(hours=12)
    assert waited() == [0]


def test_a_doubt_that_the_gateway_settles_rings_for_nobody(
    world: Wired, filed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    world.gateway.faults = {"answer lost": 1.0}
    world.deliver(filed)
    world.go_on(minutes=90)
    said = capsys.readouterr().out
    assert "NoticeInDoubt" in said
    assert "NoticeUnknown" not in said
    assert "NoticeHandedOver" not in said


def test_a_month_ends_with_its_last_day(world: Wired) -> None:
    seen: list[tuple[str, int]] = []

    def spend(period: str, ends: int, _most: int | None) -> int:
        seen.append((period, ends))
        return 1

    replace(quotas(Counted(), world, Budget("month", 9, 1), Budget("day", 9, 1)), spend=spend).take_for_code()
    assert [period for period, _ in seen] == ["2026-11", "2026-11-25"]
    assert [ends - int(world.at.timestamp()) for _, ends in seen] == [(5 * 24 + 14) * 3600, 14 * 3600]


@pytest.mark.parametrize(
    ("fault", "state"),
    [("", proofs.DELIVERED), ("telephone off", proofs.HANDED), ("OK, and nothing sent", proofs.HANDED)],
)
def test_a_lost_row_is_asked_about_text_by_text_and_never_sent_again(
    world: Wired, filed: str, fault: str, state: str
) -> None:
    world.gateway.faults = {fault: 1.0} if fault else GOOD
    world.deliver(filed)
    world.pass_time(minutes=30)
    owed = Notice(PETITIONER, SMS, ("S02", "S02c"))
    world.table.put(proofs.item(checks_notices.lost(filed, 1, owed, {}, world.at)))
    assert world.proof(filed).state == proofs.UNKNOWN
    taken = {out_id: len(said) for out_id, said in world.gateway.messages.items()}
    world.gateway.faults = GOOD
    world.go_on(hours=50)
    assert world.proof(filed).state == state
    assert {out_id: len(said) for out_id, said in world.gateway.messages.items()} == taken


@pytest.mark.parametrize(
    ("said", "state"),
    [
        (("delivered", ""), proofs.UNKNOWN),
        (("", "delivered"), proofs.UNKNOWN),
        (("failed", ""), proofs.FAILED),
        (("", "rejected"), proofs.FAILED),
        (("delivered", "absent"), proofs.FAILED),
        (("delivered", "delivered"), proofs.DELIVERED),
        (("sent", "sent"), proofs.SENT),
    ],
)
def test_what_is_said_of_one_text_of_a_lost_row_says_nothing_of_the_other(
    world: Wired, filed: str, said: tuple[str, str], state: str
) -> None:
    row = checks_notices.lost(filed, 1, Notice(PETITIONER, SMS, ("S02", "S02c")), {}, world.at)
    for text, fate in zip(row.texts, said, strict=True):
        row = delivery.record(row, f"{filed}-1-{text}-1", fate, world.at) if fate else row
    assert (row.state, len(row.attempts)) == (state, 2)
    assert row.state != proofs.FAILED or delivery.is_spent(row, world.at), "a person tells"


def test_a_lost_row_of_which_nobody_says_anything_is_told_by_a_person_after_three_days(
    world: Wired, filed: str
) -> None:
    world.gateway.down = ((world.at, world.at + timedelta(hours=100)),)
    owed = Notice(PETITIONER, SMS, ("S02", "S02c"))
    world.table.put(proofs.item(checks_notices.lost(filed, 1, owed, {}, world.at)))
    world.go_on(hours=74)
    assert (world.proof(filed).state, world.got()) == (proofs.HANDED, [])
