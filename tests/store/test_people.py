"""Staff: who gets in, who does not, and how fast a change counts."""

from dataclasses import replace

import pyotp
import pytest

from chalicelib import clock
from chalicelib.store import bootstrap, guard, offices, people
from chalicelib.store.bootstrap import DEMO_PASSWORD
from chalicelib.store.guard import SignInRefused, TooMany
from chalicelib.store.table import ConditionFailed

pytestmark = pytest.mark.usefixtures("world")
HERE = "10.0.0.1"


def code_of(user: str, steps: int = 0) -> str:
    return pyotp.TOTP(people.demo_totp_secret(user)).at(clock.now(), steps)


def test_a_demo_account_signs_in_with_password_and_totp():
    user = people.authenticate("housing-clerk", DEMO_PASSWORD, code_of("housing-clerk"), source=HERE)
    assert (user.role, user.org) == ("clerk", "housing")


def test_every_refusal_is_told_alike():
    told = set()
    for user, password, code in (
        ("bureau1", "wrong", code_of("bureau1")),
        ("bureau1", DEMO_PASSWORD, "000000"),
        ("nobody", DEMO_PASSWORD, "123456"),
    ):
        with pytest.raises(SignInRefused) as refused:
            people.authenticate(user, password, code, source=HERE)
        told.add(str(refused.value))
    assert len(told) == 1


def test_an_unknown_user_costs_one_scrypt_too(monkeypatch):
    hashed = []
    scrypt = people.hash_password
    monkeypatch.setattr(people, "hash_password", lambda *given: hashed.append(1) or scrypt(*given))
    for user in ("bureau1", "nobody"):
        with pytest.raises(SignInRefused):
            people.authenticate(user, "wrong", "000000", source=HERE)
    assert len(hashed) == 2


def test_a_totp_code_is_used_once():
    people.authenticate("bureau1", DEMO_PASSWORD, code_of("bureau1"), source=HERE)
    with pytest.raises(SignInRefused):
        people.authenticate("bureau1", DEMO_PASSWORD, code_of("bureau1"), source=HERE)


def test_a_clock_may_be_one_step_off_and_not_two():
    for steps in (-2, 2):
        with pytest.raises(SignInRefused):
            people.authenticate("bureau1", DEMO_PASSWORD, code_of("bureau1", steps), source=HERE)
    people.authenticate("bureau1", DEMO_PASSWORD, code_of("bureau1", -1), source=HERE)
    people.authenticate("bureau1", DEMO_PASSWORD, code_of("bureau1", 1), source=HERE)


def test_five_wrong_passwords_lock_the_account_for_a_quarter_of_an_hour(later):
    for _ in range(5):
        with pytest.raises(SignInRefused):
            people.authenticate("bureau1", "wrong", code_of("bureau1"), source=HERE)
    with pytest.raises(TooMany):
        people.authenticate("bureau1", DEMO_PASSWORD, code_of("bureau1"), source=HERE)
    later(minutes=15)
    people.authenticate("bureau1", DEMO_PASSWORD, code_of("bureau1"), source=HERE)


def test_a_closed_account_is_out_on_its_next_call():
    token = guard.open_session(role="clerk", user="housing-clerk")
    assert people.signed_in(token).org == "housing"
    people.put_user(replace(people.load_user("housing-clerk"), active=False))
    assert people.signed_in(token) is None
    with pytest.raises(SignInRefused):
        people.authenticate("housing-clerk", DEMO_PASSWORD, code_of("housing-clerk"), source=HERE)


def test_a_changed_role_counts_on_the_next_call():
    token = guard.open_session(role="unit_head", user="housing-head")
    people.put_user(replace(people.load_user("housing-head"), role="clerk", org="water"))
    found = people.signed_in(token)
    assert (found.role, found.org) == ("clerk", "water")


def test_two_changes_of_one_account_at_a_time_are_refused():
    loaded = people.load_user("bureau1")
    people.put_user(replace(loaded, name="甲"))
    with pytest.raises(ConditionFailed):
        people.put_user(replace(loaded, name="乙"))


def test_an_unknown_role_is_not_stored():
    with pytest.raises(ValueError, match="emperor"):
        people.put_user(replace(people.load_user("bureau1"), role="emperor"))


def test_staff_of_an_office_are_found_by_role_and_without_secrets():
    heads = people.find_by_org("housing", "unit_head")
    assert [user.id for user in heads] == ["housing-head"]
    assert {user.id for user in people.find_by_org("housing")} == {"housing-clerk", "housing-head", "housing-reader"}
    assert heads[0].password == heads[0].totp == heads[0].phone == ""


def test_what_is_secret_of_staff_is_sealed(world):
    stored = repr([item for item in world.items("cases") if item["pk"]["S"].startswith("USER#")])
    for secret in ("scrypt", "19900000001", people.demo_totp_secret("bureau1")):
        assert secret not in stored


def test_the_tree_has_five_levels_and_its_departments_stand_beside_each_other():
    tree = offices.tree()
    assert tree.path("village-shangxi") == ("village-shangxi", "town-qingxi", "county", "city", "province")
    assert {tree.get(org).level for org in tree.path("village-shangxi")} == {
        "province", "city", "county", "township", "village"
    }  # fmt: skip
    assert tree.bureau_of("housing").id == "bureau"


def test_loading_the_profile_again_changes_nothing(world):
    bootstrap.load_profile()
    before = world.items("cases")
    assert bootstrap.load_profile() == {"profile": "county", "keys": [], "tree": False, "offices": 60, "users": 0}
    assert world.items("cases") == before


def test_a_changed_office_moves_the_tree():
    tree = offices.tree()
    changed = [replace(each, short="住建局") if each.id == "housing" else each for each in tree.offices.values()]
    assert offices.load(changed)
    assert offices.tree().version == tree.version + 1
    assert offices.tree().get("housing").short == "住建局"
