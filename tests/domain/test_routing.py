"""Who is competent: by place, level and category, with reasons that a clerk can weigh (第二十二条、第二十三条)."""

from collections import Counter
from pathlib import Path

import pytest

from chalicelib.domain.offices import OfficeTree
from chalicelib.domain.routing import MOST, Proposed, Table, propose
from chalicelib.profiles import ProfileError, load
from chalicelib.profiles.competence import load as load_competence
from chalicelib.store.bootstrap import UNIT_KINDS
from tests.domain.county import TREE
from tests.domain.routed import WITH_A_SUCCESSOR, WITHOUT_HOUSING

PROFILE = load("county")
COUNTY, TABLE = OfficeTree.of(PROFILE.offices), load_competence(PROFILE)


def proposed(category: str = "", place: str = "", text: str = "") -> tuple[Proposed, ...]:
    return propose(category, place, text, COUNTY, TABLE)


@pytest.mark.feature(26)
def test_whoever_is_in_charge_of_the_matter_comes_first_and_the_place_second() -> None:
    """谁主管、谁负责; 属地管理."""
    found = proposed("城乡建设/工程质量", "青溪镇上溪村安置房")
    assert [each.org for each in found] == ["housing", "town-qingxi"]
    assert found[0].why == "类别“城乡建设/工程质量”由县住建局主管（职责：工程质量）"
    assert found[1].why == "地点在青溪镇（属地）"


@pytest.mark.feature(26)
def test_what_belongs_to_the_village_goes_to_its_township_first() -> None:
    """分级负责: the county does not take what the township governs."""
    found = proposed("农村农业/村务管理", "松岭乡")
    assert found[0].org == "town-songling"
    assert "类别“农村农业/村务管理”由属地松岭乡政府管理（职责：村务）" in found[0].why
    assert "地点在松岭乡（属地）" in found[0].why


@pytest.mark.feature(26)
@pytest.mark.parametrize(
    ("text", "org", "why"),
    [
        ("工地拖欠工资三个月，包工头不接电话。", "human-resources", "内容提到“拖欠工资”、“工资”（县人社局职责）"),
        ("我在双潭乡养殖场旁边住，臭气熏天，污水直排。", "environment", "青山生态环境分局职责"),
        ("小区物业把电梯停了，业主上不了楼。", "housing", "“物业”"),
        ("公积金贷款批了半年还没放款。", "housing-fund", "“公积金”"),
    ],
)
def test_without_a_category_the_words_of_duties_say_who(text: str, org: str, why: str) -> None:
    found = proposed(text=text)
    assert found[0].org == org
    assert why in found[0].why


def test_reasons_for_the_same_unit_add_up() -> None:
    alone, both = proposed("环境保护/环境污染"), proposed("环境保护/环境污染", text="废气呛人")
    assert both[0].org == alone[0].org == "environment"
    assert both[0].score > alone[0].score
    assert "；" in both[0].why


def test_at_most_three_are_proposed_the_likeliest_first() -> None:
    found = proposed("城乡建设/城市建设和市政管理", "桃花镇", "路灯不亮，公交不来，垃圾没人收，学校门口污染严重")
    assert len(found) == MOST
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)


def test_what_nobody_is_known_to_do_is_left_to_the_clerk() -> None:
    assert proposed(text="想对县里的工作提一点看法。") == ()


def test_of_two_places_the_one_that_was_said_counts() -> None:
    found = proposed(place="河口镇", text="我原来住在石桥镇")
    assert [each.org for each in found] == ["town-hekou"]
    assert proposed(text="我原来住在石桥镇")[0].why == "内容提到石桥镇（属地）"


def test_only_whom_the_case_may_be_sent_to_is_proposed() -> None:
    found = propose("城乡建设/工程质量", "青溪镇", "", COUNTY, TABLE, permitted=lambda org: org != "housing")
    assert [each.org for each in found] == ["town-qingxi"]


def test_instead_of_an_abolished_office_its_successor_is_proposed() -> None:
    table = Table(categories={"城乡建设": ("housing",)})
    assert [each.org for each in propose("城乡建设", "", "", WITH_A_SUCCESSOR, table)] == ["water"]
    assert propose("城乡建设", "", "", WITHOUT_HOUSING, table) == ()


def test_every_matter_that_a_county_unit_can_have_names_somebody() -> None:
    without = [
        f"{field.name}/{matter}"
        for field in PROFILE.categories
        for matter in field.matters
        if not propose(f"{field.name}/{matter}", "青溪镇", "", COUNTY, TABLE)[0].why.startswith("类别")
    ]
    for_other_organs = ("党务政务/", "组织人事/", "纪检监察/", "其他/")
    assert all(each.startswith(for_other_organs) for each in without)


def test_the_table_may_name_only_what_the_profile_has(tmp_path: Path) -> None:
    (tmp_path / "county.toml").write_text('[categories]\n"钓鱼" = ["nobody"]\n', "utf-8")
    with pytest.raises(ProfileError, match="钓鱼, nobody"):
        load_competence(PROFILE, folder=tmp_path)


def test_a_tenant_without_a_table_gets_no_proposals(tmp_path: Path) -> None:
    assert load_competence(PROFILE, folder=tmp_path) == Table()


@pytest.mark.feature(21, 22)
def test_the_county_has_five_levels_and_47_units_each_under_the_county() -> None:
    kinds = Counter(office.kind for office in PROFILE.offices)
    assert (kinds["township"], kinds["committee"], kinds["department"]) == (12, 3, 32)
    units = [office for office in PROFILE.offices if office.kind in ("township", "committee", "department")]
    assert all(COUNTY.is_within(office.id, "county") and office.kind in UNIT_KINDS for office in units)
    assert len({office.phone for office in units}) == 47
    assert COUNTY.path("village-shangxi")[:3] == ("village-shangxi", "town-qingxi", "county")
    assert [COUNTY.offices[each].level for each in COUNTY.path("village-shangxi")] == [
        "village", "township", "county", "city", "province",
    ]  # fmt: skip


def test_the_common_superior_is_the_nearest_office_above_all() -> None:
    def above(*orgs: str) -> str | None:
        found = COUNTY.common_superior(orgs)
        return found.id if found else None

    assert above("housing", "town-qingxi") == "county"
    assert above("housing", "city") == "province"
    assert above("housing", "province") is None
    assert above("village-shangxi", "town-qingxi") == "county", "a township is not above itself"


def test_a_successor_of_a_successor_is_found_and_a_circle_ends() -> None:
    assert WITH_A_SUCCESSOR.successor_of("housing") == TREE.offices["water"]
    assert TREE.successor_of("housing") is None
