"""From hearing the petitioner to the signed opinion."""

from infra.fuzz.steps.base import HEAD, Bodies, Paths

READER = "housing-reader"
WORK = {"how": "visit", "note": "到小区查看收费台账，走访两户业主。", "present": "物业经理", "place": "物业办公室"}
PREPARED = ("forward", "accept", "hear_petitioner", "investigate")
TO_SIGN = (*PREPARED, "draft_reply", "second_read")
GOOD_STEPS: Bodies = {
    "confirm_claims": {"claims": ["退还多收的停车费"]},
    "hear_petitioner": WORK | {"how": "call"},
    "investigate": WORK,
    "mark_historical": {"reason": "2019年反映过，当时没有到现场。"},
    "draft_reply": {
        "facts": "经现场查看，并向物业公司和两户业主了解，物业自6月起收费。",
        "answers": [
            {
                "claim": 1,
                "finding": "support",
                "answer": "已责令物业公司30日内退还多收的停车费，由我局物业科负责督促。",
                "basis": "《物业管理条例》第五十二条",
            }
        ],
    },
    "second_read": {"note": "数字已核对。", "override_reason": "方案未定。"},
    "return_draft": {"reason": "第一项没有写明日期。"},
    "sign": {"checks": ["no_delay", "no_brush_off", "no_broken_word", "no_careless"], "note": "同意。"},
}
TAKEN_BY: dict[str, str] = {"second_read": READER, "return_draft": READER, "sign": HEAD}
CLERK_FOR: dict[str, str] = {}
PATH: Paths = {
    "confirm_claims": ("forward", "accept"),
    "hear_petitioner": ("forward", "accept"),
    "investigate": ("forward", "accept"),
    "mark_historical": ("forward", "accept"),
    "draft_reply": PREPARED,
    "second_read": (*PREPARED, "draft_reply"),
    "return_draft": (*PREPARED, "draft_reply"),
    "sign": TO_SIGN,
}
