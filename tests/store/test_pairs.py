"""Two cases are written together or not at all: two stale readers, a command sent twice, one side that moved."""

from collections.abc import Callable
from typing import Any

import pytest

from chalicelib.domain import matters, receiving
from chalicelib.domain.case import Case
from chalicelib.store import cases_pair, items, keys
from chalicelib.store.cases import Cases, Command, KeyReused, NumberTaken, StaleCase, StaleTree
from chalicelib.store.cases_pair import StaleOther, Taken
from chalicelib.store.table import Busy, Item
from tests.domain import county
from tests.domain.county import BUREAU_CLERK, CROWD, MARCH, NUMBER, RULES, TREE, WINDOW_CLERK, noon
from tests.store.conftest import open_keys
from tests.store.test_commit import AnswersLost

OTHER, NEW = "269876543219", "260000000017"
AT = noon(MARCH[4])
COMMITTED = {"at": AT, "tree": TREE, "rules": RULES}


def command(key: str = "link", body: object = None) -> Command:
    return Command.of("staff", key, body)


@pytest.fixture
def two(cases: Cases) -> Cases:
    """Two grievances before the bureau, with all people that a petition can have."""
    for number in (NUMBER, OTHER):
        change = receiving.register(
            number, county.filing(), CROWD, TREE.offices["bureau"], by=county.CITIZEN, at=noon(MARCH[2]), rules=RULES
        )
        cases.file(change, CROWD, command(f"file-{number}"), at=noon(MARCH[2]), tree=TREE, rules=RULES)
    return cases


def loaded(cases: Cases, relation: str = "same_matter") -> tuple[Taken, Taken]:
    one, two = cases.load(NUMBER), cases.load(OTHER)
    mine, its = matters.link(one.case, two.case, relation, by=BUREAU_CLERK, on=MARCH[4], rules=RULES)
    return Taken(one, mine), Taken(two, its)


def link(cases: Cases, pair: tuple[Taken, Taken], said: Command | None = None) -> Case:
    return cases_pair.commit_pair(cases, *pair, said or command(), **COMMITTED)


def forward(cases: Cases, number: str) -> None:
    held = cases.load(number)
    change = receiving.forward(held.case, "housing", tree=TREE, by=BUREAU_CLERK, on=MARCH[3], rules=RULES)
    cases.commit(held, change, command(f"forward-{number}"), **COMMITTED)


def everything(cases: Cases) -> list[Item]:
    return [item for number in (NUMBER, OTHER, NEW) for item in cases.table.query(keys.case(number)).items]


def versions(cases: Cases) -> tuple[int, int]:
    return cases.load(NUMBER).case.version, cases.load(OTHER).case.version


def test_what_two_cases_say_of_each_other_stands_on_both(two: Cases) -> None:
    assert link(two, loaded(two)).version == 2
    assert versions(two) == (2, 2)
    assert two.load(NUMBER).case.facts["links"] == [["same_matter", OTHER, "2026-03-04"]]
    assert two.load(OTHER).case.facts["links"] == [["same_matter", NUMBER, "2026-03-04"]]
    assert [each.type for each in two.read(OTHER).events] == ["petition.registered", "petition.linked"]


@pytest.mark.parametrize(("moved", "raised"), [(NUMBER, StaleCase), (OTHER, StaleOther)])
def test_when_one_side_has_moved_nothing_is_written_on_either(two: Cases, moved: str, raised: type[Exception]) -> None:
    pair = loaded(two)
    forward(two, moved)
    before = everything(two)
    with pytest.raises(raised):
        link(two, pair)
    assert everything(two) == before


def test_when_both_sides_have_moved_the_first_is_told(two: Cases) -> None:
    pair = loaded(two)
    forward(two, NUMBER)
    forward(two, OTHER)
    with pytest.raises(StaleCase) as stale:
        link(two, pair)
    assert stale.value.version == 2


def test_of_two_people_who_read_the_same_versions_one_is_told_that_he_was_late(two: Cases) -> None:
    mine, his = loaded(two), loaded(two, "related")
    link(two, mine, command("mine"))
    with pytest.raises(StaleCase):
        link(two, his, command("his"))
    assert two.load(NUMBER).case.facts["links"][0][0] == "same_matter"
    assert versions(two) == (2, 2)


def test_of_two_people_who_begin_from_either_side_one_is_told_that_he_was_late(two: Cases) -> None:
    first, second = loaded(two)
    link(two, loaded(two), command("mine"))
    with pytest.raises(StaleCase):
        cases_pair.commit_pair(two, second, first, command("his"), **COMMITTED)
    assert versions(two) == (2, 2)


def test_the_same_step_sent_twice_is_taken_once(two: Cases) -> None:
    pair = loaded(two)
    first = link(two, pair)
    assert link(two, pair) == first
    assert versions(two) == (2, 2)


def test_the_same_key_with_another_body_is_told(two: Cases) -> None:
    pair = loaded(two)
    link(two, pair, command(body="one"))
    with pytest.raises(KeyReused):
        link(two, pair, command(body="two"))


def test_our_own_step_seen_again_is_success(two: Cases) -> None:
    assert link(Cases(AnswersLost(two.table), open_keys()), loaded(two)).version == 2
    assert versions(two) == (2, 2)


def test_a_step_whose_answer_was_lost_for_good_is_found_by_its_key(two: Cases) -> None:
    pair = loaded(two)
    with pytest.raises(Busy):
        link(Cases(AnswersLost(two.table, Busy("no answer")), open_keys()), pair)
    assert link(two, pair).version == 2


FILED: dict[str, Any] = {"title": "小区停车乱收费", "text": "多收五十元。", "claims": list(county.CLAIMS)}


def parted(cases: Cases, number: str = NEW) -> tuple[Taken, Any]:
    held = cases.load(NUMBER)
    new, kept = matters.split(
        held.case, number, [2], "suggestion", "公示收费标准", filed=FILED, contact=CROWD, tree=TREE, by=BUREAU_CLERK,
        at=AT, rules=RULES,
    )  # fmt: skip
    return Taken(held, kept), new


def split(cases: Cases, of: tuple[Taken, Any], said: Command | None = None) -> Case:
    return cases_pair.split_off(cases, *of, CROWD, said or command("split"), **COMMITTED)


def test_a_part_is_filed_with_its_people_under_a_key_of_its_own(two: Cases) -> None:
    assert split(two, parted(two)).version == 2
    part = two.read(NEW)
    assert part.contact == CROWD
    assert part.texts[1]["claims"] == [county.CLAIMS[1]]
    assert part.key.open != two.load(NUMBER).key.open
    assert two.table.count("lists", two.person("phone", CROWD.phone)) == 3
    assert two.table.count("lists", two.person("name", CROWD.name)) == 3
    assert {item["kind"] for item in part.notices} == {items.NOTICE}
    assert two.read(NUMBER).texts[2]["claims"] == [county.CLAIMS[0]]


def test_a_case_that_moved_is_not_split_and_no_part_is_left_behind(two: Cases) -> None:
    of = parted(two)
    forward(two, NUMBER)
    before = everything(two)
    with pytest.raises(StaleCase):
        split(two, of)
    assert everything(two) == before
    assert two.filed(command("split")) is None


def test_a_case_split_twice_by_the_same_command_has_one_part(two: Cases) -> None:
    once, again = parted(two), parted(two, "260000000025")
    split(two, once)
    assert split(two, again).version == 2
    assert two.table.get(keys.case("260000000025"), keys.CASE) is None


def test_our_own_split_seen_again_is_success(two: Cases) -> None:
    assert split(Cases(AnswersLost(two.table), open_keys()), parted(two)).version == 2
    assert two.load(NEW).case.version == 1


def test_a_number_that_is_taken_is_told_and_nothing_is_written(two: Cases) -> None:
    before = everything(two)
    with pytest.raises(NumberTaken):
        split(two, parted(two, OTHER))
    assert everything(two) == before


def test_the_office_tree_must_stand_when_a_part_is_given_to_an_office(two: Cases) -> None:
    pk, sk = keys.TREE
    two.table.put({"pk": pk, "sk": sk, "kind": items.TREE, "version": TREE.version + 1})
    before = everything(two)
    with pytest.raises(StaleTree):
        split(two, parted(two))
    assert everything(two) == before


def visiting(cases: Cases, number: str = NEW) -> Callable[[], str]:
    change = receiving.register(
        number, county.filing(channel="visit"), CROWD, TREE.offices["bureau"], by=WINDOW_CLERK, at=AT, rules=RULES
    )
    held = cases.load(OTHER)
    new, its = matters.register_after(change, held.case, by=WINDOW_CLERK, on=MARCH[4], rules=RULES)
    return lambda: cases_pair.file_beside(cases, new, CROWD, Taken(held, its), command("visit"), **COMMITTED)


def test_a_visit_is_filed_linked_from_its_first_moment_on(two: Cases) -> None:
    assert visiting(two)() == NEW
    assert two.load(NEW).case.facts["links"] == [["visit_after_online", OTHER, "2026-03-04"]]
    assert two.load(NEW).case.version == 1
    assert two.load(OTHER).case.facts["links"] == [["visit_after_online", NEW, "2026-03-04"]]


def test_a_visit_sent_twice_is_one_case(two: Cases) -> None:
    assert visiting(two)() == NEW
    assert visiting(two, "260000000025")() == NEW
    assert two.load(OTHER).case.version == 2


def test_a_visit_waits_when_what_was_brought_before_has_moved(two: Cases) -> None:
    filing = visiting(two)
    forward(two, OTHER)
    before = everything(two)
    with pytest.raises(StaleOther):
        filing()
    assert everything(two) == before
    assert visiting(two)() == NEW


def test_a_visit_under_a_taken_number_or_a_changed_tree_leaves_nothing(two: Cases) -> None:
    with pytest.raises(NumberTaken):
        visiting(two, NUMBER)()
    pk, sk = keys.TREE
    two.table.put({"pk": pk, "sk": sk, "kind": items.TREE, "version": TREE.version + 1})
    with pytest.raises(StaleTree):
        visiting(two)()
    assert versions(two) == (1, 1)
