"""A tenant's profile, read from TOML and checked as a whole before anything uses it.

The invariant: a profile that loads is complete and consistent; one that does not says which entry is wrong.
"""

import dataclasses
import re
from collections.abc import Mapping
from datetime import time
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from chalicelib import written
from chalicelib.domain import limits as statutory
from chalicelib.domain.offices import KINDS, LEVELS, Office, OfficeTree
from chalicelib.domain.values import value
from chalicelib.settings import settings

HERE = Path(__file__).parent
PER = ("source", "person", "number", "everybody")
PERIODS = ("day", "month")
SHORT_LIMIT = 8
"""An SMS has room for eight characters of an office's name."""
BULK = "bulk"
OFFICIAL = "categories"
"""The table that petitions are reported by; a tenant may have one in its own words, mapped to this."""
_WINDOWS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


class ProfileError(ValueError):
    """The profile cannot be used; the message names the entry."""


@value
class Limit:
    """At most so many calls in a window. `closed`: refuse when the counter cannot be asked."""

    per: str
    window_s: int
    most: int
    closed: bool = False


@value
class Budget:
    """At most so many text messages in a day or a month; the last `reserve` of them are for statutory notices alone.

    `bulk` of them are for bulk notices and no others; without any, none are sent.
    """

    period: str
    most: int
    reserve: int
    bulk: int = 0


@value
class Strikes:
    """How many wrong guesses in a window: from one source, and in all."""

    window_s: int
    per_source: int
    per_number: int


@value
class Field:
    """A field of what petitions are about, and the matters in it.

    `official`: where a tenant has words of its own, the official category of the field (under "") and of its matters.
    """

    name: str
    matters: tuple[str, ...]
    official: Mapping[str, str] = dataclasses.field(default_factory=dict)


@value
class Profile:
    """One tenant."""

    name: str
    tenant: str
    signature: str
    phone: str
    send_window: tuple[time, time]
    root: str
    bureau: str
    targets: Mapping[str, int]
    limits: Mapping[str, tuple[Limit, ...]]
    strikes: Mapping[str, Strikes]
    categories: tuple[Field, ...]
    offices: tuple[Office, ...]
    budgets: tuple[Budget, ...] = ()
    text_price_fen: int | None = None
    """What one text message costs, in fen (分)."""
    demo_accounts: bool = False

    @property
    def bureau_short(self) -> str:
        """How the petition bureau is called in few words."""
        return next(office.short for office in self.offices if office.id == self.bureau)

    def has_category(self, category: str) -> bool:
        """True for a field, or for `field/matter`."""
        return _holds(self.categories, category)

    def official(self, category: str) -> str:
        """The category of the official table that one of the tenant's own belongs to; of any other, itself."""
        name, _, matter = category.partition("/")
        field = next((each for each in self.categories if each.name == name), None)
        return field.official.get(matter, category) if field else category


@cache
def current() -> Profile:
    """The profile of this deployment."""
    return load(settings.profile, is_local=settings.is_local)


def load(name: str, *, is_local: bool = False, folder: Path = HERE) -> Profile:
    """Read and check a profile; on one machine and in tests `local.toml` lies over it. Raises ProfileError."""
    if not re.fullmatch("[a-z][a-z0-9-]{0,30}", name) or not written.exists(folder / name):
        raise ProfileError(f"there is no profile {name!r} in {folder.name}/")
    raw = _read(folder / name)
    if is_local:
        over = _read(HERE / "local")
        raw = {**raw, **over, "limits": {**raw.get("limits", {}), **over.get("limits", {})}}
    try:
        return _profile(name, raw)
    except KeyError as error:
        raise ProfileError(f"profile {name!r} lacks {error.args[0]!r}") from None
    except (TypeError, ValueError) as error:
        raise ProfileError(f"profile {name!r}: {error}") from None


def _profile(name: str, raw: dict[str, Any]) -> Profile:
    offices = tuple(_office(group, row) for group in raw["groups"] for row in group["offices"])
    if len({office.id for office in offices}) < len(offices):
        raise ValueError("two offices have the same id")
    tree = OfficeTree.of(offices)
    bureau = tree.get(raw["bureau"])
    if bureau is None or not bureau.is_bureau or tree.get(raw["root"]) is None:
        raise ValueError(f"bureau {raw['bureau']!r} or root {raw['root']!r} is not among the offices")
    statutory.configured(raw.get("targets", {}))
    limits = {action: tuple(map(_limit, rows)) for action, rows in raw["limits"].items()}
    budgets = tuple(map(_budget, raw.get("budget", ())))
    if may_send_bulk(budgets):
        _check_bulk(limits.get(BULK, ()))
    return Profile(
        name=name,
        tenant=raw["tenant"],
        signature=raw["signature"],
        phone=raw["phone"],
        send_window=_send_window(raw["send_window"]),
        root=raw["root"],
        bureau=raw["bureau"],
        targets=MappingProxyType(raw.get("targets", {})),
        limits=MappingProxyType(limits),
        strikes=MappingProxyType({kind: _strikes(row) for kind, row in raw["strikes"].items()}),
        categories=_categories(raw.get("categories", OFFICIAL)),
        offices=offices,
        budgets=budgets,
        text_price_fen=_price(raw.get("text_price_fen")),
        demo_accounts=raw.get("demo_accounts", False),
    )


def _office(group: dict[str, Any], row: dict[str, Any]) -> Office:
    if group["kind"] not in KINDS or group["level"] not in LEVELS:
        raise ValueError(f"offices of kind {group['kind']!r} on level {group['level']!r} are not known")
    if not 1 <= len(row["short"]) <= SHORT_LIMIT:
        raise ValueError(
            f"short name {row['short']!r} of {row['id']!r} does not fit an SMS: 1 to {SHORT_LIMIT} characters"
        )
    return Office(
        id=row["id"],
        name=row["name"],
        short=row["short"],
        level=group["level"],
        kind=group["kind"],
        parent=row.get("parent", group.get("parent")),
        phone=row.get("phone", ""),
        duties=tuple(row.get("duties", ())),
        active=row.get("active", True),
        superior=row.get("superior"),
        successor=row.get("successor"),
    )


def _categories(name: str) -> tuple[Field, ...]:
    if not re.fullmatch("([a-z]+_)?categories", name) or not written.exists(HERE / name):
        raise ValueError(f"there is no table of categories {name!r}")
    fields = tuple(map(_field, _read(HERE / name)["fields"]))
    if name != OFFICIAL:
        known = _categories(OFFICIAL)
        wrong = {each for field in fields for each in field.official.values() if not _holds(known, each)}
        if wrong or not all("" in field.official for field in fields):
            raise ValueError(f"{name}.toml: every field needs an official category, and these are none: {wrong or ''}")
    return fields


def _field(row: dict[str, Any]) -> Field:
    """The official table names its matters; another one says of each what it is officially, or takes its field's."""
    named = [{"name": each} if isinstance(each, str) else each for each in row["matters"]]
    own = {"": row["official"]} if "official" in row else {}
    official = own | {each["name"]: each.get("official", own[""]) for each in named} if own else {}
    return Field(row["name"], tuple(each["name"] for each in named), MappingProxyType(official))


def _holds(categories: tuple[Field, ...], category: str) -> bool:
    name, _, matter = category.partition("/")
    field = next((each for each in categories if each.name == name), None)
    return field is not None and (not matter or matter in field.matters)


def _limit(row: dict[str, Any]) -> Limit:
    if row["per"] not in PER or row["most"] < 1:
        raise ValueError(f"limit {row!r} needs per, one of {PER}, and most, at least 1")
    return Limit(row["per"], _window(row["window"]), row["most"], row.get("closed", False))


def _budget(row: dict[str, Any]) -> Budget:
    bulk = row.get("bulk", 0)
    if (
        row["period"] not in PERIODS
        or not 0 < row["reserve"] < row["most"]
        or not 0 <= bulk < row["most"] - row["reserve"]
    ):
        raise ValueError(
            f"budget {row!r} needs a period, one of {PERIODS}, and reserve and bulk that leave most some room"
        )
    return Budget(row["period"], row["most"], row["reserve"], bulk)


def may_send_bulk(budgets: tuple[Budget, ...]) -> bool:
    """True where there is a budget, and each has a part for bulk notices: without one they have no end."""
    return bool(budgets) and all(budget.bulk for budget in budgets)


def _check_bulk(rules: tuple[Limit, ...]) -> None:
    """Where bulk notices have money, nobody may get them without end, and no provider more than it carries."""
    for per, window in (("number", "1d"), ("everybody", "1s")):
        if not any(rule.closed and (rule.per, rule.window_s) == (per, _window(window)) for rule in rules):
            raise ValueError(f"limits.bulk needs a closed limit per {per} of a window of {window}")


def _price(fen: int | None) -> int | None:
    if fen is not None and (not isinstance(fen, int) or fen < 0):
        raise ValueError(f"text_price_fen {fen!r} is a whole number of fen")
    return fen


def _strikes(row: dict[str, Any]) -> Strikes:
    if not 1 <= row["per_source"] <= row["per_number"]:
        raise ValueError("per_number must not be below per_source, or one source could lock another out")
    return Strikes(_window(row["window"]), row["per_source"], row["per_number"])


def _window(words: str) -> int:
    match = re.fullmatch(r"([1-9]\d{0,3})([smhd])", words)
    if match is None:
        raise ValueError(f"window {words!r} should look like 10m, 1h or 1d")
    return int(match[1]) * _WINDOWS[match[2]]


def _send_window(words: list[str]) -> tuple[time, time]:
    start, end = (time.max if each == "24:00" else time.fromisoformat(each) for each in words)
    if start >= end:
        raise ValueError(f"send_window {words!r} should begin before it ends")
    return start, end


@cache
def _read(table: Path) -> dict[str, Any]:
    try:
        return written.read(table)
    except ValueError as error:
        raise ProfileError(str(error)) from None
