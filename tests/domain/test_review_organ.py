"""第三十五条、第三十六条: the organ one level above reviews, the one above it re-reviews; who does the work."""

from dataclasses import replace

import pytest

from chalicelib.domain.offices import Office, OfficeTree
from chalicelib.domain.review import place_of, review_organ
from chalicelib.profiles.profile import load
from tests.domain import county
from tests.domain.county import TREE

COUNTY = OfficeTree.of(load("county").offices)


@pytest.mark.parametrize(
    ("agency", "organ", "above"),
    [
        ("housing", "county", "city"),  # 工作部门 -> 本级政府 -> 上一级政府
        ("town-qingxi", "county", "city"),  # 乡镇 -> 县政府
        ("village-shangxi", "town-qingxi", "county"),  # 村 -> 乡镇
        ("development-zone", "county", "city"),  # 派出机关
        ("county", "city", "province"),
        ("bureau", "city", "province"),  # 信访部门 counts as its government
        ("joint-meeting", "city", "province"),
        ("tax", "city-tax", "province-tax"),  # 垂直管理: its own superior, and nobody else
        ("environment", "city-environment", "province-environment"),
        ("housing-fund", "city-housing-fund", "city"),
    ],
)
def test_the_organ_one_level_above_reviews(agency: str, organ: str, above: str) -> None:
    assert review_organ(agency, COUNTY) == organ
    assert review_organ(agency, COUNTY, steps=2) == above


def test_a_body_of_a_department_is_reviewed_by_that_department() -> None:
    assert review_organ("property", TREE) == "housing"
    assert review_organ("property", TREE, steps=2) == "county"


def test_above_the_highest_there_is_nobody() -> None:
    assert review_organ("province", COUNTY) is None
    assert review_organ("city", TREE, steps=3) is None


def test_a_department_that_stands_under_an_organ_outside_is_reviewed_there() -> None:
    tree = OfficeTree.of(
        [
            Office("upper", "市气象局", "市气象局", "city", "external"),
            Office("county", "县政府", "县政府", "county", "government"),
            Office("weather", "县气象局", "县气象局", "county", "department", "upper"),
        ]
    )
    assert review_organ("weather", tree) == "upper"


def test_an_organ_that_no_longer_works_is_passed_over() -> None:
    tree = OfficeTree.of([replace(office, active=office.id != "housing") for office in TREE.offices.values()])
    assert review_organ("property", tree) == "county"


def test_a_government_reviews_through_its_bureau_and_others_themselves() -> None:
    assert vars(place_of(county.served(), "review", TREE)) == {
        "organ": "county", "office": "bureau", "external": False,
    }  # fmt: skip
    village = replace(county.served(), agency="village-shangxi")
    assert place_of(village, "review", COUNTY).office == "town-qingxi"


def test_what_an_organ_outside_decides_the_bureau_of_the_agency_records() -> None:
    place = place_of(replace(county.served(), agency="tax"), "review", COUNTY)
    assert (place.organ, place.office, place.external) == ("city-tax", "bureau", True)


def test_an_accused_bureau_does_not_review_its_government_does() -> None:
    place = place_of(replace(county.served(), accused=("bureau",)), "review", TREE)
    assert (place.organ, place.office) == ("county", "county")


def test_a_superior_that_does_not_exist_is_told_when_the_tree_is_made() -> None:
    with pytest.raises(ValueError, match="'nowhere' of 'tax' does not exist"):
        OfficeTree.of([Office("tax", "县税务局", "县税务局", "county", "department", superior="nowhere")])
