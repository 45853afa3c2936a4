"""The people of a petition."""

from chalicelib.domain import materials, own
from chalicelib.domain.materials import Material
from tests.domain import county
from tests.domain.county import CITIZEN, CROWD, MARCH, STRANGER
from tests.domain.scenes.base import SECRET, Held, Scene, StagesSaid, scene

ACTIONS_SAID: dict[str, str] = {
    "revoke_proxy": "撤销代理",
    "join": "一起反映",
    "attach": "上传照片、材料",
    "attach_evidence": "上传办理材料",
}
STAGES_SAID: StagesSaid = {}
READ_OTHERWISE: set[str] = set()
HELD: Held = {"media": {"jpeg", "png", "pdf"}}
A_PHOTO = b"\xff\xd8\xff\xe0 and so on"


def scenes() -> dict[str, Scene]:
    """A scene for each step of this part."""
    return {
        "revoke_proxy": scene(own.revoke_proxy, county.forwarded(contact=CROWD), SECRET, by=CITIZEN, on=MARCH[4]),
        "attach": scene(materials.attach, county.forwarded(), Material(SECRET, A_PHOTO), by=CITIZEN, on=MARCH[4]),
        "attach_evidence": scene(
            materials.attach_evidence,
            county.accepted(),
            Material(SECRET, A_PHOTO),
            internal=True,
            by=county.HOUSING_CLERK,
            on=MARCH[5],
        ),
        "join": scene(own.join, county.forwarded(open_to_join=True), by=STRANGER, on=MARCH[4]),
    }
