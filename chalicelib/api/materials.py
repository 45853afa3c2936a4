"""Photos and papers of a case: giving one back to who may see it."""

import base64
from typing import Any

from chalice.app import Blueprint

from chalicelib.api import acting
from chalicelib.api.http import endpoint
from chalicelib.api.views.files import files
from chalicelib.domain.errors import NotFound
from chalicelib.store import files as store
from chalicelib.store.tenant import table

materials = Blueprint(__name__)


@materials.route("/cases/{case_id}/files/{number}", methods=["GET"])
@endpoint("material")
def material(case_id: str, number: str) -> Any:
    """One photo or paper, if it is in this person's list of the case. Unknown and forbidden look alike."""
    file = acting.read(case_id)
    shown = {str(each["number"]): each for each in files(file, acting.actor(file.case, file.contact))}
    found = shown.get(number)
    content = store.read(table(), case_id, found["number"], file.key) if found else None
    if found is None or content is None:
        raise NotFound("没有找到这件材料")
    return {"name": found["name"], "kind": found["kind"], "content": base64.b64encode(content).decode()}
