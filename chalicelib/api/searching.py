"""Looking for a matter by its number or a person, and for matters that may be the same. Bounded, logged, never wider
than what the caller may see.

The invariant: what is looked for stands in no URL and in no log.
"""

from typing import Any

from chalice.app import Blueprint

from chalicelib import clock, policy
from chalicelib.api import acting, bodies, views
from chalicelib.api.http import body, endpoint, session
from chalicelib.domain.case import Case
from chalicelib.domain.errors import FieldError, FieldsInvalid, NotFound
from chalicelib.domain.likeness import ALIKE, likeness
from chalicelib.domain.matters import current
from chalicelib.store import contacts, finding, keys, offices
from chalicelib.store.cases import CaseFile
from chalicelib.store.finding import Said
from chalicelib.store.lists import Row
from chalicelib.store.tenant import cases
from chalicelib.telemetry import logger

searching = Blueprint(__name__)
FIELDS = ("number", "phone", "identity_number", "name")
LISTED_AS = {"phone": contacts.PHONE, "identity_number": contacts.IDENTITY, "name": contacts.NAME}
MOST_CANDIDATES = 20
KNOWN_BY = {contacts.PHONE: "电话相同", contacts.IDENTITY: "身份证号相同", contacts.NAME: "姓名相同"}


@searching.route("/search", methods=["POST"])
@endpoint("search")
def search() -> Any:
    """Cases by number, telephone, identity number or exact name, of those I may see; at most fifty."""
    asked = body(bodies.Search)
    given = [name for name in FIELDS if getattr(asked, name)]
    if len(given) != 1:
        raise FieldsInvalid([FieldError("/number", "请从编号、电话、身份证号、姓名中填写一项", "exactly_one")])
    by, held = given[0], getattr(asked, given[0])
    found = _by_number(held) if by == "number" else finding.by_person(cases(), LISTED_AS[by], held, _sees)
    logger.info("searched", extra={"by": by, "found": len(found), "user": session().user, "org": session().org})
    tree, today = offices.tree(), clock.today()
    return {"items": [views.row(row, tree, today, org=session().org) for row in found]}


@searching.route("/cases/{case_id}/candidates", methods=["GET"])
@endpoint("candidates")
def candidates(case_id: str) -> Any:
    """Matters that may be the same: of the same person (同人) wherever I may see them, of the same content (同事) among
    what my office has before it. A hint: a person looks at both and says what they are.
    """
    file = acting.read(case_id)
    people = finding.same_people(cases(), file.contact)
    mine = finding.open_desks(cases(), session().org or "", clock.today())
    partitions = [pk for pk in dict.fromkeys((*people, *mine)) if pk != keys.case(case_id)]
    now = current(file.texts, file.case.facts)
    own = Said(file.case, now["title"], tuple(now["claims"])).shingles()
    found = [
        _candidate(said, people.get(keys.case(said.case.id), ()), likeness(own, said.shingles()), file)
        for said in finding.read(cases(), partitions, _sees)
    ]
    worth = sorted((each for each in found if each["reasons"]), key=_most_likely_first, reverse=True)
    return {"items": worth[:MOST_CANDIDATES], "looked_at": len(found)}


def _candidate(said: Said, known_by: tuple[str, ...], score: int, file: CaseFile) -> dict[str, Any]:
    row = views.row(Row(said.case, said.title), offices.tree(), clock.today(), org=session().org)
    reasons = []
    if known_by:
        reasons.append({"reason": "same_person", "reason_label": "、".join(KNOWN_BY[each] for each in known_by)})
    if score >= ALIKE:
        reasons.append({"reason": "same_matter", "reason_label": "标题和诉求相近"})
    linked = [relation for relation, number, _on in file.case.facts.get("links", ()) if number == said.case.id]
    return {**row, "reasons": reasons, "score": score, "relation": linked[0] if linked else ""}


def _most_likely_first(each: dict[str, Any]) -> tuple[int, int, str]:
    return len(each["reasons"]), each["score"], each["received_on"]


def _by_number(number: str) -> list[Row]:
    try:
        file = acting.read(number)
    except NotFound:
        return []
    return [Row(file.case, current(file.texts, file.case.facts)["title"])]


def _sees(case: Case) -> bool:
    return policy.may_see(acting.actor(), case, offices.tree())
