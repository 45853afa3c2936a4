"""Who may never receive a case: the accused, and whatever stands below them (第三十条第三款).

An accusation names an office by its id, a member of staff by `user:<id>`, and whoever is known by name alone by
`name:<words>`: whose own name occurs in the words is taken to be meant.
"""

from collections.abc import Iterable

_USER, _NAME = "user:", "name:"


def permits(accused: Iterable[str], org_path: Iterable[str], *, user: str = "", name: str = "") -> bool:
    """May this office get a desk, this person see the case? `org_path` is the office and everything above it.

    不得将信访人的检举、揭发材料以及有关情况透露或者转给被检举、揭发的人员或者单位。-- 第三十条第三款
    """
    named = set(accused)
    return not (named & {*org_path, accused_user(user)} or is_named(named, name))


def accused_user(user_id: str) -> str:
    """How an accusation names a member of staff."""
    return f"{_USER}{user_id}"


def accused_name(words: str) -> str:
    """How an accusation names somebody by words: a name, perhaps with the post."""
    return f"{_NAME}{words}"


def is_named(accused: Iterable[str], name: str) -> bool:
    """Does some accusation by words hold this name? Somebody of the same name stands back too: that does no harm."""
    bare = "".join(name.split())
    words = ("".join(each.removeprefix(_NAME).split()) for each in accused if each.startswith(_NAME))
    return bool(bare) and any(bare in each for each in words)


def offices_of(accused: Iterable[str]) -> tuple[str, ...]:
    """The accused offices."""
    return tuple(each for each in accused if not each.startswith((_USER, _NAME)))


def people_of(accused: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """The accused people: (`user`, id) or (`name`, words)."""
    return tuple(
        (kind.removesuffix(":"), each.removeprefix(kind))
        for each in accused
        for kind in (_USER, _NAME)
        if each.startswith(kind)
    )
