"""What the reconciler found is shown to who supervises and to who keeps the system, to each as much as he may know."""

from datetime import timedelta
from typing import Any

import pytest

from chalicelib import clock
from chalicelib.store import findings as found_rows
from chalicelib.store import keys
from chalicelib.store.fault import Fault
from chalicelib.store.tenant import table
from chalicelib.triggers import reconciler, statistics
from tests.api.described import Described
from tests.api.refusals import refused
from tests.api.test_answers_as_described import Offices
from tests.stories.conftest import Petitioner, run_ways_out
from tests.stories.conftest import staff as staff  # a fixture


@pytest.fixture
def client(client: Any) -> Described:
    """The application's client, comparing every answer with docs/api/openapi.json."""
    return Described(client)


def without_lists(number: str) -> None:
    """A case falls out of its list and loses its words, behind the program's back."""
    row = table().get(f"CASE#{number}", "CASE")
    assert row is not None
    table().put({name: held for name, held in row.items() if name not in ("list_name", "list_key")})


def test_damage_is_mended_listed_and_told_to_whom_it_concerns(client: Any, world: Any, staff: Any, later: Any) -> None:
    petitioner = Petitioner(client, world).signs_in()
    numbers = [petitioner.files(title=f"第{n}件")["case_number"] for n in range(2)]
    for number in numbers:
        run_ways_out(number)
        statistics.record(statistics.cases(), number)
    without_lists(numbers[0])
    text = table().get(f"CASE#{numbers[1]}", "TEXT#000001")
    assert text is not None
    table().put(text | {"sealed": text["sealed"][:-1]})
    done = reconciler.reconcile(None)
    assert (done["mended"], done["listed"], done["failed"], done["is_full"]) == (1, 1, 0, True)

    at_work = Offices(staff)
    (listed,) = at_work("supervisor1").get("/findings")["items"]
    assert (listed["kind"], listed["case_number"], listed["row"]) == ("text_broken", numbers[1], None)
    (listed,) = at_work("admin1").get("/findings?limit=1")["items"]
    assert listed["row"] == f"CASE#{numbers[1]}|TEXT#000001"
    (mended,) = at_work("admin1").get("/findings?done=true")["items"]
    assert (mended["kind"], mended["ended"], mended["case_number"]) == ("list_wrong", "repaired", numbers[0])
    newest = at_work("supervisor1").get("/completeness")["newest"]
    assert newest["day"] == clock.today().isoformat()
    assert newest["total"]["owed"] == newest["total"]["done"] > 0
    later(**{"days": timedelta(days=1).days})
    assert reconciler.reconcile(None)["listed"] == 0


def test_that_a_report_was_damaged_reads_who_keeps_the_system_alone(client: Any, world: Any, staff: Any) -> None:
    """第三十条第三款: nobody oversees a report, and the hour of a finding would tell that there is one."""
    at = clock.now()
    for number, sealed in (("261000000001", True), ("261000000002", False)):
        fault = Fault("chain_broken", keys.case(number), keys.EVENTS)
        found_rows.note(found_rows.finding(fault, at, sealed=sealed))
    seen = {user: staff(user).get("/findings")["items"] for user in ("supervisor1", "admin1")}
    assert len(seen["admin1"]) == 2
    assert [each["row"] for each in seen["supervisor1"]] == [None]
    assert "261000000001" not in str(seen["supervisor1"])


@pytest.mark.parametrize("done", ["false", "true"])
def test_no_page_and_no_cursor_tells_of_a_finding_that_is_kept_from_the_reader(
    client: Any, world: Any, staff: Any, done: str
) -> None:
    """Its name has its kind, and of what was mended the hour: a short page that goes on would give it away."""
    at = clock.now()
    for number in range(6):
        fault = Fault("chain_broken", keys.case(f"26100000000{number}"), keys.EVENTS)
        found = found_rows.finding(fault, at, sealed=number != 5)
        found_rows.note(found)
        if done == "true":
            found_rows.note_mended(found, at + timedelta(minutes=number))
    page = staff("supervisor1").get(f"/findings?limit=1&done={done}")
    assert (len(page["items"]), page["next_cursor"]) == (1, None)
    admin, seen, cursor = staff("admin1"), 0, ""
    while cursor is not None:
        page = admin.get(f"/findings?limit=2&done={done}" + (f"&cursor={cursor}" if cursor else ""))
        seen, cursor = seen + len(page["items"]), page["next_cursor"]
    assert seen == 6


def test_findings_come_page_by_page_and_a_forged_cursor_is_refused(client: Any, world: Any, staff: Any) -> None:
    petitioner = Petitioner(client, world).signs_in()
    for n in range(3):
        without_lists(petitioner.files(title=f"第{n}件")["case_number"])
    reconciler.reconcile(None)
    admin = staff("admin1")
    seen, cursor = [], ""
    while cursor is not None:
        page = admin.get(f"/findings?done=true&limit=2&cursor={cursor}")
        seen, cursor = seen + page["items"], page["next_cursor"]
    assert len({each["case_number"] for each in seen}) == len(seen) == 3
    for forged in ("%00", "x", "%E4%B8%AD"):
        refused(admin, f"/findings?cursor={forged}", None, 400, method="GET")
    for user in ("bureau1", "housing-clerk", "leader1", "security1"):
        somebody = staff(user)
        for path in ("/findings", "/completeness"):
            refused(somebody, path, None, 404, method="GET")
