"""Every step stands in one slice, its slice is known without importing it, and a page can draw its form."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
from msgspec import Meta, Struct

from chalicelib.api import meta
from chalicelib.api.fields import OfficeId, choice, line, read, said, text
from chalicelib.api.forms import INPUTS, form
from chalicelib.api.inspections import Inspection
from chalicelib.api.steps import SLICES, calls, every_call
from chalicelib.domain import procedures
from chalicelib.domain.case import LAW
from chalicelib.domain.errors import FieldsInvalid
from chalicelib.domain.procedure import NEW
from tests.api.refusals import refused

ROOT = Path(__file__).resolve().parent.parent.parent
PAGE = (ROOT / "web/assets/staff-steps.js").read_text("utf-8")


def test_every_step_that_somebody_takes_stands_in_one_slice_and_nothing_else_does():
    tabled = [action for actions in SLICES.values() for action in actions]
    taken = {action for action, step in procedures.rows().items() if set(step.by) != {LAW} and step.frm != (NEW,)}
    assert len(tabled) == len(set(tabled)), "an action stands in two slices"
    assert set(tabled) == taken


@pytest.mark.parametrize("name", SLICES)
def test_the_table_says_of_a_slice_what_the_slice_says_of_itself(name):
    assert SLICES[name] == tuple(calls(name))


def test_every_module_of_the_package_is_a_slice_of_the_table():
    modules = {each.stem for each in (ROOT / "chalicelib/api/steps").glob("*.py")}
    assert modules - {"__init__", "call"} == set(SLICES)


def test_a_cold_start_imports_no_slice():
    said = "import json, sys, app; print(json.dumps([m for m in sys.modules if m.startswith('chalicelib.api.steps.')]))"
    done = subprocess.run([sys.executable, "-c", said], cwd=ROOT, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == ["chalicelib.api.steps.call"]


def test_a_step_nobody_has_heard_of_is_answered_as_a_case_nobody_has_heard_of(petitioner):
    number = petitioner.files()["case_number"]
    told = refused(petitioner, f"/cases/{number}/fly", {}, 404, If_Match='"1"')
    unknown = refused(petitioner, "/cases/261234567890/urge", {}, 404, If_Match='"1"')
    assert told == unknown


def test_a_key_used_for_one_step_is_refused_for_another_with_the_same_body(petitioner):
    number = petitioner.files()["case_number"]
    petitioner.post(f"/cases/{number}/urge", {}, 200, If_Match='"1"', Idempotency_Key="once")
    told = refused(petitioner, f"/cases/{number}/withdraw", {}, 422, If_Match='"1"', Idempotency_Key="once")
    assert told["code"] == "key_reused"


BODIES = {action: call.body for action, call in every_call().items()} | {"open_inspection": Inspection}


@pytest.mark.parametrize("action", BODIES)
def test_every_field_has_its_label_and_every_option_its_own(action):
    for field in form(BODIES[action]):
        assert field["label"], f"{field['name']}: say its label with said()"
        assert field["input"] in INPUTS
        if field["input"] in ("choice", "choices"):
            assert all(each["label"] for each in field["options"]), f"{field['name']}: name its table with choice()"


def test_a_form_that_no_page_can_draw_from_data_is_drawn_by_hand():
    asked = [action for action, call in every_call().items() if any(f["input"] == "answers" for f in form(call.body))]
    assert [action for action in asked if f"  {action}: {{" not in PAGE] == []


TABLE = {"a": ("甲", "第一条"), "b": ("乙", "第二条")}


class Everything(Struct, forbid_unknown_fields=True, kw_only=True):
    words: Annotated[str, said("理由", "会告诉信访人"), text(2_000, least=10)]
    name: Annotated[str, line(50), said("姓名")] = ""
    kind: Annotated[Literal["a", "b"], choice(TABLE), said("种类")]
    kinds: Annotated[list[Literal["a", "b"]], choice(TABLE), Meta(min_length=1), said("几种")]
    days: Annotated[int, Meta(ge=1, le=30), said("天数")]
    on: Annotated[date | None, said("日期")] = None
    sure: Annotated[bool, said("确认")] = False
    to: Annotated[OfficeId | None, said("单位")] = None
    with_: Annotated[list[OfficeId], said("会同单位")] = []
    papers: Annotated[list[Annotated[str, line(100)]], Meta(max_length=10), said("材料")] = []


def test_a_body_is_told_as_the_fields_of_a_form():
    found = {field.pop("name"): field for field in form(Everything)}
    options = [{"value": "a", "label": "甲"}, {"value": "b", "label": "乙"}]
    assert {name: field["input"] for name, field in found.items()} == {
        "words": "text",
        "name": "line",
        "kind": "choice",
        "kinds": "choices",
        "days": "number",
        "on": "date",
        "sure": "bool",
        "to": "office",
        "with_": "offices",
        "papers": "list",
    }
    told = {"label": "理由", "hint": "会告诉信访人", "input": "text", "required": True, "min": 10, "max": 2_000}
    assert found["words"] == told
    assert found["days"] == {"label": "天数", "input": "number", "required": True, "min": 1, "max": 30}
    assert found["kind"]["options"] == found["kinds"]["options"] == options
    assert not any(found[name]["required"] for name in ("name", "on", "sure", "to", "with_", "papers"))


def test_a_label_takes_nothing_from_the_limits_of_its_field():
    asked = {"words": " 一二三四五\x00", "kind": "a", "kinds": [], "days": 31}
    with pytest.raises(FieldsInvalid) as refusal:
        read(Everything, asked)
    assert [each.pointer for each in refusal.value.fields] == ["/words", "/kinds", "/days"]
    filled: Any = read(Everything, asked | {"words": " 一二三四五六七八九十 ", "kinds": ["a", "b"], "days": 3})
    assert (filled.words, filled.kinds) == ("一二三四五六七八九十", ["a", "b"])


def test_a_type_that_no_form_can_ask_for_is_refused():
    class Odd(Struct):
        weight: Annotated[float, said("重量")]

    with pytest.raises(TypeError, match="weight"):
        form(Odd)


def test_every_slice_has_the_name_under_which_a_page_groups_its_buttons() -> None:
    assert set(meta.CHAPTERS) == set(SLICES)


def test_the_form_of_a_new_task_asks_for_each_kind_what_it_takes(petitioner):
    told = petitioner.get("/meta")
    asked = {field["name"] for field in told["forms"]["open_inspection"]}
    kinds = {each["kind"]: each["asks"] for each in told["inspections"]}
    assert set().union(*kinds.values()) == asked - {"kind", "title", "note"}
    assert kinds["problem_list"] == {"org": True, "items": True, "due": True}
    assert kinds["random_check"] == {"org": True, "items": False, "due": False, "sample_size": True}
    assert kinds["reception"] == {}
