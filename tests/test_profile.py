"""A tenant is data: what a profile must hold, and what is said of a wrong one."""

from pathlib import Path

import pytest

from chalicelib.domain import limits
from chalicelib.notices import wording
from chalicelib.profiles import ProfileError, competence, load
from chalicelib.store.bootstrap import demo_users
from chalicelib.store.bulk_quota import BulkQuota
from chalicelib.store.quotas import Quotas

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


TENANTS = pytest.mark.parametrize("tenant", ["county", "school"])


@TENANTS
def test_every_short_name_is_unique_and_fits_an_sms(tenant):
    shorts = [office.short for office in load(tenant).offices]
    assert len(set(shorts)) == len(shorts)
    assert max(map(len, shorts)) <= 8


@TENANTS
def test_no_sms_needs_a_second_segment(tenant):
    wording.check(load(tenant).signature)


@TENANTS
def test_every_tenant_routes_by_its_own_categories_and_offices(tenant):
    assert competence.load(load(tenant)).categories


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


@pytest.mark.feature(101)
def test_a_school_speaks_of_canteens_and_dormitories_and_reports_by_the_official_table():
    school, county = load("school"), load("county")
    assert school.has_category("后勤/宿舍维修")
    assert not school.has_category("城乡建设/工程质量")
    assert school.official("后勤/宿舍维修") == "教育文体/教育行政管理"
    assert school.official("后勤/食堂卫生") == "卫生计生/食品药品监管"
    assert school.official("后勤") == "教育文体/教育行政管理"
    own = [f"{each.name}/{matter}" for each in school.categories for matter in each.matters]
    assert len(own) > 20
    assert all(county.has_category(school.official(each)) for each in own)
    assert county.official("城乡建设/工程质量") == "城乡建设/工程质量"
    assert county.official("") == school.official("") == ""


@pytest.mark.feature(102)
def test_a_school_promises_working_days_of_its_own_instead_of_the_county_s():
    made = limits.configured(load("school").targets)
    assert (made["school_general"].working_days, made["school_complex"].working_days) == (5, 10)
    assert "general_target" not in made
    assert made["handle"].days == 60
    assert not {"school_general", "school_complex"} & limits.configured(load("county").targets).keys()


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
        ("[targets]", 'categories = "../secrets"\n[targets]', "secrets"),
        ("[targets]", "[targets]\nschool_general = 0", "school_general"),
        ('  { per = "number", window = "1d", most = 1, closed = true },\n', "", "limits.bulk.*per number"),
        ('"1d", most = 1, closed = true', '"1d", most = 1', "limits.bulk.*per number"),
        ('  { per = "everybody", window = "1s", most = 2, closed = true },\n', "", "limits.bulk.*per everybody"),
        ("bulk = [ #", "bulky = [ #", "limits.bulk"),
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


@TENANTS
def test_codes_notices_and_bulk_notices_together_stay_below_what_a_provider_carries(tenant):
    limits_of = load(tenant).limits
    for per, window_s, carried in (("everybody", 1, 20), ("number", 86_400, 50)):
        most = [
            next(rule.most for rule in limits_of[kind] if (rule.per, rule.window_s) == (per, window_s))
            for kind in ("send_code", "notice", "bulk")
        ]
        assert sum(most) <= carried
    assert all(rule.closed for rule in (*limits_of["send_code"], *limits_of["bulk"]))
    assert not any(rule.closed for rule in limits_of["notice"])


@TENANTS
@pytest.mark.parametrize("is_local", [False, True])
def test_wherever_there_is_money_for_bulk_notices_each_number_has_its_limit(tenant, is_local):
    made = load(tenant, is_local=is_local)
    quota = BulkQuota(Quotas(made.limits, made.budgets))
    assert quota.is_given
    assert any((rule.per, rule.window_s) == ("number", 86_400) for rule in made.limits["bulk"])
    pace = quota.pace()
    assert (pace.per_second, pace.per_day) == ((20, 100_000) if is_local else (2, 300))


def test_without_money_for_bulk_notices_nothing_need_be_said_of_their_limits(tmp_path):
    assert load_changed(tmp_path, ", bulk = 300", "").limits
    text = COUNTY.replace(", bulk = 300", "").replace("bulk = [ #", "bulky = [ #")
    (tmp_path / "none.toml").write_text(text, "utf-8")
    made = load("none", folder=tmp_path)
    assert not BulkQuota(Quotas(made.limits, made.budgets)).is_given


def test_a_price_is_in_whole_fen(tmp_path):
    assert load("county").text_price_fen == 5
    with pytest.raises(ProfileError, match="fen"):
        load_changed(tmp_path, "text_price_fen = 5", "text_price_fen = 0.05")


@TENANTS
def test_the_greater_part_of_a_budget_is_kept_for_what_is_owed_by_law(tenant):
    assert all(each.reserve > each.most / 2 for each in load(tenant).budgets)


@pytest.mark.parametrize(
    "wrong",
    [
        'period = "week", most = 2300, reserve = 1200',
        'period = "day", most = 2300, reserve = 2300',
        'period = "day", most = 1500, reserve = 1200',
    ],
)
def test_a_budget_without_a_reserve_or_a_period_is_refused(tmp_path, wrong):
    with pytest.raises(ProfileError, match="budget"):
        load_changed(tmp_path, 'period = "day", most = 2300, reserve = 1200', wrong)
