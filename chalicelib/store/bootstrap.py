"""Make a new deployment usable: keyring, office tree, and on one machine the demo accounts.

The invariant: loading a profile again changes nothing that is there and forgets nothing.
"""

from collections.abc import Iterator
from typing import Any

from chalicelib.domain.offices import Office
from chalicelib.profiles.profile import Profile, load
from chalicelib.settings import settings
from chalicelib.store import keyring, keys, offices, people
from chalicelib.store.people import User

DEMO_PASSWORD = "Sunlight-2026!"
DEMO_POSTS = (
    ("bureau1", "bureau", "陈志明", "bureau"),
    ("bureau2", "bureau", "罗晓岚", "bureau"),
    ("window1", "window", "李秀兰", "bureau"),
    ("joint1", "joint_meeting", "周建国", "joint-meeting"),
    ("leader1", "leader", "王立新", "county"),
    ("supervisor1", "supervisor", "赵海燕", "county"),
    ("admin1", "system_admin", "孙文涛", "bureau"),
    ("security1", "security_admin", "吴敏", "bureau"),
    ("audit1", "audit_admin", "郑少华", "bureau"),
)
"""User, role, name (invented), and office; `county` and `bureau` stand for the profile's own."""
UNIT_KINDS = ("bureau", "joint_meeting", "discipline", "department", "committee", "township", "village")
_PHONE = "199000{:05d}"
_BATCH = 100


def load_profile(name: str = settings.profile) -> dict[str, Any]:
    """Load a profile into the tables of this deployment; say what was made. Needs the deployer's rights."""
    profile = load(name, is_local=settings.is_local)
    made = keyring.create_keyring()
    is_tree_new = offices.load(profile.offices)
    users = _demo_users(profile) if profile.demo_accounts and settings.is_local else 0
    return {"profile": name, "keys": made, "tree": is_tree_new, "offices": len(profile.offices), "users": users}


def _demo_users(profile: Profile) -> int:
    wanted = list(demo_users(profile))
    standing: set[str] = set()
    for start in range(0, len(wanted), _BATCH):
        pairs = [(keys.user(user.id), keys.USER) for user in wanted[start : start + _BATCH]]
        standing |= {item["pk"] for item in people.table.get_many(pairs)}
    missing = [user for user in wanted if keys.user(user.id) not in standing]
    if missing:
        hashed = people.hash_password(DEMO_PASSWORD)
        for user in missing:
            people.put_user(
                User(
                    id=user.id,
                    name=user.name,
                    role=user.role,
                    org=user.org,
                    phone=user.phone,
                    password=hashed,
                    totp=people.demo_totp_secret(user.id),
                )
            )
    return len(missing)


def demo_users(profile: Profile) -> Iterator[User]:
    """The demo accounts of a profile: the posts above, and a clerk, a reader of drafts and a head for every unit."""
    own = {"bureau": profile.bureau, "county": profile.root}
    number = 0
    for user, role, name, org in DEMO_POSTS:
        number += 1
        yield User(user, name, role, own.get(org, org), phone=_PHONE.format(number))
    for office in profile.offices:
        if office.kind in UNIT_KINDS:
            for post, role, label in (("clerk", "clerk", "经办员"), ("head", "unit_head", "负责人")):
                number += 1
                yield User(f"{office.id}-{post}", _title(office, label), role, office.id, phone=_PHONE.format(number))
    for office in profile.offices:  # after the others, whose telephones stay what they were
        if office.kind in UNIT_KINDS:
            number += 1
            name = _title(office, "核稿员")
            yield User(f"{office.id}-reader", name, "clerk", office.id, phone=_PHONE.format(number))


def _title(office: Office, label: str) -> str:
    return f"{office.short}{label}"
