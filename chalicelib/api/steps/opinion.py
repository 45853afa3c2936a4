"""The written opinion and what is mended in it."""

from collections.abc import Mapping

from chalicelib.api.steps.call import StepCall

CALLS: Mapping[str, StepCall] = {}
