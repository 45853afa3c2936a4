"""A tenant is data: what a profile must hold, and what is said of a wrong one."""

from pathlib import Path

import pytest

from chalicelib.notices import wording
from chalicelib.profiles import ProfileError, load
from chalicelib.store.bootstrap import demo_users

HERE = Path(__file__).parent.parent / "chalicelib" / "profiles"
COUNTY = (HERE / "county.toml").read_text("utf-8")


def load_changed(folder: Path, old: str, new: str):
    assert old in COUNTY
    (folder / "changed.toml").write_text(COUNTY.replace(old, new, 1), "utf-8")
    return load("changed", folder=folder)


@pytest.mark.feature(21, 22)
def test_the_county_has_its_47_units():
    offices = load("county").offices
    of_kind = [sum(office.kind == kind for office in offices) for kind in ("township", "committee", "department")]
    assert of_kind == [12, 3, 32]


def test_every_short_name_is_unique_and_fits_an_sms():
    shorts = [office.short for office in load("county").offices]
    assert len(set(shorts)) == len(shorts)
    assert max(map(len, shorts)) <= 8


def test_no_sms_of_the_county_needs_a_second_segment():
    wording.check(load("county").signature)


def test_only_a_movable_clock_has_demo_accounts_and_wide_limits():
    real, local = load("county"), load("county", is_local=True)
    assert not real.demo_accounts
    assert local.demo_accounts
    assert local.limits["file"][0].most > 1000 * real.limits["file"][0].most
    assert real.send_window[0].hour == 8


@pytest.mark.feature(24)
def test_every_unit_has_a_clerk_and_a_head():
    profile = load("county", is_local=True)
    users = {user.id for user in demo_users(profile)}
    assert {
        f"{office.id}-{post}" for office in profile.offices if office.kind == "department" for post in ("clerk", "head")
    } <= users
    assert {"bureau1", "window1", "joint1", "leader1", "supervisor1", "admin1", "security1", "audit1"} <= users


def test_categories_have_two_levels():
    profile = load("county")
    assert profile.has_category("城乡建设")
    assert profile.has_category("城乡建设/工程质量")
    assert not profile.has_category("城乡建设/钓鱼")
    assert not profile.has_category("钓鱼")


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('short = "县住建局"', 'short = "青山县住房和城乡建设局"', "housing"),
        ('id = "water"', 'id = "housing"', "same id"),
        ('parent = "town-qingxi"', 'parent = "atlantis"', "atlantis"),
        ('window = "10m"', 'window = "ten minutes"', "ten minutes"),
        ('["08:00", "20:00"]', '["20:00", "08:00"]', "send_window"),
        ('per = "person"', 'per = "planet"', "planet"),
        ("[targets]", "[targets]\nhandle = 90", "handle"),
        ("per_number = 50", "per_number = 2", "per_number"),
        ('signature = "青山县信访局"', "", "signature"),
        ('bureau = "bureau"', 'bureau = "housing"', "housing"),
        ("tenant = ", "tenant == ", "TOML"),
    ],
)
def test_a_wrong_profile_says_which_entry_is_wrong(tmp_path, old, new, named):
    with pytest.raises(ProfileError, match=named):
        load_changed(tmp_path, old, new)


def test_a_profile_that_does_not_exist_is_named():
    with pytest.raises(ProfileError, match="atlantis"):
        load("atlantis")
    with pytest.raises(ProfileError):
        load("../secrets")
