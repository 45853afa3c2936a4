"""The people of a petition: a proxy who is none any more, others who join."""

from collections.abc import Mapping
from typing import Annotated

from msgspec import Struct

from chalicelib.api import pairing
from chalicelib.api.bodies import Name
from chalicelib.api.fields import said, text
from chalicelib.api.steps.call import StepCall
from chalicelib.domain import own


class Revocation(Struct, forbid_unknown_fields=True):
    """Why, if the principal wants to say."""

    reason: Annotated[str, text(500), said("撤销代理的原因（选填）")] = ""


class Joining(Struct, forbid_unknown_fields=True):
    """Who joins; his telephone is the one he signed in with."""

    name: Annotated[Name, said("您的姓名")]


CALLS: Mapping[str, StepCall] = {
    "revoke_proxy": StepCall(
        Revocation,
        lambda step, asked: own.revoke_proxy(step.case, asked.reason, by=step.by, on=step.on, rules=step.rules),
    ),
    "join": StepCall(
        Joining,
        lambda step, asked: own.join(step.case, by=step.by, on=step.on, rules=step.rules),
        taken=pairing.joining,
    ),
}
