"""Who is competent for what in one tenant, read from `routing/<profile>.toml` when somebody asks for a proposal.

The invariant: every category, office and place of the table is one that the profile has. It is no part of
`Profile`: a cold start does not wait for it.
"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from chalicelib import written
from chalicelib.domain.routing import PLACE, Table
from chalicelib.profiles.profile import Profile, ProfileError, current

FOLDER = Path(__file__).parent / "routing"


@cache
def competence() -> Table:
    """The table of this deployment."""
    return load(current())


def load(profile: Profile, *, folder: Path = FOLDER) -> Table:
    """The table of a profile; a tenant without one gets no proposals. Raises ProfileError."""
    path = folder / profile.name
    if not written.exists(path):
        return Table()
    raw = written.read(path)
    table = Table(
        categories={category: tuple(row) for category, row in raw.get("categories", {}).items()},
        places=raw.get("places", {}),
        words={org: tuple(words) for org, words in raw.get("words", {}).items()},
    )
    wrong = [*_wrong(profile, table)]
    if wrong:
        raise ProfileError(f"{path.name}.toml names what profile {profile.name!r} lacks: {', '.join(wrong)}")
    return table


def _wrong(profile: Profile, table: Table) -> Iterable[str]:
    known = {office.id for office in profile.offices}
    named = {org for row in table.categories.values() for org in row} - {PLACE}
    yield from (category for category in table.categories if not profile.has_category(category))
    yield from sorted((named | set(table.places.values()) | set(table.words)) - known)
