"""How alike two petitions are in what they ask for: shared pairs of characters. A hint for people, never a decision.

Words cannot be told apart without a dictionary; pairs of characters need none and are as good for short titles.
"""

import re
from collections.abc import Iterable

ALIKE = 35
"""From this many of a hundred on two texts are worth a person's look."""
_NOT_SAID = re.compile(r"[\W_]+")
_SAYS_NOTHING = frozenset("的了是在和与及或我们你您请求要求希望有关反映问题")


def shingles(texts: Iterable[str]) -> frozenset[str]:
    """The pairs of neighbouring characters of a title and its claims, without what stands in every petition."""
    found: set[str] = set()
    for text in texts:
        words = "".join(each for each in _NOT_SAID.sub("", text) if each not in _SAYS_NOTHING)
        found.update(words[at : at + 2] for at in range(len(words) - 1))
    return frozenset(found)


def likeness(one: frozenset[str], other: frozenset[str]) -> int:
    """0 to 100 (Dice): what both share against what both hold."""
    if not one or not other:
        return 0
    return round(200 * len(one & other) / (len(one) + len(other)))
