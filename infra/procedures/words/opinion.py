"""Opinions, and the material asked for before one is given."""

from infra.procedures.words.base import HANDLING, Variants, When

CHAPTER = HANDLING
STEPS: dict[str, str] = {
    "confirm_claims": "与信访人核对诉求，逐项列明，一至十项。处理意见按核对后的诉求逐项答复。",
    "hear_petitioner": "听取信访人陈述事实和理由，写明方式、日期和内容。日期应在受理之日以后。可以登记多次。",
    "investigate": "调查核实，写明方式、日期、在场人员和查明的情况。电话、走访、座谈分别登记，可以登记多次。",
    "mark_historical": "历史遗留问题不以从前的答复为依据：标记以后重新调查核实，并由领导包案，才能拟稿。",
    "draft_reply": (
        "按信访程序办理的，听取陈述、调查核实以后拟稿。意见载明事实和理由，逐项答复诉求，可以写明承诺办什么、何时、由谁负责。"
        "质量关自动检查套话空话、过短的答复、照抄以前的答复，发现的问题随稿存档。"
    ),
    "second_read": "由拟稿人以外的人核稿。质量关没有通过的，退改，或者写明仍然放行的理由。",
    "return_draft": "核稿人或者单位负责人写明理由，退回修改。退改后重新拟稿。",
    "sign": (
        "单位负责人对核过的稿子逐项核对“不拖延、不敷衍、不失信、不草办”后签发，即为作出处理意见。"
        "有关口没有通过的，写明仍然签发的理由；没有通过的关口随意见存档。"
    ),
}
WHEN: When = {}
SPELLED: dict[str, str] = {}
VARIANTS: Variants = {}
