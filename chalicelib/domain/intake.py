"""What comes in: kinds, channels, tracks and grounds as closed lists, and the values a filing is made of.

The invariant: `Contact` holds all personal data of a filing, `Filing.text` all its free text; nothing else does.
"""

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from typing import Any

from chalicelib.domain.values import value

GRIEVANCE, SUGGESTION, CONSULTATION = "grievance", "suggestion", "consultation"
KINDS = {GRIEVANCE: "申诉求决", SUGGESTION: "建议意见", CONSULTATION: "咨询"}
KINDS_SHOWN = {GRIEVANCE: "求解决、申诉", SUGGESTION: "提建议", CONSULTATION: "问政策"}

REPORT_OF_MISCONDUCT = "report_of_misconduct"
"""检举控告: no kind of this list. It has a channel of its own (第三十条)."""

PETITION_PROCEDURE, PERFORM_DUTY = "petition_procedure", "perform_duty"
TRACKS = {
    PETITION_PROCEDURE: "信访程序",
    PERFORM_DUTY: "履行法定职责",
    SUGGESTION: "建议意见",
    CONSULTATION: "咨询答复",
}
TRACK_LAW = {
    PETITION_PROCEDURE: "第三十一条第六项",
    PERFORM_DUTY: "第三十一条第五项",
    SUGGESTION: "第二十九条",
    CONSULTATION: "第二十三条",
}
TRACKS_OF_KIND = {
    GRIEVANCE: (PETITION_PROCEDURE, PERFORM_DUTY),
    SUGGESTION: (SUGGESTION,),
    CONSULTATION: (CONSULTATION,),
}
TRACK_OF_KIND = {kind: tracks[0] for kind, tracks in TRACKS_OF_KIND.items()}
"""The track of a kind, unless the unit finds that another one is meant."""

WEB, VISIT, WECHAT = "web", "visit", "wechat"
CHANNELS = {
    WEB: "网上信访",
    "letter": "来信",
    VISIT: "来访",
    "phone": "来电",
    "fax": "传真",
    "mailbox": "领导信箱",
    "hotline_12345": "12345热线",
    WECHAT: "微信",
    "video": "视频接访",
}
ONLINE = (WEB, WECHAT)

GROUNDS = {
    "not_our_competence": ("不属于本机关、单位或者本系统职权范围", "第二十三条第一款"),
    "pending_elsewhere": ("已经受理或者正在办理，又向上级提出同一信访事项", "第十九条第三款"),
    "litigation_matter": ("涉及诉讼权利救济，应当向有关政法部门提出", "第二十条第二款"),
}
"""Why a petition may be declined: a closed list, each with its article."""

ROUTES = {
    "litigation": ("诉讼、检察监督、公安机关法律程序", "第三十一条第一项"),
    "arbitration": ("仲裁", "第三十一条第二项"),
    "party_appeal": ("党员申诉、申请复审", "第三十一条第三项"),
    "administrative_procedure": ("行政复议、行政裁决等行政程序", "第三十一条第四项"),
    PERFORM_DUTY: ("查处违法行为、履行法定职责", "第三十一条第五项"),
}
"""Where a grievance may be led instead (第三十一条第一至五项)."""

TRANSFERS = {
    "political_legal": ("涉法涉诉，转同级政法部门", "第二十二条第二款"),
    "discipline": ("属于纪检监察机关受理，按照管理权限转送", "第二十二条第二款"),
}
"""To whom a petition bureau passes on what no petition procedure can decide (第二十二条第二款)."""
REPEATED = {"rereviewed": ("已有复核意见，仍以同一事实和理由提出", "第三十六条第三款")}
"""Why a matter is not taken again (第三十六条第三款): the one ground there is."""

SUPPORT, EXPLAIN, NOT_SUPPORT = "support", "explain", "not_support"
FINDINGS = {
    SUPPORT: ("予以支持", "第三十二条第一项"),
    EXPLAIN: ("解释说明", "第三十二条第二项"),
    NOT_SUPPORT: ("不予支持", "第三十二条第三项"),
}

NATIONAL, PROVINCE, CITY = "national", "province", "city"
LEVELS_ABOVE = {NATIONAL: "国家", PROVINCE: "省", CITY: "市"}
"""The levels a matter may come down from, highest first."""

TOLD_HOW = {"phone": "已电话告知", "mail": "已邮寄", "in_person": "已当面告知"}
"""How a person told what no message could tell."""
CAUSES = {
    "policy_gap": "政策不完善",
    "execution": "政策落实不到位",
    "facility": "设施建设",
    "communication": "沟通解释不够",
    "conduct": "工作作风",
    "dispute": "利益纠纷",
    "other": "其他",
}
"""Why the matter arose, beside what it is about: a closed list, so that it can be counted."""
WAYS = {"call": "电话", "visit": "上门走访", "meeting": "见面座谈", "letter": "书信", "online": "网上"}
"""How somebody was heard, or a matter investigated."""

SERVICE_METHODS = {"online": "网上送达", "window": "当面领取", "mail": "邮寄", "person": "上门送达"}
RATINGS = {"satisfied": "满意", "basically": "基本满意", "not_satisfied": "不满意"}


REPRESENTATIVE, PROXY = "r", "x"
"""Under which name a case keeps what it knows them by again."""
MOST_REPRESENTATIVES, MOST_SIGNERS = 20, 500
"""Bounds of the program, not of the law: each representative is told in the transaction of the step itself."""


@value
class Companion:
    """A representative or a joint signer."""

    name: str = ""
    phone: str = ""


@value
class Proxy:
    """Who acts for the principal, and what he is to him; whoever merely typed for somebody is no proxy."""

    name: str = ""
    phone: str = ""
    relation: str = ""


@value
class Contact:
    """Who files: the principal, and who stands with or acts for him. All of it is sealed.

    A paper petition may lack any of it (第二十三条第二款).
    """

    name: str = ""
    phone: str = ""
    address: str = ""
    identity_number: str = ""
    representatives: tuple[Companion, ...] = ()
    joint_signers: tuple[Companion, ...] = ()
    proxy: Proxy | None = None

    @property
    def is_notifiable(self) -> bool:
        """但信访人的姓名（名称）、住址不清的除外. -- 第二十三条第二款. A phone reaches a person too, and so does a
        representative or a proxy."""
        beside = (*self.representatives, *((self.proxy,) if self.proxy else ()))
        return bool(self.name and (self.address or self.phone)) or any(each.name and each.phone for each in beside)


@value
class Filing:
    """What is filed, and how it came (第十九条: 请求、事实、理由)."""

    kind: str
    channel: str
    received_on: date
    title: str
    text: str
    claims: tuple[str, ...] = ()
    category: str = ""
    place: str = ""
    helper: str = ""
    external_number: str = ""
    persons: int = 1
    """How many people came (visits)."""
    level_skipping: bool = False
    """越级走访: not at the place of the competent level (第二十条第一款). Registered all the same."""
    open_to_join: bool = False
    """Others may join it online."""
    from_above: str = ""
    """The level that it was brought to first, when it was handed down from above."""
    above_received: Mapping[str, date] = field(default_factory=dict)
    """Which level above had it since when."""
    above_due: date | None = None
    """By when the level above wants the result, when it was assigned and not just forwarded (交办)."""

    def stated_claims(self) -> tuple[str, ...]:
        """The claims an opinion will have to answer; without a list the title is the one claim (第三十二条)."""
        return self.claims or (self.title,)


@value
class Answer:
    """The answer to one claim: finding, what is said, and on which basis (第三十二条)."""

    claim: int
    finding: str
    answer: str
    basis: str = ""


@value
class Commitment:
    """What will be done about a claim, by when and by whom: 作出支持信访请求意见的，应当督促执行 (第三十二条)."""

    claim: int
    what: str
    due: date
    responsible: str


@value
class Opinion:
    """信访处理意见书: facts and reasons, an answer to every claim, and what is promised beyond it."""

    facts: str
    answers: tuple[Answer, ...]
    commitments: tuple[Commitment, ...] = ()

    def text(self) -> dict[str, Any]:
        """As it is kept, sealed, with the event of its draft and of its signature."""
        answers = [
            {"claim": each.claim, "finding": each.finding, "answer": each.answer, "basis": each.basis}
            for each in self.answers
        ]
        promised = [
            {"claim": each.claim, "what": each.what, "due": each.due.isoformat(), "responsible": each.responsible}
            for each in self.commitments
        ]
        return {"facts": self.facts, "answers": answers, **({"commitments": promised} if promised else {})}

    @classmethod
    def of(cls, text: Mapping[str, Any]) -> "Opinion":
        """As it was kept."""
        return cls(
            text["facts"],
            tuple(Answer(each["claim"], each["finding"], each["answer"], each["basis"]) for each in text["answers"]),
            tuple(
                Commitment(each["claim"], each["what"], date.fromisoformat(each["due"]), each["responsible"])
                for each in text.get("commitments", ())
            ),
        )
