"""Some of the year's petitions in a world without faults, until each has come to rest; then what the table says."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from chalicelib.clock import CHINA
from chalicelib.store import chain, items
from chalicelib.store.cases import unpacked
from infra.torture.play import in_silence
from infra.torture.world import World
from infra.year import figures
from infra.year.matter import Matter
from infra.year.staff import units

YEAR = datetime(2025, 1, 1, 9, 0, tzinfo=CHINA)
ONLINE_OF = 3
"""Two of three petitions come online: 750 and 375."""

Asked = tuple[str, int, int]
"""Seed, first number, how many."""


class YearWorld(World):
    """From New Year on, as long as it takes."""

    start, longest = YEAR, timedelta(days=900)


@dataclass
class Played:
    """What became of some petitions."""

    rows: list[figures.Row] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def play(asked: Asked) -> Played:
    """The petitions of these numbers."""
    seed, first, count = asked
    with in_silence():
        world = YearWorld(f"{seed}/{first}", 0.0)
        staff = units(seed, YEAR)
        for number in range(first, first + count):
            Matter(world, number, seed, staff, online=number % ONLINE_OF != 0)
        found = world.run()
    played = Played(counts=found.figures, wrong=found.wrong)
    for (_, _), item in list(world.memory._items.items()):
        if item["kind"] == items.CASE:
            case = unpacked(item)
            events = world.memory.query(item["pk"], prefix="EVENT#").items
            recorded = [chain.read(event) for event in events]
            played.rows.append(figures.row(case, recorded, world.now.date()))
    return played
