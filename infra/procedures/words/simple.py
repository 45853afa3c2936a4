"""The simple way of handling, and answers at the first desk."""

from chalicelib.domain import intake
from chalicelib.domain.events.simple import AdviceAsked, PetitionAcceptedSimply
from chalicelib.domain.tables import road, simple
from infra.procedures.words.base import HANDLING, Variants, When

CHAPTER = HANDLING
STEPS: dict[str, str] = {
    "consult": (
        "能够由信访部门答复，但需要了解情况的，信访部门可以向一个单位征询，由它在期限内回复；同时只征询一个单位。"
        "登记单位自己的期限照常计算。"
    ),
    "advise": "被征询的单位就所问的事回复，由信访部门答复信访人。",
    "answer_directly": (
        "咨询和建议意见，登记单位能够答复的，直接逐项答复。"
        "申诉求决类事项，只有涉及日常生活、时效性强，并且不属于不适用简易办理的情形的，才可以直接答复，并且不得作出不予支持的意见。"
        "答复以后按规定送达。"
    ),
    "propose_simple": (
        "转送的单位认为可以简易办理的，写明属于哪一种情形，自己在期限内转送；是否简易办理，由责任单位决定。只建议一次。"
    ),
    "accept_simply": (
        "事项简单的，责任单位写明属于哪一种情形，受理并简易办理；除信访人要求外，不出具书面的告知书。"
        "上级交办、可能不予支持、已经进入或者可以适用法定行政程序、涉及两个以上责任单位、集体或者联名提出、"
        "重大复杂疑难，以及不是初次信访的，不适用。法定的办理期限同时自受理之日起计算。"
    ),
    "convert_to_ordinary": (
        "发现不宜简易办理的，说明理由，转为普通办理，并告知信访人。法定的办理期限仍从第一次受理之日起计算，不重新起算。"
    ),
    "decide_suggestion": (
        "对建议意见研究论证以后，登记采纳、部分采纳或者未采纳，并说明理由；有贡献的，按规定给予奖励。"
        "答复以后才采纳的，可以再次登记。"
    ),
}
WHEN: When = {
    road.is_proposed_simple: "建议简易办理的",
    simple.waits_for_forwarding: "尚未转送的",
    simple.was_forwarded: "已经转送的",
    simple.is_simple: "简易办理的",
}
SPELLED: dict[str, str] = {}
VARIANTS: Variants = {
    PetitionAcceptedSimply: (
        ("信访人不要求书面告知的", {}, {}),
        *(
            (f"要求书面告知、按{track}办理的", {}, {"wants_paper": True, "track": code})
            for code, track in intake.TRACKS.items()
        ),
    ),
    AdviceAsked: (("", {}, {"to": "advising"}),),
}
