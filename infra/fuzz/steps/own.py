"""The people of a petition."""

from infra.fuzz.steps.base import A_LETTER, BUREAU, PETITIONER, PHONE, Bodies, Paths

A_PHOTO = {"name": "维修前", "content": "/9j/4AAQSkZJRg=="}
GOOD_STEPS: Bodies = {
    "revoke_proxy": {"reason": "没有委托过他"},
    "join": {"name": "郑桂芳"},
    "attach": A_PHOTO,
    "attach_evidence": A_PHOTO,
}
TAKEN_BY: dict[str, str] = {"revoke_proxy": PETITIONER, "join": PETITIONER, "attach": PETITIONER}
CLERK_FOR: dict[str, str] = {"revoke_proxy": BUREAU}
BY_PROXY = A_LETTER | {
    "petitioner": {"name": "周桂兰", "phone": PHONE},
    "proxy": {"name": "周小兵", "phone": "19900990003", "relation": "儿子"},
}
PATH: Paths = {
    "attach": (),
    "{number}": ("attach",),  # of a file
    "attach_evidence": ("forward", "accept"),
    "revoke_proxy": (("register", BY_PROXY, BUREAU),),
    "join": (("register", A_LETTER | {"open_to_join": True}, BUREAU),),
}
