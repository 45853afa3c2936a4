"""Sifting and classifying what came in."""

from collections.abc import Mapping

from chalicelib.api.steps.call import StepCall

CALLS: Mapping[str, StepCall] = {}
