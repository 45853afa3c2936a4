"""The ways a matter ends other than by its opinion."""

from collections.abc import Mapping

from chalicelib.api.steps.call import StepCall

CALLS: Mapping[str, StepCall] = {}
