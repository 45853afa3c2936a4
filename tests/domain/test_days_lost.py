"""One decision on 不可抗力 for every case: which cases it is about, and what it does to each."""

from dataclasses import replace
from datetime import date

import pytest

from chalicelib.domain.case import Actor
from chalicelib.domain.days_lost import Decision, apply, check, concerns, has, named
from chalicelib.domain.errors import FieldsInvalid
from chalicelib.domain.events.passing import ForceMajeureRecorded
from chalicelib.domain.force_majeure import record_force_majeure, rights_moved
from tests.domain import county
from tests.domain.county import A_LEADER, BUREAU_CLERK, MARCH, RULES, TREE

FLOOD = Decision(MARCH[18], MARCH[24], "青山县人民政府公告第3号", "青山县人民政府", "山洪", ("county",))
ON = {"on": MARCH[25], "rules": RULES, "tree": TREE}


def test_it_does_what_the_step_of_one_case_does() -> None:
    case = county.served()
    change = apply(case, FLOOD, by=A_LEADER, **ON)
    assert change is not None
    place = named(FLOOD, TREE)
    said = (FLOOD.begins, FLOOD.ends, FLOOD.document, FLOOD.decided_by, FLOOD.reason, place)
    assert change == record_force_majeure(case, *said, by=A_LEADER, on=MARCH[25], rules=RULES)
    assert rights_moved(case, FLOOD.begins, FLOOD.ends, FLOOD.ends, RULES) == len(change.events[0].clocks) == 2


def test_a_second_time_nothing_happens_also_where_one_case_had_it_before() -> None:
    change = apply(county.served(), FLOOD, by=BUREAU_CLERK, **ON)
    assert change is not None
    assert has(change.case, FLOOD)
    assert apply(change.case, FLOOD, by=BUREAU_CLERK, **ON) is None
    assert apply(change.case, replace(FLOOD, document="更正"), by=BUREAU_CLERK, **ON) is None
    assert apply(change.case, replace(FLOOD, ends=MARCH[25]), by=BUREAU_CLERK, **ON) is not None


def test_only_open_petitions_that_had_come_in_by_then() -> None:
    case = county.served()
    assert concerns(case, FLOOD, TREE)
    assert not concerns(replace(case, received_on=MARCH[25]), FLOOD, TREE)
    assert concerns(replace(case, received_on=MARCH[24]), FLOOD, TREE), "filed while such days lasted"
    assert not concerns(replace(case, procedure="inspection"), FLOOD, TREE)
    assert not concerns(replace(case, stage="withdrawn"), FLOOD, TREE)


@pytest.mark.parametrize(
    ("places", "is_about"), [(("housing",), True), (("water",), False), (("water", "county"), True)]
)
def test_only_where_an_organ_of_the_place_has_it(places: tuple[str, ...], is_about: bool) -> None:
    assert concerns(county.served(), replace(FLOOD, places=places), TREE) == is_about


def test_an_accusation_takes_no_right_away() -> None:
    assert apply(replace(county.served(), accused=("bureau",)), FLOOD, by=BUREAU_CLERK, **ON) is not None


def test_who_stands_back_from_a_case_is_not_named_in_it() -> None:
    case = county.served().with_facts(recused=("bureau1",))
    change = apply(case, FLOOD, by=BUREAU_CLERK, **ON)
    assert change is not None
    assert isinstance(change.events[0], ForceMajeureRecorded)
    assert change.happened[0].by == Actor(BUREAU_CLERK.role, BUREAU_CLERK.org)


def test_days_and_places_that_can_be() -> None:
    check(FLOOD, "county", TREE, MARCH[25])
    check(replace(FLOOD, ends=date(2027, 3, 18)), "county", TREE, MARCH[25])


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"begins": MARCH[26], "ends": MARCH[27]}, "/begins"),
        ({"ends": MARCH[17]}, "/ends"),
        ({"ends": date(2027, 3, 19)}, "/ends"),
        ({"places": ("county", "nowhere")}, "/places/1"),
        ({"places": ("housing",)}, "/places/0"),
        ({"places": ("city",)}, "/places/0"),
    ],
)
def test_what_cannot_be_is_named(changes: dict, wrong: str) -> None:
    with pytest.raises(FieldsInvalid) as caught:
        check(replace(FLOOD, **changes), "county", TREE, MARCH[25])
    assert [each.pointer for each in caught.value.fields] == [wrong]
