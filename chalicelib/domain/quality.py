"""质量关: what an opinion has to hold (第三十二条), and what makes an answer an empty one (第二十八条: 不得敷衍).

Pure: an opinion, its claims and earlier replies in, findings out. Nothing is learned and nothing is guessed: each
finding names the claim, and says what to write instead.
"""

import re
from collections.abc import Sequence

from chalicelib.domain import intake
from chalicelib.domain.errors import FieldError, OpinionIncomplete
from chalicelib.domain.intake import Answer, Opinion
from chalicelib.domain.values import value

ARTICLE, WHEN, WHO = "article", "when", "who"
REMEDIES = {ARTICLE: "写明所依据的文件和条款（《…》第…条）", WHEN: "写明具体日期", WHO: "写明由谁负责"}

_NOT_BY_POLICY = (
    *("不符合相关政策", "不符合有关政策", "不符合相关规定", "不符合有关规定", "不符合政策规定", "不符合现行政策"),
    *("按有关规定办理", "按相关规定办理", "按照有关规定办理", "按照相关规定办理", "按政策规定办理", "按有关政策办理"),
    *("依法依规处理", "依法依规办理", "依照有关规定处理", "按程序办理", "没有相关政策", "政策不允许"),
)
_LATER = (
    *("待进一步调查研究后处理", "待进一步调查研究后进行处理", "待进一步研究", "待进一步调查", "待进一步核实"),
    *("正在研究", "正在调查", "正在处理", "正在协调", "研究后答复", "研究解决", "逐步解决", "适时解决", "尽快解决"),
    *("尽快处理", "尽快办理", "尽快落实", "请耐心等待", "请您耐心等待", "敬请等待", "将持续关注", "条件成熟时"),
)
_FINE_WORDS = (
    *("高度重视", "非常重视", "认真研究", "积极协调", "积极推进", "妥善处理", "加强管理", "加大力度", "引起重视"),
    *("感谢您的理解", "感谢您的支持", "请您谅解", "请予理解", "已收悉", "已知悉", "已转有关部门", "已转相关部门"),
)
EMPTY_PHRASES: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (_NOT_BY_POLICY, (ARTICLE,)),
    (_LATER, (WHEN, WHO)),
)
"""Phrases, and what has to stand in the same answer so that they say something."""
FILLERS = _FINE_WORDS
"""They say something only beside an article, a date or a responsible person: any of them will do."""

LEAST, MOST = 10, 60
"""An answer is half as long as its claim, at least and at most so many characters (signs not counted)."""
SHINGLE = 4
SAME = 0.8
"""From this share on, an answer was copied."""

EMPTY_PHRASE, TOO_SHORT, COPIED = "empty_phrase", "too_short", "copied"
FLAGS = {EMPTY_PHRASE: "套话空话", TOO_SHORT: "答复过短", COPIED: "照抄以前的答复"}

_SIGNS = re.compile(r"[\W_]+")
_NUMERAL = "[0-9０-９〇零一二三四五六七八九十百两]"
# Patterns of words are compiled when somebody proposes an opinion: no cold start waits for them.
_ARTICLE = rf"《[^》]+》|第{_NUMERAL}+条"
_WHEN = (
    rf"{_NUMERAL}+月(?:{_NUMERAL}+日|底|上旬|中旬|下旬)|{_NUMERAL}{{4}}-\d{{1,2}}-\d{{1,2}}"
    rf"|{_NUMERAL}+个?(?:工作日|日|天|周|月)[之以]?内|(?:今年|明年|本月|下月|年|月)底前?|{_NUMERAL}+月{_NUMERAL}*日?前"
)
_WHO = (
    r"由[^，。；、]{2,20}?(?:负责|牵头|承办|落实|办理|组织|实施|完成|验收)"
    r"|(?:责任人|负责人|联系人|承办人|经办人)[:：是为]"
)


@value
class Finding:
    """What is wrong with one answer: a code of FLAGS, the claim, where it stands and what to write instead."""

    code: str
    claim: int
    place: int
    advice: str

    def field(self) -> FieldError:
        """As a field that has to be mended."""
        return FieldError(f"/answers/{self.place}/answer", self.advice, self.code)


def complete(opinion: Opinion, *, claims: int) -> None:
    """信访处理意见书应当载明信访人投诉请求、事实和理由、处理意见及其法律法规依据. -- 第三十二条

    Raises OpinionIncomplete naming everything that is missing.
    """
    answered = [each.claim for each in opinion.answers]
    wrong = [
        FieldError(f"/answers/{place}/claim", f"没有第{each.claim}项诉求，或者已经答复过", "no_such_claim")
        for place, each in enumerate(opinion.answers)
        if not 1 <= each.claim <= claims or answered.index(each.claim) != place
    ]
    wrong += [
        FieldError("/answers", f"第{claim}项诉求没有答复", "unanswered")
        for claim in range(1, claims + 1)
        if claim not in answered
    ]
    wrong += [
        FieldError(f"/answers/{place}/basis", "支持或者不予支持的，须写明依据", "missing")
        for place, each in enumerate(opinion.answers)
        if each.finding != intake.EXPLAIN and not each.basis
    ]
    wrong += [
        FieldError(f"/commitments/{place}/claim", f"没有答复第{each.claim}项诉求，不能为它作出承诺", "no_such_claim")
        for place, each in enumerate(opinion.commitments)
        if each.claim not in answered
    ]
    if wrong:
        raise OpinionIncomplete("处理意见应当逐项答复诉求，并载明事实和依据", law="第三十二条", fields=wrong)


def findings(opinion: Opinion, claims: Sequence[str] = (), earlier: Sequence[str] = ()) -> tuple[Finding, ...]:
    """Whatever makes an answer an empty one. `claims`: their words in order; `earlier`: replies in the same matter."""
    found: list[Finding] = []
    for place, answer in enumerate(opinion.answers):
        asked = claims[answer.claim - 1] if answer.claim <= len(claims) else ""
        lacking = _lacking(answer, opinion)
        if lacking:
            found.append(Finding(EMPTY_PHRASE, answer.claim, place, lacking))
        least = min(max(LEAST, len(_bare(asked)) // 2), MOST)
        if len(_bare(answer.answer)) < least:
            said = f"对照这项诉求，答复过短，请至少用{least}个字写明查明的情况、处理意见和理由"
            found.append(Finding(TOO_SHORT, answer.claim, place, said))
        if any(share_copied(answer.answer, before) >= SAME for before in earlier):
            said = "与以前的答复基本相同，请写明这一次重新调查核实的情况和新的处理意见"
            found.append(Finding(COPIED, answer.claim, place, said))
    return tuple(found)


def share_copied(words: str, before: str) -> float:
    """The share of a text's shingles (runs of four characters, signs left out) that stood in an earlier text.

    A share of the new text, not of both: an old answer inside a longer old reply is as copied as an answer alone.
    Words too short for a shingle are nobody's copy.
    """
    mine = _shingles(words)
    return len(mine & _shingles(before)) / len(mine) if mine else 0.0


def cites_article(words: str) -> bool:
    """It names a document or an article."""
    return bool(re.search(_ARTICLE, words))


def says_when(words: str) -> bool:
    """It names a day, or a number of days."""
    return bool(re.search(_WHEN, words))


def says_who(words: str) -> bool:
    """It names who is responsible."""
    return bool(re.search(_WHO, words))


def _lacking(answer: Answer, opinion: Opinion) -> str:
    """What the phrases of an answer lack to say something; empty when they lack nothing."""
    is_promised = any(each.claim == answer.claim for each in opinion.commitments)
    has = {
        ARTICLE: cites_article(answer.answer) or cites_article(answer.basis),
        WHEN: is_promised or says_when(answer.answer),
        WHO: is_promised or says_who(answer.answer),
    }
    for phrases, needs in EMPTY_PHRASES:
        phrase = _first(phrases, answer.answer)
        missing = [REMEDIES[need] for need in needs if not has[need]]
        if phrase and missing:
            return f"“{phrase}”没有说明具体内容，请{'，'.join(missing)}"
    phrase = _first(FILLERS, answer.answer)
    if phrase and not any(has.values()):
        return f"“{phrase}”没有说明具体内容，请写明依据的条款、办理的日期或者负责的人"
    return ""


def _first(phrases: Sequence[str], words: str) -> str:
    bare = _bare(words)
    return next((phrase for phrase in phrases if phrase in bare), "")


def _bare(words: str) -> str:
    return _SIGNS.sub("", words)


def _shingles(words: str) -> set[str]:
    bare = _bare(words)
    return {bare[start : start + SHINGLE] for start in range(len(bare) - SHINGLE + 1)}
