"""The people of a county's units: some quick, some slow, some away, some wrong. All of it follows from the seed."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

UNITS = {
    "housing": 18, "human-resources": 14, "natural-resources": 13, "urban-management": 10, "public-security": 8,
    "education": 8, "civil-affairs": 7, "agriculture": 7, "transport": 5, "health": 5, "town-qingxi": 3, "market": 2,
}  # fmt: skip
"""Where petitions belong, of every hundred."""
NEIGHBOUR = dict(zip(UNITS, (*list(UNITS)[1:], "housing"), strict=True))
"""To whom a matter goes by mistake."""
SPEED = (0.6, 0.8, 1.0, 1.0, 1.3, 1.8)
FORGETS = (0.01, 0.04, 0.08, 0.15)


@dataclass(frozen=True)
class Unit:
    """How a unit works: its pace, how often it forgets a notice, how often a draft is poor, when nobody is there."""

    pace: float
    forgets: float
    poor: float
    away: tuple[tuple[datetime, datetime], ...]

    def there(self, at: datetime) -> datetime:
        """The first moment from this one on at which somebody is at work, in office hours."""
        for since, until in self.away:
            if since <= at < until:
                at = until
        while at.weekday() >= 5:
            at += timedelta(days=1)
        return at


def units(seed: str, start: datetime) -> dict[str, Unit]:
    """Every unit and the bureau, as this seed has them."""
    found = {}
    for name in ("bureau", *UNITS):
        chance = random.Random(f"{seed}-{name}")
        away = tuple(sorted(_holiday(chance, start) for _ in range(chance.randint(0, 2))))
        is_bureau = name == "bureau"
        found[name] = Unit(
            pace=1.0 if is_bureau else chance.choice(SPEED),
            forgets=0.03 if is_bureau else chance.choice(FORGETS),
            poor=chance.uniform(0.05, 0.3),
            away=() if is_bureau else away,
        )
    return found


def _holiday(chance: random.Random, start: datetime) -> tuple[datetime, datetime]:
    since = start + timedelta(days=chance.randrange(330))
    return since, since + timedelta(days=chance.randint(5, 15))
