"""The steps of a case, in the order of the Regulation. Each route is its rule's function and nothing else."""

from typing import Any

from chalice.app import Blueprint

from chalicelib.api import acting, bodies
from chalicelib.api.http import endpoint
from chalicelib.domain import handling, own_steps, receiving
from chalicelib.domain.intake import Answer, Opinion

steps = Blueprint(__name__)


@steps.route("/cases/{case_id}", methods=["GET"])
@endpoint("view_case")
def view_case(case_id: str) -> Any:
    """The case as the caller may see it: timeline, clocks with derivation, next steps."""
    return acting.shown(acting.read(case_id))


@steps.route("/cases/{case_id}/forward", methods=["POST"])
@endpoint("take_step")
def forward(case_id: str) -> Any:
    """Forward to the unit that has the power to decide (第二十二条第一款、第二十三条第一款)."""
    return acting.take(
        case_id,
        bodies.Forwarding,
        lambda step, asked: receiving.forward(
            step.case, asked.to, asked.note, tree=step.tree, by=step.by, on=step.on, rules=step.rules
        ),
    )


@steps.route("/cases/{case_id}/assign", methods=["POST"])
@endpoint("take_step")
def assign(case_id: str) -> Any:
    """Hand over with a date by which the result is reported back (第二十二条第一款第三项)."""
    return acting.take(
        case_id,
        bodies.Assignment,
        lambda step, asked: receiving.assign(
            step.case, asked.to, asked.due, asked.note, tree=step.tree, by=step.by, on=step.on, rules=step.rules
        ),
    )


@steps.route("/cases/{case_id}/object", methods=["POST"])
@endpoint("take_step")
def object_to(case_id: str) -> Any:
    """Say within five working days that the matter is not ours (第二十三条第三款)."""
    return acting.take(
        case_id,
        bodies.Objection,
        lambda step, asked: receiving.object_to(
            step.case, asked.reason, asked.suggested, tree=step.tree, by=step.by, on=step.on, rules=step.rules
        ),
    )


@steps.route("/cases/{case_id}/uphold_objection", methods=["POST"])
@endpoint("take_step")
def uphold_objection(case_id: str) -> Any:
    """Agree and take the material back (第二十三条第三款)."""
    return acting.take(
        case_id,
        bodies.Upholding,
        lambda step, asked: receiving.uphold_objection(step.case, asked.note, by=step.by, on=step.on, rules=step.rules),
    )


@steps.route("/cases/{case_id}/reject_objection", methods=["POST"])
@endpoint("take_step")
def reject_objection(case_id: str) -> Any:
    """Do not agree: the unit keeps the matter (第二十三条第三款)."""
    return acting.take(
        case_id,
        bodies.Rejection,
        lambda step, asked: receiving.reject_objection(
            step.case, asked.reason, by=step.by, on=step.on, rules=step.rules
        ),
    )


@steps.route("/cases/{case_id}/accept", methods=["POST"])
@endpoint("take_step")
def accept(case_id: str) -> Any:
    """Tell the petitioner that the matter is accepted, and by which track and procedure (第二十三条)."""
    return acting.take(
        case_id,
        bodies.Acceptance,
        lambda step, asked: receiving.accept(
            step.case, asked.track, asked.undertaker, by=step.by, on=step.on, rules=step.rules
        ),
    )


@steps.route("/cases/{case_id}/decline", methods=["POST"])
@endpoint("take_step")
def decline(case_id: str) -> Any:
    """Do not take it, on a ground of the closed list, and say where to go (第十九条、第二十条、第二十三条)."""
    return acting.take(
        case_id,
        bodies.Declining,
        lambda step, asked: receiving.decline(
            step.case, asked.ground, asked.explanation, asked.where_to, by=step.by, on=step.on, rules=step.rules
        ),
    )


@steps.route("/cases/{case_id}/divert", methods=["POST"])
@endpoint("take_step")
def divert(case_id: str) -> Any:
    """Lead a grievance into the procedure the law has for it (第三十一条第一至五项)."""
    return acting.take(
        case_id,
        bodies.Diversion,
        lambda step, asked: receiving.divert(
            step.case,
            asked.route,
            asked.body,
            asked.explanation,
            asked.limit_note,
            by=step.by,
            on=step.on,
            rules=step.rules,
        ),
    )


@steps.route("/cases/{case_id}/extend", methods=["POST"])
@endpoint("take_step")
def extend(case_id: str) -> Any:
    """Extend the handling period once (第三十四条)."""
    return acting.take(
        case_id,
        bodies.Extension,
        lambda step, asked: handling.extend(
            step.case, asked.days, asked.reason, by=step.by, on=step.on, rules=step.rules
        ),
    )


@steps.route("/cases/{case_id}/reply", methods=["POST"])
@endpoint("take_step")
def reply(case_id: str) -> Any:
    """Give the written opinion (第三十二条)."""
    return acting.take(
        case_id,
        bodies.Reply,
        lambda step, asked: handling.reply(
            step.case,
            Opinion(asked.facts, tuple(Answer(a.claim, a.finding, a.answer, a.basis) for a in asked.answers)),
            by=step.by,
            on=step.on,
            rules=step.rules,
        ),
    )


@steps.route("/cases/{case_id}/serve", methods=["POST"])
@endpoint("take_step")
def serve(case_id: str) -> Any:
    """Record the service of the opinion with its proof (第三十四条、第三十五条)."""
    return acting.take(
        case_id,
        bodies.Service,
        lambda step, asked: handling.serve(
            step.case, asked.method, asked.served_on or step.on, asked.proof, by=step.by, on=step.on, rules=step.rules
        ),
    )


@steps.route("/cases/{case_id}/rate", methods=["POST"])
@endpoint("take_step")
def rate(case_id: str) -> Any:
    """Rate bureau and unit, and say whether the matter is solved (第二十一条)."""
    return acting.take(
        case_id,
        bodies.Judgement,
        lambda step, asked: handling.rate(
            step.case, asked.office, asked.unit, asked.solved, asked.remark, by=step.by, on=step.on, rules=step.rules
        ),
    )


@steps.route("/cases/{case_id}/supplement", methods=["POST"])
@endpoint("take_step")
def supplement(case_id: str) -> Any:
    """Add facts and reasons (第十九条)."""
    return acting.take(
        case_id,
        bodies.Supplement,
        lambda step, asked: own_steps.supplement(step.case, asked.text, by=step.by, on=step.on, rules=step.rules),
    )


@steps.route("/cases/{case_id}/urge", methods=["POST"])
@endpoint("take_step")
def urge(case_id: str) -> Any:
    """Urge whoever has to act, once a day (第二十八条)."""
    return acting.take(
        case_id,
        bodies.Urging,
        lambda step, asked: own_steps.urge(step.case, by=step.by, on=step.on, rules=step.rules),
    )


@steps.route("/cases/{case_id}/withdraw", methods=["POST"])
@endpoint("take_step")
def withdraw(case_id: str) -> Any:
    """End the matter by the petitioner's own will."""
    return acting.take(
        case_id,
        bodies.Withdrawal,
        lambda step, asked: own_steps.withdraw(step.case, asked.reason, by=step.by, on=step.on, rules=step.rules),
    )
