"""The people of a petition: a proxy who is none any more, others who join."""

import base64
from collections.abc import Mapping
from typing import Annotated

from msgspec import Meta, Struct

from chalicelib.api import pairing
from chalicelib.api.acting import Acting
from chalicelib.api.bodies import Name
from chalicelib.api.fields import line, said, text
from chalicelib.api.steps.call import StepCall
from chalicelib.domain import materials, own
from chalicelib.domain.case import Change
from chalicelib.domain.errors import FieldError, FieldsInvalid
from chalicelib.domain.materials import LARGEST, Material
from chalicelib.store import files

FILE = Meta(min_length=4, max_length=LARGEST // 3 * 4, extra={"input": "file"})
"""Base64 of at most 150 KB."""


class Revocation(Struct, forbid_unknown_fields=True):
    """Why, if the principal wants to say."""

    reason: Annotated[str, text(500), said("撤销代理的原因（选填）")] = ""


class Joining(Struct, forbid_unknown_fields=True):
    """Who joins; his telephone is the one he signed in with."""

    name: Annotated[Name, said("您的姓名")]


class Attachment(Struct, forbid_unknown_fields=True):
    """A photo or a paper. What it is, its own first bytes say."""

    name: Annotated[str, line(100), said("这是什么", "例如：维修前、维修后、报修单")]
    content: Annotated[str, FILE, said("照片、材料", "照片或者PDF，每件不超过150KB；照片会自动缩小")]


class Evidence(Struct, forbid_unknown_fields=True):
    """A photo or a paper of who handles the matter."""

    name: Annotated[str, line(100), said("这是什么", "例如：维修后、现场照片")]
    content: Annotated[str, FILE, said("照片、材料", "照片或者PDF，每件不超过150KB；照片会自动缩小")]
    internal: Annotated[bool, said("只供办理人员查看", "不勾选的，信访人也能看到")] = False


def _attach(step: Acting, asked: Attachment) -> Change:
    material = _material(asked)
    return _beside(step, material, materials.attach(step.case, material, by=step.by, on=step.on, rules=step.rules))


def _attach_evidence(step: Acting, asked: Evidence) -> Change:
    material, internal = _material(asked), asked.internal
    change = materials.attach_evidence(step.case, material, internal=internal, by=step.by, on=step.on, rules=step.rules)
    return _beside(step, material, change)


def _material(asked: Attachment | Evidence) -> Material:
    try:
        content = base64.b64decode(asked.content, validate=True)
    except ValueError:
        raise FieldsInvalid([FieldError("/content", "文件内容不完整，请重新选择文件", "format")]) from None
    return Material(asked.name, content)


def _beside(step: Acting, material: Material, change: Change) -> Change:
    """The file goes into the transaction of the step."""
    assert step.file is not None
    step.beside.append(files.written(step.case.id, change.case.facts["files"], material.content, step.file.key))
    return change


CALLS: Mapping[str, StepCall] = {
    "revoke_proxy": StepCall(
        Revocation,
        lambda step, asked: own.revoke_proxy(step.case, asked.reason, by=step.by, on=step.on, rules=step.rules),
    ),
    "join": StepCall(
        Joining,
        lambda step, asked: own.join(step.case, by=step.by, on=step.on, rules=step.rules),
        taken=pairing.joining,
    ),
    "attach": StepCall(Attachment, _attach, reads=True),
    "attach_evidence": StepCall(Evidence, _attach_evidence, reads=True),
}
