"""Leave is set by oneself, by one's head and by the administrator, and for everybody else nobody is there."""

from datetime import timedelta

import pytest

from chalicelib import clock, policy
from chalicelib.domain.case import ADMINISTRATORS, PETITIONER, UNIT_HEAD, Actor
from chalicelib.store import keys, people
from tests.api.described import Described
from tests.api.refusals import refused


@pytest.fixture
def client(client):
    """The application's client, comparing with the description as it goes."""
    return Described(client)


def days(first: int, last: int) -> dict[str, str]:
    today = clock.today()
    return {
        "away_from": (today + timedelta(days=first)).isoformat(),
        "away_until": (today + timedelta(days=last)).isoformat(),
    }


def leave(user: str) -> str:
    return f"/colleagues/{user}/leave"


def etag(person, user: str) -> str:
    return f'"{person.get(leave(user))["leave"]["version"]}"'


@pytest.mark.parametrize("by", ["housing-clerk", "housing-head", "admin1"])
def test_leave_is_set_changed_and_ended(by, staff):
    person, week = staff(by), days(2, 6)
    told = person.post(leave("housing-clerk"), week, 200, If_Match=etag(person, "housing-clerk"))["leave"]
    assert {name: told[name] for name in week} == week
    assert (told["is_away"], told["set_by"], told["may_set"]) == (False, by, True)
    now = person.post(leave("housing-clerk"), days(-1, 0), 200, If_Match=f'"{told["version"]}"')["leave"]
    assert now["is_away"]
    user = people.find("housing-clerk")
    assert user.away_by == by
    assert clock.now() - keys.moment(user.away_at) < timedelta(minutes=1)
    back = person.post("/colleagues/housing-clerk/back", {}, 200, If_Match=f'"{now["version"]}"')["leave"]
    assert (back["away_from"], back["away_until"], back["is_away"]) == (None, None, False)
    kept = people.load_user("housing-clerk")
    assert kept.phone
    assert kept.password


def test_a_repeated_call_has_one_effect_and_a_stale_one_none(staff):
    clerk, head, week = staff("housing-clerk"), staff("housing-head"), days(1, 5)
    seen = etag(clerk, "housing-clerk")
    first = clerk.post(leave("housing-clerk"), week, 200, If_Match=seen)
    assert clerk.post(leave("housing-clerk"), week, 200, If_Match=seen) == first
    told = refused(head, leave("housing-clerk"), days(1, 9), 412, If_Match=seen)
    assert told["code"] == "stale"
    assert refused(head, "/colleagues/housing-clerk/back", {}, 412, If_Match=seen)["code"] == "stale"
    assert refused(head, leave("housing-clerk"), days(1, 9), 428)["code"] == "version_missing"
    newest = f'"{first["leave"]["version"]}"'
    back = head.post("/colleagues/housing-clerk/back", {}, 200, If_Match=newest)
    assert head.post("/colleagues/housing-clerk/back", {}, 200, If_Match=newest) == back


@pytest.mark.parametrize(
    ("first", "last", "pointers"),
    [(-3, -1, ["/away_until"]), (3, 2, ["/away_until"]), (1, 367, ["/away_until"]), (-367, 1, ["/away_from"])],
)
def test_days_that_cannot_be_are_named(first, last, pointers, staff):
    clerk = staff("housing-clerk")
    version = etag(clerk, "housing-clerk")
    refused(clerk, leave("housing-clerk"), days(first, last), 422, *pointers, If_Match=version)


@pytest.mark.parametrize("body", [{}, {"away_from": "2026-13-01", "away_until": 7}])
def test_what_is_no_date_is_named(body, staff):
    clerk = staff("housing-clerk")
    refused(clerk, leave("housing-clerk"), body, 422, "/away_from", "/away_until", If_Match='"1"')


@pytest.mark.parametrize("by", ["housing-reader", "market-head", "bureau1", "leader1", "supervisor1"])
def test_who_has_no_say_finds_nobody(by, staff):
    other = staff(by)
    unknown = refused(other, leave("nobody-here"), None, 404, method="GET")
    for user in ("housing-clerk", "housing-head", "x" * 65, "a%20b"):
        assert refused(other, leave(user), None, 404, method="GET") == unknown
        assert refused(other, leave(user), days(1, 2), 404, If_Match='"1"') == unknown
        assert refused(other, f"/colleagues/{user}/back", {}, 404, If_Match='"1"') == unknown


@pytest.mark.parametrize("by", ["security1", "audit1"])
def test_other_administrators_have_no_part_in_it(by, staff):
    keeper = staff(by)
    refused(keeper, leave(by), None, 404, method="GET")
    refused(keeper, leave("housing-clerk"), days(1, 2), 404, If_Match='"1"')


def test_a_petitioner_finds_nobody_and_a_closed_account_is_nobody(petitioner, staff):
    refused(petitioner, leave("housing-clerk"), None, 404, method="GET")
    refused(petitioner, leave("housing-clerk"), days(1, 2), 404, If_Match='"1"')
    admin = staff("admin1")
    closed = people.load_user("housing-reader")
    people.put_user(people.replace(closed, active=False))
    refused(admin, leave("housing-reader"), None, 404, method="GET")


def test_the_units_own_people_see_who_is_away_and_nobody_else_does(staff):
    head, clerk, week = staff("housing-head"), staff("housing-clerk"), days(0, 4)
    head.post(leave("housing-head"), week, 200, If_Match=etag(head, "housing-head"))
    seen = {each["id"]: each for each in clerk.get("/colleagues")["items"]}
    assert seen["housing-head"]["leave"]["away_until"] == week["away_until"]
    assert (seen["housing-head"]["leave"]["is_away"], seen["housing-head"]["leave"]["may_set"]) == (True, False)
    assert seen["housing-clerk"]["leave"]["may_set"]
    assert "leave" not in seen["bureau1"]
    own = {
        each["id"]: each["leave"]["may_set"] for each in head.get("/colleagues")["items"] if each["org"] == "housing"
    }
    assert set(own.values()) == {True}
    assert not any("leave" in each for each in staff("bureau1").get("/colleagues")["items"] if each["org"] == "county")


def test_an_absence_that_is_over_is_none(staff, later):
    clerk = staff("housing-clerk")
    clerk.post(leave("housing-clerk"), days(0, 0), 200, If_Match=etag(clerk, "housing-clerk"))
    later(days=1)
    after = staff("housing-head").get(leave("housing-clerk"))["leave"]
    assert (after["away_from"], after["away_until"], after["is_away"]) == (None, None, False)


def test_the_log_says_who_changed_whose_leave_and_no_days(staff, caplog):
    head = staff("housing-head")
    head.post(leave("housing-clerk"), days(30, 33), 200, If_Match=etag(head, "housing-clerk"))
    (said,) = [each for each in caplog.records if each.message == "leave set"]
    assert (said.of, said.user) == ("housing-clerk", "housing-head")
    assert not {"away_from", "away_until", "days"} & vars(said).keys()


@pytest.mark.parametrize("role", [PETITIONER, *policy.STAFF, *ADMINISTRATORS])
def test_the_whole_matrix_of_who_may_say_it(role):
    own = policy.may_set_leave(Actor(role, "housing", "me"), "me", "clerk", "housing")
    assert own == (role in (*policy.STAFF, "system_admin"))
    same = policy.may_set_leave(Actor(role, "housing", "me"), "you", "clerk", "housing")
    assert same == (role in (UNIT_HEAD, "system_admin"))
    other = policy.may_set_leave(Actor(role, "housing", "me"), "you", "clerk", "market")
    assert other == (role == "system_admin")
    keeper = policy.may_set_leave(Actor(role, "housing", "me"), "you", "audit_admin", "housing")
    assert keeper == (role == "system_admin")
    assert not policy.may_set_leave(Actor(role, "housing"), "you", "clerk", "housing")
