"""The county of the profile, its offices and its rules. Nothing of the product is changed for it."""

from chalicelib.domain import limits
from chalicelib.domain.offices import OfficeTree
from chalicelib.domain.procedure import Rules
from chalicelib.domain.workdays import Calendar
from chalicelib.profiles.profile import load

_PROFILE = load("county", is_local=True)
TREE = OfficeTree.of(_PROFILE.offices)
RULES = Rules(Calendar.shipped(), limits.configured(_PROFILE.targets))
