"""Recusal (第二十八条) and the accused of a report (第三十条)."""

from chalicelib.domain.procedure import Automatic, Step

STEPS: tuple[Step, ...] = ()
AUTOMATIC: tuple[Automatic, ...] = ()
