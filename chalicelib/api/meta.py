"""What everybody may know: procedures, limits, categories, offices, labels; and that the service answers."""

import functools
import hashlib
from typing import Any

import msgspec
from chalice.app import Blueprint

from chalicelib import clock
from chalicelib.api import steps
from chalicelib.api.forms import form
from chalicelib.api.http import answer, endpoint, request
from chalicelib.api.inspections import Inspection
from chalicelib.domain import intake
from chalicelib.domain.check_sheet import LABELS as CHECK_LINES
from chalicelib.domain.endings import GROUNDS_OF
from chalicelib.domain.inspection import KINDS as INSPECTIONS
from chalicelib.domain.inspection import asked_of
from chalicelib.domain.procedure import Procedure
from chalicelib.domain.procedures import PROCEDURES, rows
from chalicelib.domain.stages import STAGES
from chalicelib.domain.tables.inspection import STAGES as INSPECTION_STAGES
from chalicelib.profiles.profile import current
from chalicelib.settings import settings
from chalicelib.store import offices
from chalicelib.store.tenant import rules

meta = Blueprint(__name__)
CHAPTERS = {
    "road": "分办、受理、答复",
    "petitioner": "信访人自己的步骤",
    "classification": "种类和办理途径",
    "endings": "不予受理、导入法定途径",
    "routing": "协商、裁定、告知结果",
    "simple": "征询和简易办理",
    "opinion": "调查和处理意见",
    "promises": "承诺和落实",
    "joint": "联合办理",
    "hearing": "听证、调解",
    "review": "复查、复核",
    "supervision": "督查督办",
    "recusal": "回避",
    "matters": "关联、并案、分案",
    "urgent": "紧急情况",
    "own": "代理、联名和材料",
    "passing": "不可抗力",
    "inspection": "督查检查",
}
"""The slices of `steps.SLICES` by the names under which a page groups their buttons."""


@meta.route("/health", methods=["GET"])
@endpoint("health", public=True)
def health() -> Any:
    """The service answers, in which stage, and what time it takes it to be."""
    return {"status": "ok", "stage": settings.stage, "time": clock.now().isoformat()}


@meta.route("/meta", methods=["GET"])
@endpoint("meta", public=True)
def show_meta() -> Any:
    """Everything a page needs to speak our words; changes seldom, so it carries an ETag."""
    view = _meta()
    tag = '"' + hashlib.sha256(msgspec.json.encode(view, order="deterministic")).hexdigest()[:16] + '"'
    headers = {"ETag": tag, "Cache-Control": "public, max-age=300"}
    if request().headers.get("if-none-match") == tag:
        return answer(status=304, headers=headers)
    return answer(view, headers=headers)


def _meta() -> dict[str, Any]:
    tenant = current()
    return {
        "tenant": tenant.tenant,
        "phone": tenant.phone,
        "signature": tenant.signature,
        "bureau": tenant.bureau,
        "procedures": [_procedure(each) for each in PROCEDURES.values()],
        "forms": _forms(),
        "inspections": [
            {"kind": kind, "label": label, "law": law, "asks": asked_of(kind)}
            for kind, (label, law) in INSPECTIONS.items()
        ],
        "limits": [
            {
                "name": each.name,
                "label": each.label,
                "law": each.law,
                "number": each.number,
                "unit": each.unit,
                "of": each.of,
                "kind": each.kind,
                "extendable_by": each.extendable_by,
                "note": each.note,
            }
            for each in rules().limits.values()
        ],
        "calendar": {"version": rules().calendar.version, "horizon": rules().calendar.horizon.isoformat()},
        "categories": [{"name": each.name, "matters": list(each.matters)} for each in tenant.categories],
        "offices": [
            {
                "id": each.id,
                "name": each.name,
                "short": each.short,
                "kind": each.kind,
                "parent": each.parent,
                "phone": each.phone,
                "duties": list(each.duties),
                "handles_petitions": each.handles_petitions,
            }
            for each in offices.tree().offices.values()
            if each.active
        ],
        "labels": {
            "stages": {**STAGES, **INSPECTION_STAGES},
            "inspections": {name: label for name, (label, _law) in INSPECTIONS.items()},
            "check_lines": {name: label for name, (label, _law) in CHECK_LINES.items()},
            "kinds": intake.KINDS,
            "kinds_shown": intake.KINDS_SHOWN,
            "channels": intake.CHANNELS,
            "tracks": intake.TRACKS,
            "endings": {ending: rows()[ending].label for ending in GROUNDS_OF},
            "grounds": {name: label for grounds in GROUNDS_OF.values() for name, (label, _law) in grounds.items()},
            "routes": {name: label for name, (label, _law) in intake.ROUTES.items()},
            "findings": {name: label for name, (label, _law) in intake.FINDINGS.items()},
            "methods": intake.SERVICE_METHODS,
            "ways": intake.WAYS,
            "causes": intake.CAUSES,
            "ratings": intake.RATINGS,
        },
    }


@functools.cache
def _forms() -> dict[str, list[dict[str, Any]]]:
    """Every step's form, and that of the one task staff open with a form of its own."""
    found = {action: form(call.body) for action, call in steps.every_call().items()}
    return found | {"open_inspection": form(Inspection)}


def _procedure(procedure: Procedure) -> dict[str, Any]:
    return {
        "name": procedure.name,
        "label": procedure.label,
        "steps": [
            {
                "action": step.action,
                "label": step.label,
                "emits": step.emits.wire,
                "chapter": CHAPTERS[steps.slice_of(step.action)],
                "law": step.law,
                "from": list(step.frm),
                "to": step.to,
                "by": list(step.by),
                "meets": list(step.meets),
                "starts": [start.limit for start in step.starts],
            }
            for step in procedure.steps
        ],
    }
