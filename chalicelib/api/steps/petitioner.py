"""What petitioners do of their own accord: add material, urge, withdraw."""

from collections.abc import Mapping
from typing import Annotated

from msgspec import Struct

from chalicelib.api.bodies import Story
from chalicelib.api.fields import said, text
from chalicelib.api.steps.call import StepCall
from chalicelib.domain import own_steps


class Supplement(Struct, forbid_unknown_fields=True):
    """Further facts and reasons."""

    text: Annotated[Story, said("要补充的内容")]


class Urging(Struct, forbid_unknown_fields=True):
    """Nothing needs to be said to be answered."""


class Withdrawal(Struct, forbid_unknown_fields=True):
    """Why, if the petitioner wants to say."""

    reason: Annotated[str, text(500), said("撤回的原因（选填）")] = ""


CALLS: Mapping[str, StepCall] = {
    "supplement": StepCall(
        Supplement,
        lambda step, asked: own_steps.supplement(step.case, asked.text, by=step.by, on=step.on, rules=step.rules),
    ),
    "urge": StepCall(
        Urging,
        lambda step, asked: own_steps.urge(step.case, by=step.by, on=step.on, rules=step.rules),
    ),
    "withdraw": StepCall(
        Withdrawal,
        lambda step, asked: own_steps.withdraw(step.case, asked.reason, by=step.by, on=step.on, rules=step.rules),
    ),
}
