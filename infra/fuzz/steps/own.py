"""The people of a petition."""

from infra.fuzz.steps.base import A_LETTER, BUREAU, PETITIONER, PHONE, Bodies, Filings, Paths

GOOD_STEPS: Bodies = {"revoke_proxy": {"reason": "没有委托过他"}, "join": {"name": "郑桂芳"}}
TAKEN_BY: dict[str, str] = {"revoke_proxy": PETITIONER, "join": PETITIONER}
CLERK_FOR: dict[str, str] = {"revoke_proxy": BUREAU}
PATH: Paths = {"revoke_proxy": (), "join": ()}
BY_PROXY = A_LETTER | {
    "petitioner": {"name": "周桂兰", "phone": PHONE},
    "proxy": {"name": "周小兵", "phone": "19900990003", "relation": "儿子"},
}
FILED: Filings = {
    "revoke_proxy": ("/api/registrations", BY_PROXY, BUREAU),
    "join": ("/api/registrations", A_LETTER | {"open_to_join": True}, BUREAU),
}
