"""Who may do what with a text to many, whom it reaches, and what may stand in it."""

from dataclasses import replace
from datetime import datetime

import pytest

from chalicelib.clock import CHINA
from chalicelib.domain import announcements as rules
from chalicelib.domain.announcements import Announcement, Audience, Pace, is_reached, takes
from chalicelib.domain.case import REPORT
from chalicelib.domain.errors import FieldsInvalid, NotYourStep, WrongStage
from chalicelib.domain.procedures import PROCEDURES
from chalicelib.notices import announcing
from chalicelib.notices.wording import SEGMENT, units
from tests.domain import county

AT = datetime(2026, 11, 25, 10, 0, tzinfo=CHINA)
WRITTEN = Announcement(1, "明天停电", Audience(), "bureau1", AT, version=1)
TEL, SIGNATURE = "0736-6622345", "青山县信访局"
"""Sample values of the county."""


def test_a_second_person_releases_and_may_say_so_twice() -> None:
    with pytest.raises(NotYourStep):
        rules.release(WRITTEN, by="bureau1", at=AT)
    released = rules.release(WRITTEN, by="leader1", at=AT)
    assert (released.state, released.released_by, released.is_under_way) == (rules.RELEASED, "leader1", True)
    assert rules.release(released, by="leader1", at=AT) == released
    with pytest.raises(WrongStage):
        rules.release(released, by="bureau2", at=AT)


def test_what_is_stopped_or_has_ended_is_not_released_any_more() -> None:
    withdrawn = rules.stop(WRITTEN, by="bureau1", at=AT)
    assert (withdrawn.state, withdrawn.is_under_way) == (rules.STOPPED, False)
    assert rules.stop(withdrawn, by="leader1", at=AT) == withdrawn
    ended = rules.end(rules.release(WRITTEN, by="leader1", at=AT), AT)
    for each in (withdrawn, ended):
        with pytest.raises(WrongStage):
            rules.release(each, by="leader1", at=AT)
    with pytest.raises(WrongStage):
        rules.stop(ended, by="leader1", at=AT)


def test_what_is_stopped_on_its_way_stays_stopped_when_nobody_is_left() -> None:
    stopped = rules.stop(rules.release(WRITTEN, by="leader1", at=AT), by="bureau1", at=AT)
    assert stopped.is_under_way, "whoever has not got it is still to be written down as spared"
    ended = rules.end(stopped, AT)
    assert (ended.state, ended.is_under_way) == (rules.STOPPED, False)


@pytest.mark.parametrize(
    ("audience", "is_meant"),
    [
        (Audience(), True),
        (Audience(category="城乡建设"), True),
        (Audience(category="城乡建设/工程质量"), True),
        (Audience(category="城乡建设/物业"), False),
        (Audience(category="教育"), False),
        (Audience(org="bureau"), True),
        (Audience(org="housing"), False),
        (Audience(category="城乡建设", org="housing"), False),
    ],
)
def test_an_audience_is_everybody_or_a_field_or_an_office(audience: Audience, is_meant: bool) -> None:
    case = county.registered().with_facts(category="城乡建设/工程质量")
    assert is_reached(case, audience) is is_meant


def test_nobody_is_reached_by_a_report_nor_after_the_end_nor_by_a_task_of_supervision() -> None:
    case = county.registered()
    assert is_reached(case, Audience())
    assert not is_reached(replace(case, stage="concluded"), Audience())
    others = {*PROCEDURES, REPORT} - {case.procedure}
    assert len(others) >= 2
    assert [each for each in others if is_reached(replace(case, procedure=each), Audience())] == []


def test_how_long_it_takes_at_best() -> None:
    assert takes(0, Pace(2, 300)) == (0, 0)
    assert takes(301, Pace(2, 300)) == (151, 2)


def test_a_text_says_who_writes_and_how_to_be_spared_and_fits_one_segment() -> None:
    received = announcing.as_received("明天上午信访接待大厅停电，网上和电话照常受理", TEL, SIGNATURE)
    assert received == "【青山县信访局】明天上午信访接待大厅停电，网上和电话照常受理。不想再收请打0736-6622345。"
    assert units(received) <= SEGMENT
    room = SEGMENT - units(announcing.as_received("。", TEL, SIGNATURE)) + 1
    announcing.check("字" * (room - 1) + "。", TEL, SIGNATURE)
    with pytest.raises(FieldsInvalid):
        announcing.check("字" * room + "。", TEL, SIGNATURE)


@pytest.mark.parametrize(
    "text",
    [
        "【通知】明天停电",
        "详见www.example",
        "见 https://a",
        "请登录abc.gov.cn",
        "261123001785号已办结",
        "身份证110105194912310021的",
    ],
)
def test_no_brackets_no_links_and_nothing_of_one_person(text: str) -> None:
    with pytest.raises(FieldsInvalid):
        announcing.check(text, TEL, SIGNATURE)
