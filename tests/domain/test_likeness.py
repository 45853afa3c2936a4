"""How alike two petitions say what they say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.likeness import ALIKE, likeness, shingles

ALIKE_ONES = [
    ("小区停车位被物业占用收费", "小区公共停车位被物业占用"),
    ("村口路灯不亮", "反映村口的路灯一直不亮的问题"),
    ("拖欠农民工工资", "工地拖欠农民工工资三个月"),
]
UNLIKE_ONES = [
    ("小区停车位被物业占用", "咨询低保办理条件"),
    ("村口路灯不亮", "学校食堂卫生差"),
    ("村里自来水水费太高", "电梯电费分摊不合理"),
]


@pytest.mark.parametrize(("one", "other"), ALIKE_ONES)
def test_two_ways_to_say_it_are_alike(one: str, other: str) -> None:
    assert likeness(shingles([one]), shingles([other])) >= ALIKE


@pytest.mark.parametrize(("one", "other"), UNLIKE_ONES)
def test_two_matters_are_not_alike(one: str, other: str) -> None:
    assert likeness(shingles([one]), shingles([other])) < ALIKE


@given(st.text(max_size=60), st.text(max_size=60))
def test_likeness_is_a_number_from_0_to_100_and_the_same_from_both_sides(one: str, other: str) -> None:
    here, there = shingles([one]), shingles([other])
    assert 0 <= likeness(here, there) == likeness(there, here) <= 100
    assert likeness(here, here) in (0, 100)
