"""What several organs handle together."""

from collections.abc import Mapping

from chalicelib.api.steps.call import StepCall

CALLS: Mapping[str, StepCall] = {}
