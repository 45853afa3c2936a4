"""What one person lays down and another brings into force: by a command whose repeat has one effect.

The invariant: of two who are as fast as each other one wins, and a client that heard no answer is told what it did.
"""

from collections.abc import Callable, Iterable
from typing import Protocol, TypeVar

from chalicelib.store.cases import KeyReused
from chalicelib.store.command import Command
from chalicelib.store.table import Condition, ConditionFailed, Item, Table


class SamePerson(Exception):
    """Whoever laid it down cannot confirm it."""


class Taken(Exception):
    """Somebody else was faster: look again."""


class Laid(Protocol):
    """What was laid down, with the tokens of the commands that did it and that brought it into force."""

    @property
    def proposing(self) -> str: ...

    @property
    def confirming(self) -> str: ...


_Laid = TypeVar("_Laid", bound=Laid)


def token(command: Command) -> str:
    """What is written down of a command, so that its repeat is known."""
    return f"{command.key.hex()}.{command.fingerprint.hex()}"


def done_by(command: Command, kept: Iterable[_Laid]) -> _Laid | None:
    """What this very command did. Raises KeyReused when only its key is the same."""
    for each in kept:
        for told in (each.proposing, each.confirming):
            if told.partition(".")[0] == command.key.hex():
                if told != token(command):
                    raise KeyReused
                return each
    return None


def put(
    table: Table, item: Item, when: Condition, laid: _Laid, command: Command, kept: Callable[[], Iterable[_Laid]]
) -> _Laid:
    """Write it, and answer with it; or with what stands there by this command, when only the answer was lost.

    Raises Taken, KeyReused, Busy, Denied.
    """
    try:
        table.put(item, when)
    except ConditionFailed:
        again = done_by(command, kept())
        if again is None:
            raise Taken from None
        return again
    return laid
