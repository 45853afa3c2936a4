"""What kind of matter it is, and repeated ones."""

from chalicelib.domain import intake
from chalicelib.domain.events.classification import PetitionReclassified
from infra.procedures.words.base import RECEIVING, Variants, When

CHAPTER = RECEIVING
STEPS: dict[str, str] = {
    "reclassify": (
        "登记单位或者责任单位发现类别、办理途径或者内容类别不对的，说明理由，予以更正。"
        "已经受理的，新途径的期限仍自受理之日（履行法定职责的，自收到之日）起算，不重新计算；原途径的期限不再计算。"
        "检举控告不得改作其他类别，也不得由其他类别改成，应当通过检举控告渠道登记。"
        "简易办理的先转为普通办理；复查、复核要求重新办理的，不再变更途径。"
    ),
}
WHEN: When = {}
SPELLED: dict[str, str] = {}
_CHANGED = {"track_before": intake.PETITION_PROCEDURE, "track": intake.SUGGESTION}
VARIANTS: Variants = {
    PetitionReclassified: (
        ("改变办理途径的", {}, _CHANGED),
        ("登记单位改变办理途径的", {}, {**_CHANGED, "org": "office"}),
        ("受理以前更正的", {}, {}),
    ),
}
