"""An office's own affairs with a matter."""

from collections.abc import Mapping

from chalicelib.api.steps.call import StepCall

CALLS: Mapping[str, StepCall] = {}
