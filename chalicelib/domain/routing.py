"""Which unit is competent: place x level x category, with the reasons. A proposal; a person decides.

按照“属地管理、分级负责，谁主管、谁负责”的原则，转送有权处理的机关、单位。-- 第二十二条第一款第二项
"""

from collections.abc import Callable, Mapping
from dataclasses import field

from chalicelib.domain.offices import Office, OfficeTree
from chalicelib.domain.values import value

PLACE = "@place"
"""In a row: whoever governs the place (属地管理)."""
MOST = 3
MATTER, FIELD, LESS, PLACED, MENTIONED, WORD, MORE = 60, 40, 10, 30, 20, 20, 10
"""What each reason counts. A matter says more than its field, the place said more than one that the text mentions,
and the second office of a row less than the first."""
WORDS_THAT_COUNT = 3
NAMED_DUTIES = 2


@value
class Table:
    """A tenant's competences: matter or field -> offices, the most competent first; words of a place -> who governs
    it; office -> words for what it does, beside the duties of its own entry."""

    categories: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@value
class Proposed:
    """A unit that may be competent, why, and how much speaks for it."""

    org: str
    why: str
    score: int


@value
class _Reason:
    org: str
    score: int
    why: str


def propose(
    category: str,
    place: str,
    text: str,
    tree: OfficeTree,
    table: Table,
    *,
    permitted: Callable[[str], bool] = lambda org: True,
) -> tuple[Proposed, ...]:
    """At most three units, the likeliest first, each with its reasons (第二十二条第一款第二项).

    `permitted` says who may be sent this case at all: a unit may only send to its own subordinates, nobody to the
    accused. Offices that are no more are not proposed; their successors are.
    """
    governs = _governing(place, text, table)
    reasons = [
        *_by_category(category, governs, tree, table),
        *([_by_place(governs, place, table, tree)] if governs else []),
        *_by_words(text, tree, table),
    ]
    found: dict[str, list[_Reason]] = {}
    for reason in reasons:
        office = _acting(reason.org, tree)
        if office is not None and permitted(office.id):
            found.setdefault(office.id, []).append(reason)
    proposed = [Proposed(org, "；".join(r.why for r in own), sum(r.score for r in own)) for org, own in found.items()]
    return tuple(sorted(proposed, key=lambda each: (-each.score, each.org))[:MOST])


def _by_category(category: str, governs: str, tree: OfficeTree, table: Table) -> list[_Reason]:
    """谁主管、谁负责: the office in charge of the matter, else of its field."""
    is_matter = category in table.categories
    row = table.categories.get(category) or table.categories.get(category.partition("/")[0], ())
    first, found = MATTER if is_matter and "/" in category else FIELD, []
    for rank, each in enumerate(row):
        org = governs if each == PLACE else each
        office = tree.get(org)
        if office is None:
            continue
        role = "由属地" if each == PLACE else "由"
        why = f"类别“{category}”{role}{office.short}{'管理' if each == PLACE else '主管'}{_duties(category, office)}"
        found.append(_Reason(org, first - LESS * rank, why))
    return found


def _duties(category: str, office: Office) -> str:
    """The duty that is the matter itself, else the first of them."""
    matter = category.rpartition("/")[2]
    named = [duty for duty in office.duties if duty in matter or matter in duty] or list(office.duties)
    return f"（职责：{'、'.join(named[:NAMED_DUTIES])}）" if named else ""


def _governing(place: str, text: str, table: Table) -> str:
    """属地管理: who governs the place that is said, else one that the text mentions; of several, the longest word."""
    for said in (place, text):
        words = [word for word in table.places if word in said]
        if words:
            return table.places[max(words, key=len)]
    return ""


def _by_place(governs: str, place: str, table: Table, tree: OfficeTree) -> _Reason:
    is_said = any(word in place for word, org in table.places.items() if org == governs)
    office = tree.get(governs)
    name = office.short.removesuffix("政府") if office is not None else governs
    if is_said:
        return _Reason(governs, PLACED, f"地点在{name}（属地）")
    return _Reason(governs, MENTIONED, f"内容提到{name}（属地）")


def _by_words(text: str, tree: OfficeTree, table: Table) -> list[_Reason]:
    """What is written names the duty of an office. A township's duties say nothing of which township it is."""
    found = []
    for office in tree.offices.values():
        if office.id in table.places.values() or office.kind == "village":
            continue
        wanted = dict.fromkeys((*office.duties, *table.words.get(office.id, ())))
        words = [word for word in wanted if word in text][:WORDS_THAT_COUNT]
        if words:
            said = "、".join(f"“{word}”" for word in words)
            score = WORD + MORE * (len(words) - 1)
            found.append(_Reason(office.id, score, f"内容提到{said}（{office.short}职责）"))
    return found


def _acting(org: str, tree: OfficeTree) -> Office | None:
    office = tree.get(org)
    return office if office is None or office.active else tree.successor_of(org)
