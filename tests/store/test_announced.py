"""Texts to many in the table: who gets one, who wants none, and that nobody but the sender reads a number."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, cast

import pytest

from chalicelib.clock import CHINA
from chalicelib.domain import announcements as rules
from chalicelib.domain import receiving
from chalicelib.domain.announcements import Audience
from chalicelib.domain.case import PETITIONER, Actor
from chalicelib.domain.intake import Companion, Contact, Proxy
from chalicelib.store import announced, keys
from chalicelib.store.announcements import Announcements
from chalicelib.store.cases import Cases, Command, KeyReused
from chalicelib.store.sealing import Keys
from chalicelib.store.second_person import Taken
from chalicelib.store.table import Busy, Item, Table
from tests.domain import county
from tests.domain.county import MARCH, RULES, TREE, noon

AT = datetime(2026, 11, 25, 10, 0, tzinfo=CHINA)
PHONE = "13900001111"


@pytest.fixture
def kept(cases: Cases) -> Announcements:
    return Announcements(cases.table, cases.keys)


def command(key: str = "k", text: str = "明天停电") -> Command:
    return Command.of("bureau1", key, {"text": text})


def file(cases: Cases, number: str, contact: Contact, **filing: object) -> None:
    change = receiving.register(
        number,
        county.filing(**filing),
        contact,
        TREE.offices["bureau"],
        by=Actor(PETITIONER),
        at=noon(MARCH[2]),
        rules=RULES,
    )
    cases.file(change, contact, Command.of("p", number, {}), at=noon(MARCH[2]), tree=TREE, rules=RULES)


def reached(cases: Cases, audience: Audience = Audience()) -> dict[str, str]:  # noqa: B008  a value
    return dict(each for page in announced.petitioners(cases, audience) for each in page)


def test_what_was_written_is_read_again_and_a_repeat_writes_nothing(kept: Announcements) -> None:
    audience = Audience("城乡建设", "bureau")
    written = kept.write("明天停电", audience, command(), by="bureau1", at=AT)
    assert kept.find(1) == written
    assert kept.write("明天停电", audience, command(), by="bureau1", at=AT + timedelta(minutes=1)) == written
    with pytest.raises(KeyReused):
        kept.write("后天停电", audience, command(text="后天停电"), by="bureau1", at=AT)
    second = kept.write("后天停电", audience, command("k2", "后天停电"), by="bureau1", at=AT)
    assert [each.number for each in kept.newest(limit=1)[0]] == [second.number] == [2]
    assert kept.newest(limit=1)[1] == 2
    assert [each.number for each in kept.newest(limit=1, before=2)[0]] == [1]
    assert kept.under_way() == []


def test_release_and_stop_never_both_win(kept: Announcements) -> None:
    written = kept.write("明天停电", Audience(), command(), by="bureau1", at=AT)
    released = kept.move(written, rules.release(written, by="leader1", at=AT))
    assert kept.under_way() == [released] == [kept.find(1)]
    with pytest.raises(Taken):
        kept.move(written, rules.stop(written, by="bureau1", at=AT))
    assert kept.write("明天停电", Audience(), command(), by="bureau1", at=AT) == released, "the key is kept"
    kept.move(released, rules.end(released, AT))
    assert kept.under_way() == []


def test_a_refusal_can_be_taken_back_and_the_last_word_holds(kept: Announcements) -> None:
    for refuses in (True, True, False, True):
        kept.refuse("i1", refuses=refuses, by="petitioner", at=AT)
        assert kept.refuses("i1") is refuses
    assert kept.refusing(["i1", "i2"]) == {"i1"}
    assert not kept.refuses("i2")


def test_one_text_for_each_number_and_to_the_principal_alone(cases: Cases) -> None:
    beside = {
        "representatives": (Companion("甲", "13700000001"),),
        "joint_signers": (Companion("乙", "13700000002"),),
        "proxy": Proxy("丙", "13700000003", "子女"),
    }
    file(cases, "261234567893", Contact("王某", PHONE, "东街1号"), category="城乡建设/工程质量")
    file(cases, "261234567810", Contact("王某", PHONE, "东街1号", **beside))
    file(cases, "261234567837", Contact("李某", "0736-6622345", "东街2号"))
    file(cases, "261234567853", Contact("赵某", "", "东街3号"))
    assert list(reached(cases).values()) == [PHONE]
    assert list(reached(cases, Audience(category="城乡建设")).values()) == [PHONE]
    assert reached(cases, Audience(org="housing")) == {}


def test_a_recipient_has_one_row_which_is_won_by_one_and_shows_no_number(kept: Announcements, cases: Cases) -> None:
    table, of = cases.table, cases.keys
    for _ in range(2):
        announced.lay(table, of, 1, PHONE, AT)
    assert announced.laid(table, 1) == {announced.whose(of, 1, PHONE)}
    [row] = announced.standing(table, 1, rules.OWED, until=AT)
    assert row.phone(of) == PHONE
    shown = repr(table.query(keys.announcement(1)).items)
    assert PHONE not in shown
    assert of.index("phone", PHONE) not in shown, "nor what leads to his petitions"
    assert announced.whose(of, 2, PHONE) not in shown
    claimed = announced.save(table, row, replace(row, state=rules.CLAIMED, since=AT))
    assert claimed is not None
    assert announced.save(table, row, replace(row, state=rules.CLAIMED, since=AT)) is None
    failed = announced.save(table, claimed, replace(claimed, state=rules.FAILED, reason="号码不存在"))
    assert failed is not None
    assert announced.counts(table, 1) == {**dict.fromkeys(rules.FATES, 0), rules.FAILED: 1}
    assert announced.reasons(table, 1) == {"号码不存在": 1}


def test_who_is_owed_it_later_is_not_shown_before(cases: Cases) -> None:
    announced.lay(cases.table, cases.keys, 1, PHONE, AT)
    [row] = announced.standing(cases.table, 1, rules.OWED, until=AT)
    announced.save(cases.table, row, replace(row, since=AT + timedelta(hours=1)))
    assert announced.standing(cases.table, 1, rules.OWED, until=AT) == []
    assert len(announced.standing(cases.table, 1, rules.OWED, until=AT + timedelta(hours=1))) == 1


@pytest.mark.parametrize(
    ("state", "fate", "becomes"),
    [
        (rules.SENT, "delivered", rules.SENT),
        (rules.SENT, "failed", rules.FAILED),
        (rules.SENT, "rejected", rules.FAILED),
        (rules.UNKNOWN, "delivered", rules.SENT),
        (rules.UNKNOWN, "failed", rules.FAILED),
        (rules.FAILED, "delivered", rules.SENT),
        (rules.FAILED, "sent", rules.FAILED),
        (rules.UNKNOWN, "sent", rules.SENT),
        (rules.NOT_SENT, "delivered", rules.NOT_SENT),
        (rules.OWED, "failed", rules.OWED),
        (rules.CLAIMED, "delivered", rules.SENT),
        (rules.CLAIMED, "failed", rules.FAILED),
        (rules.CLAIMED, "sent", rules.SENT),
    ],
)
def test_a_receipt_tells_what_became_of_what_was_sent(cases: Cases, state: str, fate: str, becomes: str) -> None:
    announced.lay(cases.table, cases.keys, 1, PHONE, AT)
    [row] = announced.standing(cases.table, 1, rules.OWED, until=AT)
    moved = announced.save(cases.table, row, replace(row, state=state, tries=1))
    assert moved is not None
    for _ in range(2):
        assert announced.take(cases.table, [(moved.out_id, fate)], AT) == 0
    assert announced.counts(cases.table, 1)[becomes] == 1
    if fate == "delivered":
        announced.take(cases.table, [(moved.out_id, "failed")], AT)
        assert announced.counts(cases.table, 1)[becomes] == 1, "what the telephone has is not taken back"
    strangers = [(f"bulk-2-{row.whose}-1", fate), ("bulk-1-x-1", fate)]
    assert announced.take(cases.table, strangers, AT) == 2


@pytest.mark.parametrize(
    ("fate", "becomes"), [("failed", rules.CLAIMED), ("rejected", rules.CLAIMED), ("delivered", rules.SENT)]
)
def test_what_became_of_an_earlier_try_is_not_said_of_the_one_under_way(cases: Cases, fate: str, becomes: str) -> None:
    announced.lay(cases.table, cases.keys, 1, PHONE, AT)
    [row] = announced.standing(cases.table, 1, rules.OWED, until=AT)
    first = replace(row, tries=1)
    assert announced.save(cases.table, row, replace(row, state=rules.CLAIMED, tries=2)) is not None
    assert announced.take(cases.table, [(first.out_id, fate)], AT) == 0
    assert announced.counts(cases.table, 1)[becomes] == 1


def test_who_is_still_sending_loses_the_row_to_a_receipt_that_was_faster(cases: Cases) -> None:
    announced.lay(cases.table, cases.keys, 1, PHONE, AT)
    [row] = announced.standing(cases.table, 1, rules.OWED, until=AT)
    claimed = announced.save(cases.table, row, replace(row, state=rules.CLAIMED, tries=1))
    assert claimed is not None
    announced.take(cases.table, [(claimed.out_id, "rejected")], AT)
    assert announced.save(cases.table, claimed, replace(claimed, state=rules.SENT)) is None
    assert announced.reasons(cases.table, 1) == {"号码不能接收短信": 1}


@dataclass
class Moving:
    """A table whose rows move so often between reading and writing, as they do when the sender writes meanwhile."""

    table: Table
    moves: int

    def get(self, pk: str, sk: str) -> Item | None:
        found = self.table.get(pk, sk)
        if found and self.moves:
            self.moves -= 1
            self.table.put(found | {"version": found["version"] + 1})
        return found

    def __getattr__(self, name: str) -> Any:
        return getattr(self.table, name)


def test_a_receipt_that_loses_a_race_is_kept_and_one_that_loses_them_all_comes_again(cases: Cases) -> None:
    announced.lay(cases.table, cases.keys, 1, PHONE, AT)
    [row] = announced.standing(cases.table, 1, rules.OWED, until=AT)
    unknown = announced.save(cases.table, row, replace(row, state=rules.UNKNOWN, tries=1))
    assert unknown is not None
    with pytest.raises(Busy):
        announced.take(cast(Table, Moving(cases.table, 9)), [(unknown.out_id, "delivered")], AT)
    assert announced.counts(cases.table, 1)[rules.UNKNOWN] == 1
    assert announced.take(cast(Table, Moving(cases.table, 3)), [(unknown.out_id, "delivered")], AT) == 0
    assert announced.counts(cases.table, 1)[rules.SENT] == 1


@pytest.mark.parametrize(
    ("sk", "attribute"), [(keys.CONTACT, "sealed"), (keys.CASE, "snapshot"), (keys.CASE, "data_key")]
)
def test_a_case_that_cannot_be_read_keeps_nobody_else_from_being_told(
    cases: Cases, sk: str, attribute: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file(cases, "261234567893", Contact("王某", PHONE, "东街1号"))
    file(cases, "261234567810", Contact("李某", "13900002222", "东街2号"))
    broken = cases.table.get(keys.case("261234567893"), sk)
    assert broken is not None
    cases.table.put(broken | {attribute: b"\x01 no seal"})
    assert list(reached(cases).values()) == ["13900002222"]
    assert "BulkNoticeUnreadable" in capsys.readouterr().out


def test_a_key_service_that_does_not_answer_is_no_fault_of_a_case(cases: Cases) -> None:
    file(cases, "261234567893", Contact("王某", PHONE, "东街1号"))

    def silent(_kind: str) -> bytes:
        raise Busy

    with pytest.raises(Busy):
        reached(Cases(cases.table, Keys(silent, lambda: 0.0)))
