"""What the sweep fails on again and again leaves its age and its alarm within minutes: so it is listed till done."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from chalicelib.domain.offices import OfficeTree
from chalicelib.store import findings, items, keys
from chalicelib.store.table import Busy, Item
from chalicelib.triggers.deadlines import PARK, Sweeper
from tests.triggers.many import OPEN_RULES, settle
from tests.triggers.test_reconciler import kinds, reconcile
from tests.triggers.world import TREE, World


@pytest.fixture
def county(world: object) -> World:
    """One petition, all of it done; its date of routing has just passed."""
    found = World()
    case_id = found.file()
    found.deliver(case_id)
    found.pass_time(hours=1)
    settle(found)
    found.at = keys.moment(case_row(found)["wake_at"]) + timedelta(minutes=2)
    return found


def case_row(county: World) -> Item:
    (pk,) = {key["pk"] for key in county.table.walk(limit=10**6).items if key["pk"].startswith("CASE#")}
    row = county.table.get(pk, keys.CASE)
    assert row is not None
    return row


def sweep(county: World, *, fails: bool) -> int:
    """One sweep now; how much it parked. One that fails finds no office tree: any case meets that alike."""
    sweeper = Sweeper(cases=county.cases, rules=OPEN_RULES, carry=lambda hit: None, tree=no_tree if fails else tree)
    return sweeper.run(county.at).parked


def tree() -> OfficeTree:
    return TREE


def no_tree() -> OfficeTree:
    raise Busy("for good")


def parked(county: World, times: int) -> None:
    """The sweep fails so often in a row, each time when it comes back to it."""
    for number in range(times):
        if number:
            county.at = keys.moment(case_row(county)["wake_at"])
        assert sweep(county, fails=True) == 1
    assert case_row(county)[items.PARKED] == times


def open_kinds() -> list[str]:
    return [each.kind for each in findings.page(findings.OPEN, limit=10)[0]]


def test_what_failed_once_may_have_met_traffic_and_is_no_finding(county: World) -> None:
    parked(county, 1)
    county.pass_time(minutes=1)
    assert reconcile(county).found == []


def test_what_stays_parked_is_listed_as_it_stands_until_it_is_acted_on(county: World) -> None:
    parked(county, 2)
    county.pass_time(minutes=1)
    before = case_row(county)
    done = reconcile(county)
    assert (kinds(done), done.listed, done.mended, done.failed) == ({"parked"}, 1, 0, 0)
    assert case_row(county) == before
    assert open_kinds() == ["parked"]
    county.at = keys.moment(before["wake_at"])
    assert sweep(county, fails=False) == 0
    assert items.PARKED not in case_row(county)
    county.pass_time(minutes=10)
    assert reconcile(county).found == []
    assert open_kinds() == []
    closed, _ = findings.page(findings.MENDED, limit=10)
    assert [(each.kind, each.ended) for each in closed] == [("parked", findings.BY_ITSELF)]


def test_it_stays_listed_for_days_with_one_finding(county: World) -> None:
    parked(county, 2)
    listed = []
    for _ in range(8):
        county.pass_time(minutes=1)
        listed.append(reconcile(county).listed)
        county.at = keys.moment(case_row(county)["wake_at"])
        assert sweep(county, fails=True) == 1
    assert sum(listed) == 1
    assert open_kinds() == ["parked"]


def test_while_the_next_sweep_is_on_its_way_nothing_is_said_of_its_moment(county: World) -> None:
    """Its moment to come back has passed, and the sweep of these five minutes has not reached it yet."""
    parked(county, 2)
    county.at = keys.moment(case_row(county)["wake_at"]) + timedelta(minutes=3)
    assert kinds(reconcile(county)) == {"parked"}


@pytest.mark.parametrize(
    "moved",
    [
        pytest.param(lambda at: {"wake_at": keys.instant(at + PARK)}, id="nobody parked it"),
        pytest.param(lambda at: {"wake_at": keys.instant(at + timedelta(days=2)), items.PARKED: 3}, id="for too long"),
    ],
)
def test_a_moment_that_no_sweep_put_off_is_mended(county: World, moved: Callable[[datetime], Item]) -> None:
    right = case_row(county)
    county.table.put(right | moved(county.at))
    assert "wake_wrong" in kinds(reconcile(county))
    assert case_row(county) == right
