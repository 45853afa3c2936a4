"""That a sweep came late stands in the timeline, for staff and petitioner: both instants, else nothing."""

import re

import pytest

from tests.stories.conftest import Petitioner, sweep
from tests.stories.conftest import at_work as at_work  # a fixture
from tests.stories.conftest import petitioner as petitioner  # a fixture
from tests.stories.conftest import staff as staff  # a fixture


def late_of(view: dict) -> list[str]:
    return [each["noticed_late"] for each in view["timeline"] if "noticed_late" in each]


@pytest.mark.feature(40, 60)
def test_a_sweep_that_came_days_late_says_so(petitioner: Petitioner, at_work, later):
    number = petitioner.files()["case_number"]
    later(days=18)
    sweep()
    view = at_work("bureau1").get(f"/cases/{number}")
    (said,) = late_of(view)
    assert re.fullmatch(r"应于\d{4}年\d+月\d+日00:00发现，实际于\d{4}年\d+月\d+日\d\d:\d\d发现", said)
    petitioner.signs_in()
    assert late_of(petitioner.get(f"/cases/{number}")) == [said]


def test_a_sweep_in_time_says_nothing_of_it(petitioner: Petitioner, at_work, later):
    number = petitioner.files()["case_number"]
    case = at_work("bureau1").get(f"/cases/{number}")
    assert late_of(case) == []
