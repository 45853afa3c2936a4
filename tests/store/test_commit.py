"""A commit happens wholly or not at all, and its caller is told which: never "probably saved"."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from chalicelib.domain import opinion, receiving
from chalicelib.domain.case import Case, Change
from chalicelib.domain.errors import NotFound, TargetRefused
from chalicelib.store import items, keys
from chalicelib.store.cases import Cases, Command, Held, KeyReused, NumberTaken, StaleCase, StaleTree
from chalicelib.store.table import Busy, Table, Write
from tests.domain import county
from tests.domain.county import BUREAU_CLERK, CITIZEN, CONTACT, HOUSING_CLERK, MARCH, NUMBER, RULES, TREE, noon
from tests.store.conftest import open_keys

ANOTHER_NUMBER = "269876543219"
FILING = Command.of("petitioner|13800138000", "key-1", {"title": "停车"})


def registered(number: str = NUMBER, **changes: Any) -> Change:
    return receiving.register(
        number, county.filing(**changes), CONTACT, TREE.offices["bureau"], by=CITIZEN, at=noon(MARCH[2]), rules=RULES
    )


def file(cases: Cases, number: str = NUMBER, command: Command = FILING) -> str:
    return cases.file(registered(number), CONTACT, command, at=noon(MARCH[2]), tree=TREE, rules=RULES)


def forward(case: Case, to: str = "housing") -> Change:
    return receiving.forward(case, to, tree=TREE, by=BUREAU_CLERK, on=MARCH[3], rules=RULES)


def commit(cases: Cases, held: Held, change: Change, key: str = "step", body: object = None) -> Case:
    return cases.commit(held, change, Command.of("staff", key, body), at=noon(MARCH[3]), tree=TREE, rules=RULES)


def count(table: Table, sk: str) -> int:
    return sum(1 for number in (NUMBER, ANOTHER_NUMBER) if table.get(keys.case(number), sk))


def test_a_filed_case_is_read_back_whole(cases: Cases) -> None:
    file(cases)
    found = cases.read(NUMBER)
    assert found.case == cases.load(NUMBER).case
    assert (found.case.stage, found.case.version, len(found.events)) == ("registered", 1, 1)
    assert found.contact == CONTACT
    assert found.texts[1]["claims"] == list(county.CLAIMS)
    assert found.events[0].data["received_on"] == "2026-03-02"
    assert [notice["kind"] for notice in found.notices] == [items.NOTICE]


def test_a_case_that_does_not_exist_is_not_found(cases: Cases) -> None:
    with pytest.raises(NotFound):
        cases.load(NUMBER)
    with pytest.raises(NotFound):
        cases.read(NUMBER)


def test_a_case_is_in_the_lists_it_belongs_to_as_soon_as_it_is_filed(cases: Cases) -> None:
    file(cases)
    table = cases.table
    assert table.hits("lists", keys.worklist("bureau")).items[0]["list_key"] == f"2026-03-17#{NUMBER}"
    assert table.count("lists", cases.person("phone", CONTACT.phone)) == 1
    assert table.count("lists", cases.person("identity", CONTACT.identity_number)) == 1
    due = table.hits("due", keys.shard(NUMBER)).items
    assert {(item["kind"], item["wake_at"]) for item in due} >= {("case", "2026-03-12T00:00:00Z")}


def test_a_step_moves_the_case_from_desk_to_desk(cases: Cases) -> None:
    file(cases)
    held = cases.load(NUMBER)
    commit(cases, held, forward(held.case))
    assert cases.table.count("lists", keys.worklist("bureau")) == 0
    assert cases.table.count("lists", keys.worklist("housing")) == 1
    held = cases.load(NUMBER)
    objection = receiving.object_to(held.case, "不属于我局", tree=TREE, by=HOUSING_CLERK, on=MARCH[4], rules=RULES)
    commit(cases, held, objection)
    assert cases.table.count("lists", keys.worklist("bureau")) == 1, "the bureau has the objection to decide"


def test_the_version_is_the_number_of_events(cases: Cases) -> None:
    file(cases)
    held = cases.load(NUMBER)
    case = commit(cases, held, forward(held.case))
    assert case.version == 2
    assert [event.seq for event in cases.read(NUMBER).events] == [1, 2]


def test_the_same_filing_sent_twice_is_one_case_with_one_number(cases: Cases) -> None:
    assert file(cases) == NUMBER
    assert file(cases, ANOTHER_NUMBER) == NUMBER
    assert count(cases.table, keys.CASE) == 1
    assert cases.filed(FILING) == NUMBER


def test_a_filing_that_was_never_sent_has_no_number(cases: Cases) -> None:
    assert cases.filed(FILING) is None


def test_the_same_key_with_another_body_is_told(cases: Cases) -> None:
    file(cases)
    other = Command.of("petitioner|13800138000", "key-1", {"title": "漏水"})
    with pytest.raises(KeyReused):
        file(cases, ANOTHER_NUMBER, other)
    with pytest.raises(KeyReused):
        cases.filed(other)
    assert count(cases.table, keys.CASE) == 1


def test_the_same_key_of_another_person_is_another_filing(cases: Cases) -> None:
    file(cases)
    assert (
        file(cases, ANOTHER_NUMBER, Command.of("petitioner|13900139000", "key-1", {"title": "停车"})) == ANOTHER_NUMBER
    )
    assert count(cases.table, keys.CASE) == 2


def test_a_number_that_was_given_before_is_not_given_again(cases: Cases) -> None:
    file(cases)
    before = cases.table.query(keys.case(NUMBER)).items
    with pytest.raises(NumberTaken):
        file(cases, NUMBER, Command.of("petitioner|13900139000", "key-2", {}))
    assert cases.table.query(keys.case(NUMBER)).items == before


def test_of_two_people_who_read_the_same_version_one_is_told_that_he_was_late(cases: Cases) -> None:
    file(cases)
    one, two = cases.load(NUMBER), cases.load(NUMBER)
    commit(cases, one, forward(one.case, "housing"), "key-of-one")
    with pytest.raises(StaleCase) as stale:
        commit(cases, two, forward(two.case, "water"), "key-of-two")
    assert stale.value.version == 2
    assert cases.load(NUMBER).case.agency == "housing"
    assert cases.table.get(keys.case(NUMBER), keys.event(3)) is None


def test_the_same_step_sent_twice_is_taken_once(cases: Cases) -> None:
    file(cases)
    held = cases.load(NUMBER)
    first = commit(cases, held, forward(held.case))
    again = commit(cases, held, forward(held.case))
    assert again == first
    assert cases.load(NUMBER).case.version == 2


def test_a_repeated_step_is_known_before_it_is_decided_again(cases: Cases) -> None:
    file(cases)
    held = cases.load(NUMBER)
    commit(cases, held, forward(held.case), "key-1", {"to": "housing"})
    moved = cases.load(NUMBER)
    assert not cases.begin(moved, 1, Command.of("staff", "key-1", {"to": "housing"}))
    with pytest.raises(KeyReused):
        cases.begin(moved, 1, Command.of("staff", "key-1", {"to": "water"}))
    with pytest.raises(StaleCase):
        cases.begin(moved, 1, Command.of("staff", "key-2", {"to": "housing"}))
    with pytest.raises(StaleCase):
        cases.begin(moved, 3, Command.of("staff", "key-2", {"to": "housing"}))
    assert cases.begin(moved, 2, Command.of("staff", "key-2", {}))


def test_the_same_key_with_another_body_is_told_for_a_step_too(cases: Cases) -> None:
    file(cases)
    held = cases.load(NUMBER)
    commit(cases, held, forward(held.case), "key-1", {"to": "housing"})
    with pytest.raises(KeyReused):
        commit(cases, held, forward(held.case, "water"), "key-1", {"to": "water"})


def test_a_grant_is_refused_when_the_office_tree_has_changed(cases: Cases) -> None:
    file(cases)
    held = cases.load(NUMBER)
    pk, sk = keys.TREE
    cases.table.put({"pk": pk, "sk": sk, "kind": items.TREE, "version": TREE.version + 1})
    with pytest.raises(StaleTree):
        commit(cases, held, forward(held.case))
    with pytest.raises(StaleTree):
        file(cases, ANOTHER_NUMBER, Command.of("petitioner", "key-2", {}))
    assert cases.load(NUMBER).case.version == 1
    assert count(cases.table, keys.CASE) == 1


def test_a_step_that_grants_nothing_does_not_ask_for_the_tree(cases: Cases) -> None:
    file(cases)
    held = cases.load(NUMBER)
    commit(cases, held, forward(held.case))
    held = cases.load(NUMBER)
    pk, sk = keys.TREE
    cases.table.put({"pk": pk, "sk": sk, "kind": items.TREE, "version": TREE.version + 1})
    accepted = receiving.accept(
        held.case, "petition_procedure", "housing-clerk", by=HOUSING_CLERK, on=MARCH[4], rules=RULES
    )
    assert commit(cases, held, accepted).stage == "accepted"


@pytest.mark.parametrize("to", ["housing", "property"])
def test_the_accused_and_whatever_stands_below_him_never_receives_the_case(cases: Cases, to: str) -> None:
    """第三十条第三款."""
    file(cases)
    held = cases.load(NUMBER)
    accused = replace(held, case=replace(held.case, accused=("housing",)))
    with pytest.raises(TargetRefused) as refused:
        commit(cases, accused, forward(accused.case, to))
    assert refused.value.law == "第三十条第三款"
    assert cases.load(NUMBER).case.version == 1


def test_an_accusation_and_a_grant_at_the_same_time_never_both_win(cases: Cases) -> None:
    file(cases)
    granting, accusing = cases.load(NUMBER), cases.load(NUMBER)
    accused = replace(
        forward(accusing.case, "water"), case=replace(forward(accusing.case, "water").case, accused=("housing",))
    )
    commit(cases, accusing, accused, "accusation")
    with pytest.raises(StaleCase):
        commit(cases, granting, forward(granting.case, "housing"), "grant")


class AnswersLost:
    """A table whose first answer to a transaction is lost on the way; the client library sends it again.

    The second time comes after the ten minutes of a token, or to a service that never knew it.
    """

    def __init__(self, table: Table, then: Exception | None = None) -> None:
        self._table, self._then = table, then

    def __getattr__(self, name: str) -> Any:
        return getattr(self._table, name)

    def transact(self, writes: Sequence[Write], token: str) -> None:
        self._table.transact(writes, token)
        if self._then is not None:
            then, self._then = self._then, None
            raise then
        self._table.transact(writes, f"{token}-again")


def test_our_own_filing_seen_again_is_success(cases: Cases) -> None:
    assert file(Cases(AnswersLost(cases.table), open_keys())) == NUMBER
    assert count(cases.table, keys.CASE) == 1


def test_our_own_step_seen_again_is_success(cases: Cases) -> None:
    file(cases)
    held = cases.load(NUMBER)
    case = commit(Cases(AnswersLost(cases.table), open_keys()), held, forward(held.case))
    assert case == cases.load(NUMBER).case
    assert (case.version, case.agency) == (2, "housing")


def test_a_filing_whose_answer_was_lost_for_good_is_found_by_its_key(cases: Cases) -> None:
    with pytest.raises(Busy):
        file(Cases(AnswersLost(cases.table, Busy("no answer")), open_keys()))
    assert file(cases, ANOTHER_NUMBER) == NUMBER
    assert count(cases.table, keys.CASE) == 1


def test_a_step_of_several_events_seen_again_is_success(cases: Cases) -> None:
    file(cases)
    held = cases.load(NUMBER)
    commit(cases, held, forward(held.case), "1")
    held = cases.load(NUMBER)
    accepted = receiving.accept(
        held.case, "petition_procedure", "housing-clerk", by=HOUSING_CLERK, on=MARCH[4], rules=RULES
    )
    heard = opinion.hear_petitioner(
        accepted.case, "call", MARCH[4], "说明了经过", by=HOUSING_CLERK, on=MARCH[4], rules=RULES
    )
    both = accepted.then(heard)
    assert commit(Cases(AnswersLost(cases.table), open_keys()), held, both, "2").version == 4
