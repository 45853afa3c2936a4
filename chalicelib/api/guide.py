"""The guided classification, for whoever files and whoever registers: it proposes, a person decides."""

from typing import TYPE_CHECKING, Annotated, Any

from chalice.app import Blueprint
from msgspec import Meta, Struct

from chalicelib.api.fields import Id
from chalicelib.api.http import answer, body, endpoint
from chalicelib.domain import intake
from chalicelib.domain.petition import PETITION

if TYPE_CHECKING:
    from chalicelib.domain.classification import Outcome, Proposal, Question

guide = Blueprint(__name__)
FOR_FIVE_MINUTES = {"Cache-Control": "public, max-age=300"}


class GuideAnswers(Struct, forbid_unknown_fields=True):
    """Question -> answer, as far as they were given; without any, the first question is asked."""

    answers: Annotated[dict[Id, Id], Meta(max_length=20)] = {}


@guide.route("/guide", methods=["GET"])
@endpoint("guide", public=True)
def show_guide() -> Any:
    """All questions, where each answer leads, and what may be proposed at the end (第二十九条至第三十一条)."""
    from chalicelib.domain import classification  # a cold start does not wait for what few ask for

    view = {
        "first": classification.FIRST,
        "questions": [_question(each) for each in classification.QUESTIONS],
        "outcomes": [_outcome(each) for each in classification.OUTCOMES],
    }
    return answer(view, headers=FOR_FIVE_MINUTES)


@guide.route("/guide", methods=["POST"])
@endpoint("guide", public=True)
def ask_guide() -> Any:
    """The next question, or the proposal that these answers lead to. Nothing is kept and no case is touched."""
    from chalicelib.domain.classification import Question, classify  # as above

    found = classify(body(GuideAnswers).answers)
    if isinstance(found, Question):
        return {"question": _question(found), "proposal": None}
    return {"question": None, "proposal": _proposal(found)}


def _question(found: "Question") -> dict[str, Any]:
    return {
        "id": found.id,
        "text": found.text,
        "hint": found.hint,
        "law": found.law,
        "options": [{"answer": each.answer, "label": each.label, "to": each.to} for each in found.options],
    }


def _outcome(found: "Outcome") -> dict[str, Any]:
    return {
        "id": found.id,
        "label": found.label,
        "kind": found.kind,
        "track": found.track,
        "track_label": intake.TRACKS.get(found.track, ""),
        "route": found.ground if found.ground in intake.ROUTES else "",
        "ground": found.ground,
        "law": found.law,
        "body": found.body,
        "limits": [{"label": each.label, "number": each.number, "law": each.law} for each in found.limits],
        "step": found.step,
        "step_label": PETITION.step(found.step).label if found.step else "",
        "advice": found.advice,
    }


def _proposal(found: "Proposal") -> dict[str, Any]:
    why = [{"question": e.question, "text": e.asked, "answer": e.answer, "label": e.said} for e in found.why]
    return {**_outcome(found.outcome), "why": why, "notice_draft": found.notice_draft}
