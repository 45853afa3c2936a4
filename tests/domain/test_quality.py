"""质量关: empty phrases, answers too short for their claim, and answers copied from before."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain import quality
from chalicelib.domain.intake import Answer, Commitment, Opinion

ASKED = ("请把多收的停车费退给我们",)
GOOD = "物业公司已把2025年4月以后多收的停车费退到业主账户，共涉及四十二户。"


def codes(answer: str, *, basis: str = "", commitments: tuple[Commitment, ...] = (), earlier: tuple[str, ...] = ()):
    said = Opinion("查看了台账，走访了业主。", (Answer(1, "explain", answer, basis),), commitments)
    return [each.code for each in quality.findings(said, ASKED, earlier)]


@pytest.mark.feature(54)
@pytest.mark.parametrize(
    "answer",
    [
        "您的诉求不符合相关政策，不能办理，请您理解我们的工作。",
        "您反映的问题待进一步调查研究后进行处理，请您放心等待结果。",
        "该问题待进一步调查研究后处理，有结果会通知您本人。",
        "您反映的问题正在研究当中，请耐心等待，有进展再联系。",
        "您反映的问题我们将按有关规定办理，感谢您的来信。",
        "对您反映的情况，我局将依法依规处理，不会不管。",
        "我局对您反映的问题高度重视，已安排专人跟进此事。",
        "您反映的问题我们会尽快解决，给您一个满意的答复。",
        "您 的 诉 求 不 符 合，相关政策，不能办理，请您理解。",
    ],
)
def test_a_phrase_that_says_nothing_is_found(answer: str) -> None:
    assert codes(answer) == ["empty_phrase"]


@pytest.mark.feature(54)
@pytest.mark.parametrize(
    ("answer", "basis"),
    [
        ("您的诉求不符合相关政策：《物业服务收费管理办法》第九条规定由业主大会决定收费。", ""),
        ("您的诉求不符合相关政策，收费标准应由业主大会决定。", "《物业服务收费管理办法》第九条"),
        ("该问题正在研究，2026年4月30日前由县住建局物业科负责给您书面结果。", ""),
        ("该问题正在研究，三十日内由县住建局牵头拿出方案，责任人：王科长。", ""),
        ("我局高度重视，3月10日已到现场查看，收费台账已经封存。", ""),
    ],
)
def test_a_phrase_beside_its_article_or_its_day_and_person_says_something(answer: str, basis: str) -> None:
    assert codes(answer, basis=basis) == []


@pytest.mark.parametrize("half", ["2026年4月30日前给您结果。", "由县住建局物业科负责给您结果。"])
def test_what_is_put_off_needs_both_a_day_and_a_person(half: str) -> None:
    assert codes(f"该问题正在研究，{half}") == ["empty_phrase"]


def test_a_promise_for_the_claim_is_a_day_and_a_person() -> None:
    promise = Commitment(1, "退还停车费", date(2026, 4, 30), "物业科王科长")
    assert codes("该问题正在研究，退费方案确定后逐户退还。", commitments=(promise,)) == []


def test_a_date_does_not_stand_for_an_article() -> None:
    assert codes("您的诉求不符合相关政策，2026年4月30日前不再受理同类申请。") == ["empty_phrase"]


@pytest.mark.feature(53)
def test_an_answer_is_measured_by_its_claim() -> None:
    assert codes("已责令退还。") == ["too_short"]
    assert codes("已责令物业公司退还停车费。") == []
    long_claim = "请查清近三年来物业公司每月多收的停车费去了哪里" * 4
    said = Opinion("查看了台账。", (Answer(1, "explain", "已责令物业公司退还停车费。"),))
    (found,) = quality.findings(said, (long_claim,))
    assert (found.code, found.claim, found.field().pointer) == ("too_short", 1, "/answers/0/answer")
    assert "至少用46个字" in found.advice


def test_no_answer_has_to_be_longer_than_sixty_characters() -> None:
    said = Opinion("查看了台账。", (Answer(1, "explain", "查" * 60),))
    assert quality.findings(said, ("问" * 300,)) == ()


@pytest.mark.feature(51)
def test_an_answer_copied_from_before_is_found() -> None:
    before = f"答复如下：{GOOD}特此答复。"
    assert codes(GOOD, earlier=(before,)) == ["copied"]
    assert codes(GOOD.replace("，", "；").replace("四十二户", "四十三户"), earlier=(before,)) == ["copied"]
    assert codes(GOOD, earlier=("经再次走访，车位由业主大会收回，今后不再收费。",)) == []


def test_the_share_of_a_copy_is_that_of_the_new_text() -> None:
    assert quality.share_copied("一二三四五六七八", "一二三四五六七八九十") == 1.0
    assert quality.share_copied("一二三四五六七八九十", "一二三四五六七八") == pytest.approx(5 / 7)
    assert quality.share_copied("一二三", "一二三四") == 0.0


@given(st.text(alphabet="甲乙丙丁戊己庚辛，。", min_size=0, max_size=40), st.text(alphabet="子丑寅卯", max_size=20))
def test_a_text_is_its_own_copy_and_nobody_elses(words: str, other: str) -> None:
    assert quality.share_copied(words, words) in (0.0, 1.0)
    assert 0.0 <= quality.share_copied(words, other + words) <= 1.0
    assert quality.share_copied(words, other) == 0.0


@pytest.mark.feature(55)
def test_each_finding_names_its_claim() -> None:
    said = Opinion("查看了台账。", (Answer(2, "explain", "已办。"), Answer(1, "explain", GOOD)))
    assert [(each.claim, each.place) for each in quality.findings(said, ("一", "二"))] == [(2, 0)]


@pytest.mark.parametrize(
    "words", ["2026年4月30日前", "4月底", "三十日内", "15个工作日内", "十五日以内", "年底前", "2026-04-30"]
)
def test_a_day_is_recognised(words: str) -> None:
    assert quality.says_when(f"我们{words}完成")


@pytest.mark.parametrize("words", ["很快", "近日", "适时", "过一段时间"])
def test_what_is_no_day_is_not(words: str) -> None:
    assert not quality.says_when(f"我们{words}完成")
