"""What is said to people fits one SMS, says nothing it must not, and misses no fact."""

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest

from chalicelib.domain import limits, owed
from chalicelib.notices import wording

COUNTY = "青山县信访局"
SMS = [text_id for text_id, text in wording.texts().items() if text.is_sms]
SAMPLE = {
    "code": "305918",
    "no": "261123001785",
    "q": "4839201677530912",
    "unit": "县住建局",
    "body": "县劳动仲裁委",
    "bureau": "县信访局",
    "date": "12月8日",
    "date2": "11月30日",
    "how": "可凭查询码看",
    "proc": "建议意见",
    "tel": "0736-6622345",
    "days": "3",
    "times": "2",
    "limit": "办理期限",
    "reason": "没有手机号码",
    "office_rating": "满意",
    "unit_rating": "基本满意",
    "solved": "已解决",
}


def sample(text_id: str) -> dict[str, str]:
    """A fact for each placeholder: a likely one where one is written above, else as long as it may be."""
    return {name: SAMPLE.get(name) or "字" * wording.LONGEST.get(name, 4) for name in wording.texts()[text_id].needs}


@pytest.mark.parametrize("signature", [COUNTY, f"【{COUNTY}】", "青山县信访"])
@pytest.mark.parametrize("text_id", SMS)
def test_every_text_fits_one_segment_in_its_worst_case(text_id: str, signature: str) -> None:
    assert wording.worst_case(text_id, signature) <= wording.SEGMENT


@pytest.mark.parametrize(
    ("text_id", "longest"),
    [
        *(("S01", 54), ("S02", 69), ("S02b", 70), ("S02c", 67), ("S04", 70), ("S09", 70), ("S10", 70), ("S21", 69)),
        *(("S05c", 69), ("S12", 62), ("S12b", 66), ("S12c", 68), ("S13", 70), ("S17", 59), ("S18", 70)),
        *(("S23", 70), ("S24", 69), ("S27", 57), ("S29", 58)),
    ],
)
def test_lengths_are_those_that_were_agreed_with_a_signature_of_eight(text_id: str, longest: int) -> None:
    assert wording.units(wording.signed("", COUNTY)) == 8
    assert wording.worst_case(text_id, COUNTY) == longest


def test_a_longer_signature_is_refused_at_start_and_named() -> None:
    with pytest.raises(wording.WordingError, match="S10 74"):
        wording.check("青山县信访工作中心局")


def test_no_signature_is_refused() -> None:
    with pytest.raises(wording.WordingError, match="no SMS signature"):
        wording.check("")


def test_the_county_starts() -> None:
    wording.check(COUNTY)


@pytest.mark.parametrize("text_id", list(wording.texts()))
def test_every_text_can_be_said_with_its_facts(text_id: str) -> None:
    said = wording.render(text_id, **sample(text_id))
    assert "{" not in said
    assert not [word for word in wording.FORBIDDEN if word in said]


def test_a_text_reads_as_the_petitioner_gets_it() -> None:
    said = wording.signed(wording.render("S04", **SAMPLE), COUNTY)
    assert said == (
        "【青山县信访局】编号261123001785：县住建局已受理，12月8日前办结。告知书可凭查询码看，电话0736-6622345。"
    )


def test_a_missing_fact_is_named() -> None:
    with pytest.raises(wording.WordingError, match="S02 needs date, tel"):
        wording.render("S02", no="261123001785")


def test_a_fact_longer_than_agreed_is_refused_rather_than_sent_in_two_pieces() -> None:
    with pytest.raises(wording.WordingError, match="unit longer"):
        wording.render("S04", **{**SAMPLE, "unit": "青山县住房和城乡建设局"})


def test_an_in_site_text_may_be_long() -> None:
    assert "青山县住房和城乡建设局" in wording.render("M01", **{**SAMPLE, "unit": "青山县住房和城乡建设局"})


def test_an_unknown_text_is_named() -> None:
    with pytest.raises(wording.WordingError, match="no text 'S99'"):
        wording.render("S99")


def test_a_rare_character_counts_as_two_units() -> None:
    assert wording.units("𠮷村") == 3


@pytest.mark.parametrize(("when", "said"), [(date(2026, 12, 8), "12月8日"), (date(2027, 1, 31), "1月31日")])
def test_dates_are_written_without_year_and_leading_zero(when: date, said: str) -> None:
    assert wording.day(when) == said


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("文书已送达。", "已送达"),
        ("【通知】请看。", "【"),
        ("请看 http://a.cn", "http"),
        ("请看 xinfang.cn", "a link"),
    ],
)
def test_forbidden_words_and_links_are_refused(text: str, wrong: str) -> None:
    with pytest.raises(wording.WordingError, match=wrong):
        wording._check_rules(wording.Wording(id="S98", when="", to="petitioner", needs=(), text=text))


def test_a_declared_fact_that_the_text_does_not_use_is_refused() -> None:
    with pytest.raises(wording.WordingError, match="needs"):
        wording._check_rules(wording.Wording(id="S98", when="", to="petitioner", needs=("no",), text="你好。"))


def test_a_clock_that_tells_no_date_is_refused() -> None:
    with pytest.raises(wording.WordingError, match="tells no date"):
        wording._check_rules(
            wording.Wording(id="S98", when="", to="petitioner", needs=("no",), text="{no}", clock=("route",))
        )


@pytest.mark.parametrize("text_id", [text_id for text_id, text in wording.texts().items() if text.clock])
def test_the_clock_whose_date_a_text_tells_is_a_known_one(text_id: str) -> None:
    assert set(wording.texts()[text_id].clock) <= set(limits.PETITION)


def test_a_text_that_stands_in_two_files_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.toml").write_text('[M98]\nwhen = ""\nto = "staff"\nneeds = []\ntext = "你好。"\n', "utf-8")
    monkeypatch.setattr(wording, "FOLDER", tmp_path)
    wording._files.cache_clear()
    try:
        with pytest.raises(wording.WordingError, match="M98 stands in two files"):
            wording.texts.__wrapped__()
    finally:
        wording._files.cache_clear()


OWING = {
    text_id
    for path in Path(owed.__file__).parent.glob("*.py")
    for text_id in re.findall(r'"([SM]\d\d[a-z]?)"', path.read_text("utf-8"))
}
"""What events owe, by the rules as they are written."""
PART_OF = {
    text_id: path.stem
    for path in wording.FOLDER.glob("*.toml")
    for text_id in tomllib.loads(path.read_text("utf-8"))
    if text_id != wording.LABELS
}
NOT_OWED_BY_AN_EVENT = {text_id for text_id, part in PART_OF.items() if part == "codes"}
"""Login codes, a changed query code, and what stands in an inbox for another reason."""


def test_every_text_that_an_event_owes_has_words() -> None:
    assert set(wording.texts()) >= OWING


@pytest.mark.parametrize("text_id", sorted(set(wording.texts()) - NOT_OWED_BY_AN_EVENT))
def test_no_text_is_kept_that_no_event_owes(text_id: str) -> None:
    assert text_id in OWING
