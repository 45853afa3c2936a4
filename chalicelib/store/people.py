"""Members of staff: who they are, how they prove it, and what they may still do at this moment.

The invariant: password hash, TOTP secret and telephone are sealed, and a closed account or a changed role
counts on the very next call, because every call reads the USER item.
"""

import functools
import hashlib
import hmac
import json
import os
from base64 import b32encode
from datetime import date, datetime
from typing import Any

from chalicelib import clock
from chalicelib.domain.values import replace, value
from chalicelib.settings import settings
from chalicelib.store import guard, items, keys
from chalicelib.store.dynamo import CasesTable
from chalicelib.store.guard import TOTP_DRIFT, Session, SignInRefused
from chalicelib.store.keyring import keys as held_keys
from chalicelib.store.table import Absent, Condition, ConditionFailed, Holds, Item, Table

ROLES = {
    "window": "窗口登记员",
    "clerk": "承办人",
    "unit_head": "单位负责人",
    "bureau": "信访部门工作人员",
    "joint_meeting": "联席会议办公室工作人员",
    "leader": "县领导",
    "supervisor": "督查人员",
    "system_admin": "系统管理员",
    "security_admin": "安全管理员",
    "audit_admin": "审计管理员",
}
"""Roles of staff; a petitioner is not one of them."""

SCRYPT = {"n": 2**14, "r": 8, "p": 1}
SCRYPT_MEMORY = 64 * 1024 * 1024
TOTP_STEP_S = 30
PASSWORD = "password"
_AWAY = ("away_from", "away_until", "away_by", "away_at")
table: Table = CasesTable()


class StaleUser(Exception):
    """Somebody has written this member of staff since he was looked at."""


@value
class User:
    """One member of staff. `secret` is sealed in the table and never shown."""

    id: str
    name: str
    role: str
    org: str
    active: bool = True
    phone: str = ""
    password: str = ""
    totp: str = ""
    version: int = 0
    away_from: str = ""
    away_until: str = ""
    """First and last day of an absence; empty when there is none."""
    away_by: str = ""
    away_at: str = ""
    """Who said so last, or that it is over, and when; empty when the operators' command did."""

    def is_away(self, today: date) -> bool:
        """On leave or elsewhere today: what is owed to him goes one level up."""
        return bool(self.away_from) and self.away_from <= today.isoformat() <= self.away_until


def load_user(user_id: str) -> User | None:
    """A member of staff with everything that is sealed. Raises Busy, Denied, SealBroken."""
    item = table.get(keys.user(user_id), keys.USER)
    return _user(item, with_secrets=True) if item else None


def find(user_id: str) -> User | None:
    """A member of staff, open or closed, without secrets."""
    item = table.get(keys.user(user_id), keys.USER)
    return _user(item) if item else None


def exists(user_id: str) -> bool:
    """Is there such an account, open or closed?"""
    return find(user_id) is not None


def put_user(user: User) -> User:
    """Write a member of staff over the version that was loaded. Raises ConditionFailed when it has moved."""
    if user.role not in ROLES:
        raise ValueError(f"role {user.role!r} of {user.id!r} is not one of {', '.join(ROLES)}")
    stored = replace(user, version=user.version + 1)
    sealed = json.dumps({"phone": user.phone, "password": user.password, "totp": user.totp}).encode()
    when: Condition = Holds("version", user.version) if user.version else Absent()
    table.put(
        {
            "pk": keys.user(user.id),
            "sk": keys.USER,
            "kind": items.USER,
            "version": stored.version,
            "state": json.dumps(_state(user), ensure_ascii=False),
            "sealed": held_keys().staff_key().seal(sealed, _place(user.id)),
            "list_name": keys.staff(user.org),
            "list_key": f"{user.role}#{user.id}",
        },
        when,
    )
    return stored


def set_leave(user_id: str, version: int, first: str, last: str, *, by: str, at: datetime) -> User:
    """Write first and last day of an absence, or two times nothing, over the version that was seen. Raises StaleUser,
    Busy, Denied.
    """
    user = load_user(user_id)
    if user is None or user.version != version:
        raise StaleUser
    try:
        return put_user(replace(user, away_from=first, away_until=last, away_by=by, away_at=keys.instant(at)))
    except ConditionFailed:
        raise StaleUser from None


def find_by_org(org: str, role: str = "") -> list[User]:
    """Active staff of an office, of one role or of all, without secrets."""
    low = f"{role}#" if role else ""
    high = f"{role}#\uffff" if role else "\uffff"
    hits = table.hits("lists", keys.staff(org), low=low, high=high).items
    found = (_user(item) for item in table.get_many([(hit["pk"], hit["sk"]) for hit in hits]))
    return [user for user in found if user.active and user.org == org and (not role or user.role == role)]


def authenticate(user_id: str, password: str, totp: str, *, source: str) -> User:
    """Password and TOTP together, told apart to nobody: every refusal takes one scrypt and says the same.

    Raises SignInRefused, guard.TooMany.
    """
    guard.strike(PASSWORD, user_id, source)
    user = load_user(user_id)
    is_right = _is_password(password, user.password if user else _nobodys_hash())
    step = _totp_step(user.totp if user else _NOBODYS_SECRET, totp)
    if not (user and user.active and is_right and step and guard.use_totp_step(user_id, step)):
        raise SignInRefused("用户名、密码或动态口令不正确，请核对后重试")
    guard.forgive(PASSWORD, user_id, source)
    return user


def signed_in(token: str) -> Session | None:
    """Who holds a token, with role and place as they are now; None for a dead session or a closed account."""
    session = guard.read_session(token)
    if session is None or not session.user:
        return session
    item = table.get(keys.user(session.user), keys.USER)
    user = _user(item) if item else None
    if user is None or not user.active:
        return None
    return replace(session, role=user.role, org=user.org, name=user.name)


def hash_password(password: str, salt: bytes = b"") -> str:
    """A password as it is stored: scrypt$salt$digest."""
    salt = salt or os.urandom(16)
    digest = hashlib.scrypt(password.encode(), salt=salt, maxmem=SCRYPT_MEMORY, **SCRYPT)
    return f"scrypt${salt.hex()}${digest.hex()}"


def new_totp_secret() -> str:
    """160 random bits for an authenticator."""
    return b32encode(os.urandom(20)).decode()


def demo_totp_secret(user_id: str) -> str:
    """The secret of a demo account: anybody can compute it, so it exists on one machine and in tests only."""
    if not settings.is_local:
        raise RuntimeError(f"demo secrets do not exist in stage {settings.stage!r}")
    return b32encode(hashlib.sha256(f"sunlight demo|{user_id}".encode()).digest()[:20]).decode()


def _state(user: User) -> dict[str, Any]:
    away = {name: said for name in _AWAY if (said := getattr(user, name))}
    return {"name": user.name, "role": user.role, "org": user.org, "active": user.active, **away}


def _user(item: Item, *, with_secrets: bool = False) -> User:
    state: dict[str, Any] = json.loads(item["state"])
    user_id = item["pk"].removeprefix(keys.user(""))
    secret: dict[str, Any] = {}
    if with_secrets:
        secret = json.loads(held_keys().staff_key().unseal(item["sealed"], _place(user_id)))
    return User(id=user_id, version=item["version"], **state, **secret)


def _is_password(password: str, stored: str) -> bool:
    salt = stored.split("$")[1] if stored else "00"
    return hmac.compare_digest(hash_password(password, bytes.fromhex(salt)), stored)


def _totp_step(secret: str, code: str) -> int:
    """The time step whose code this is, one step early or late at most; 0 for none. All are compared, always."""
    from pyotp import TOTP  # only sign-in needs it: every other cold start goes without

    totp, now = TOTP(secret), int(clock.now().timestamp()) // TOTP_STEP_S
    found = 0
    for step in range(now - TOTP_DRIFT, now + TOTP_DRIFT + 1):
        if hmac.compare_digest(totp.generate_otp(step).encode(), code.encode()):
            found = step
    return found


_NOBODYS_SECRET = b32encode(bytes(20)).decode()


@functools.cache
def _nobodys_hash() -> str:
    """What an unknown user's password is compared with, so that it takes as long as a known one's."""
    return f"scrypt${os.urandom(16).hex()}${'0' * 128}"


def _place(user_id: str) -> str:
    return f"cases|{keys.user(user_id)}|{keys.USER}|sealed"
