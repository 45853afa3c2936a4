"""A fault, as a pytest plugin: the pinned instant has no effect."""

from benchmarks.deadlines import pinned

pinned._pin = lambda: None
