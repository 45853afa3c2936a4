"""What petitioners do of their own accord."""

from infra.procedures.words.base import RIGHTS, Variants, When

CHAPTER = RIGHTS
STEPS: dict[str, str] = {
    "supplement": "信访人可以随时补充事实、理由和材料；补充材料不停止任何期限。",
    "urge": "信访人认为办理拖延的，可以催办，每天一次；催办次数记入办理过程，并当即回告由谁办理、何日到期。",
    "withdraw": (
        "信访人可以撤回自己提出的事项；撤回以后，各单位办理的期限不再计算，"
        "督办、投诉等的答复期限照常计算；以后仍可再次提出。"
    ),
}
WHEN: When = {}
SPELLED: dict[str, str] = {}
VARIANTS: Variants = {}
