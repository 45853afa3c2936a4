"""The table in memory with an index that is behind, writes that are refused, processes that die, and rivals."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from chalicelib.store.memory import MemoryTable
from chalicelib.store.table import Busy, Condition, Item, Page, Write


class Died(BaseException):
    """The process was killed here: nobody handles it."""


@dataclass
class Trouble:
    """How often what goes wrong, per call; `rival` is another sweep that comes between."""

    stale: float = 0.0
    ghost: float = 0.0
    busy: float = 0.0
    die: float = 0.0
    rival: Callable[[], None] | None = None
    rival_at: float = 0.0


@dataclass
class Told:
    """What happened, counted."""

    hidden: int = 0
    ghosts: int = 0
    refused: int = 0
    killed: int = 0
    parked: dict[str, list[str]] = field(default_factory=dict)


class TroubledTable(MemoryTable):
    """Healthy until `trouble` is set."""

    def __init__(self, chance: random.Random) -> None:
        super().__init__()
        self.chance, self.trouble, self.told = chance, Trouble(), Told()
        self._seen: list[Item] = []
        self._is_rival = False

    def hits(self, index: str, name: str, **bounds: Any) -> Page:
        page = super().hits(index, name, **bounds)
        if index != "due" or not (self.trouble.stale or self.trouble.ghost):
            return page
        shown = [hit for hit in page.items if self.chance.random() >= self.trouble.stale]
        self.told.hidden += len(page.items) - len(shown)
        if self._seen and self.chance.random() < self.trouble.ghost:
            ghosts = [hit for hit in self._seen if hit["shard"] == name]
            self.told.ghosts += len(ghosts)
            shown = sorted([*ghosts, *shown], key=lambda hit: str(hit["wake_at"]))
        self._seen = [*self._seen[-3:], *shown[:2]]
        return Page(shown, page.after)

    def put(self, item: Item, when: Condition | None = None) -> None:
        super().put(item, when)
        if "parked" in item:
            self.told.parked.setdefault(item["pk"], []).append(item["wake_at"])

    def transact(self, writes: Sequence[Write], token: str) -> None:
        trouble = self.trouble
        if self.chance.random() < trouble.busy:
            self.told.refused += 1
            raise Busy("the simulation refuses")
        if trouble.rival and not self._is_rival and self.chance.random() < trouble.rival_at:
            self._is_rival = True
            try:
                trouble.rival()
            finally:
                self._is_rival = False
        dies = self.chance.random() < trouble.die
        if dies and self.chance.random() < 0.5:
            self.told.killed += 1
            raise Died
        super().transact(writes, token)
        if dies:
            self.told.killed += 1
            raise Died
