"""Everybody behind a petition can be found again by what he left, and nobody without the key learns who he is."""

from dataclasses import replace
from datetime import date

import pytest

from chalicelib.domain import own, receiving
from chalicelib.domain.case import Case
from chalicelib.domain.intake import Companion, Contact
from chalicelib.store import contacts, finding, items, keys
from chalicelib.store.cases import Cases, Command, StaleCase
from chalicelib.store.table import Absent, Put
from tests.domain import county
from tests.domain.county import CONTACT, CROWD, MARCH, NUMBER, RULES, STRANGER, TREE, noon
from tests.store.conftest import open_keys


def file(cases: Cases, contact: Contact, number: str = NUMBER, **changes: object) -> Case:
    change = receiving.register(
        number, county.filing(**changes), contact, TREE.offices["bureau"], by=county.CITIZEN, at=noon(MARCH[2]),
        rules=RULES,
    )  # fmt: skip
    cases.file(change, contact, Command.of("p", number, {}), at=noon(MARCH[2]), tree=TREE, rules=RULES)
    return cases.load(number).case


def found(cases: Cases, field: str, held: str) -> list[str]:
    return [row.case.id for row in finding.by_person(cases, field, held, lambda _case: True)]


def test_all_people_of_a_petition_are_read_back(cases: Cases) -> None:
    file(cases, CROWD)
    assert cases.read(NUMBER).contact == CROWD


@pytest.mark.parametrize(("field", "held"), [
    ("phone", CROWD.phone), ("identity", CROWD.identity_number), ("name", CROWD.name), ("name", "张 三丰"),
    ("phone", "13911110001"), ("name", "赵大江"), ("phone", "13922220002"), ("name", "孙03"), ("phone", "13933330001"),
])  # fmt: skip
def test_each_of_them_is_found(cases: Cases, field: str, held: str) -> None:
    file(cases, CROWD)
    assert found(cases, field, held) == [NUMBER]


def test_a_proxy_is_not_the_petitioner_and_is_not_found_by_his_name(cases: Cases) -> None:
    file(cases, CROWD)
    assert found(cases, "name", "李代书") == []
    assert ("name", "李代书") not in set(contacts.petitioners(CROWD))


def test_a_case_is_in_a_list_once_whoever_shares_a_telephone(cases: Cases) -> None:
    family = replace(CONTACT, representatives=(Companion("张三丰", CONTACT.phone), Companion("张四", CONTACT.phone)))
    file(cases, family)
    assert found(cases, "phone", CONTACT.phone) == [NUMBER]
    assert found(cases, "name", "张三丰") == [NUMBER]


def test_pointers_of_a_crowd_are_bounded_and_its_first_are_found(cases: Cases) -> None:
    signers = tuple(Companion(f"联名{number}", f"1390001{number:04}") for number in range(500))
    file(cases, replace(CROWD, joint_signers=signers))
    written = cases.table.query(keys.case(NUMBER), prefix=keys.LINKS).items
    assert len(written) == contacts.MOST_LINKS
    assert found(cases, "phone", "13911110002") == [NUMBER]
    assert cases.read(NUMBER).contact.joint_signers == signers


def test_one_who_files_alone_costs_no_pointer_but_that_of_his_identity_number(cases: Cases) -> None:
    file(cases, replace(CONTACT, identity_number=""))
    assert cases.table.query(keys.case(NUMBER), prefix=keys.LINKS).items == []
    assert found(cases, "name", CONTACT.name) == [NUMBER]


def test_what_may_not_be_seen_is_not_found(cases: Cases) -> None:
    file(cases, CROWD)
    assert finding.by_person(cases, "phone", CROWD.phone, lambda _case: False) == []


def test_no_more_are_shown_than_a_page_holds(cases: Cases, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "MOST_FOUND", 5)  # fifty filings take moto a minute: it copies every table for each
    cases = Cases(cases.table, open_keys())
    for number in range(finding.MOST_FOUND + 3):
        file(cases, replace(CONTACT, identity_number=""), f"2600000{number:05}")
    assert len(found(cases, "phone", CONTACT.phone)) == finding.MOST_FOUND


def join(cases: Cases, held: object, phone: str) -> Case:
    assert held.case  # type: ignore[attr-defined]
    change = own.join(held.case, by=STRANGER, on=MARCH[4], rules=RULES)  # type: ignore[attr-defined]
    place = change.case.facts["people"]["s"]
    rows = contacts.joining(
        held.case,
        Companion("吴小燕", phone),
        place,
        held.key,
        cases.person,  # type: ignore[attr-defined]
    )
    beside = [Put(rows[0], Absent()), *map(Put, rows[1:])]
    said = Command.of("petitioner", phone, {})
    return cases.commit(held, change, said, at=noon(MARCH[4]), tree=TREE, rules=RULES, beside=beside)  # type: ignore[arg-type]


def test_who_joins_stands_after_those_who_signed_and_finds_the_case_in_his_list(cases: Cases) -> None:
    file(cases, CROWD, open_to_join=True)
    assert join(cases, cases.load(NUMBER), "13944440001").version == 2
    assert cases.read(NUMBER).contact.joint_signers == (*CROWD.joint_signers, Companion("吴小燕", "13944440001"))
    assert found(cases, "phone", "13944440001") == [NUMBER]
    stored = cases.table.get(keys.case(NUMBER), keys.signer(4))
    assert stored is not None
    assert stored["kind"] == items.SIGNER
    assert "吴小燕".encode() not in stored["sealed"]


def test_of_two_who_join_at_once_one_asks_again_and_nobody_takes_anothers_place(cases: Cases) -> None:
    file(cases, CONTACT, open_to_join=True)
    one, two = cases.load(NUMBER), cases.load(NUMBER)
    join(cases, one, "13944440001")
    with pytest.raises(StaleCase):
        join(cases, two, "13944440002")
    join(cases, cases.load(NUMBER), "13944440002")
    assert [each.phone for each in cases.read(NUMBER).contact.joint_signers] == ["13944440001", "13944440002"]


def test_the_same_person_is_known_by_each_of_his_marks(cases: Cases) -> None:
    file(cases, CROWD)
    other = Contact("孙01", "13955550001")
    people = finding.same_people(cases, other)
    assert people == {keys.case(NUMBER): ("name",)}
    assert set(finding.same_people(cases, CROWD)[keys.case(NUMBER)]) == {"phone", "identity", "name"}


def test_open_desks_are_read_with_what_they_ask_for(cases: Cases) -> None:
    file(cases, CONTACT)
    listed = finding.open_desks(cases, "bureau", date(2026, 3, 4))
    said = list(finding.read(cases, listed, lambda _case: True))
    assert [(each.case.id, each.title, each.claims) for each in said] == [(NUMBER, "小区停车乱收费", county.CLAIMS)]
    assert list(finding.read(cases, listed, lambda _case: False)) == []
