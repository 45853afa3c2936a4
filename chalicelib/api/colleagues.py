"""Who can be named in a form: one's own office, the bureau that looks after it, the government above.

Names and posts only. Whoever administers the system has no part in a case and is not among them.
"""

from typing import Any

from chalice.app import Blueprint

from chalicelib.api.http import endpoint, session
from chalicelib.domain.case import ADMINISTRATORS
from chalicelib.store import offices, people

colleagues = Blueprint(__name__)


@colleagues.route("/colleagues", methods=["GET"])
@endpoint("colleagues")
def listed() -> Any:
    """The people I can name, my own office first."""
    org, tree = session().org or "", offices.tree()
    bureau = tree.bureau_of(org)
    near = dict.fromkeys(each for each in (org, bureau.id if bureau else None, tree.government_of(org)) if each)
    found = [
        {
            "id": user.id,
            "name": user.name,
            "role": user.role,
            "role_label": people.ROLES[user.role],
            "org": user.org,
            "org_name": tree.offices[user.org].name,
        }
        for each in near
        for user in people.find_by_org(each)
        if user.role not in ADMINISTRATORS
    ]
    return {"items": found}
