"""What a slice says about a step: the body people send, and the function of the domain that decides it."""

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from chalicelib.api.acting import Acting
from chalicelib.domain.case import Change
from chalicelib.domain.values import value


@value
class StepCall:
    """One action of a case. `decide` gets who acts on what, and the body as its model.

    `reads`: it needs what was said before (a draft that is signed, a proposal that is confirmed): `Acting.texts`,
    or what stands beside the case: `Acting.file`.
    """

    body: type[Struct]
    decide: Callable[[Acting, Any], Change]
    reads: bool = False
