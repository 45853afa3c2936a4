"""What a slice says about a step: the body people send, and the function of the domain that decides it."""

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from chalicelib.domain.values import value


@value
class StepCall:
    """One action of a case. `decide` gets who acts on what, and the body as its model.

    `reads`: it needs what was said before (a draft that is signed, a proposal that is confirmed): `Acting.texts`,
    or what stands beside the case: `Acting.file`.
    `taken`: how a step is taken that is not of one case alone (`pairing.py`); its `decide` gets more, answers more.
    """

    body: type[Struct]
    decide: Callable[..., Any]
    reads: bool = False
    taken: Callable[[str, str, "StepCall"], Any] | None = None
