"""What stands in path, query and headers."""

from typing import Any

from chalicelib.api.inspections import STATUSES
from chalicelib.api.worklists import LIGHTS
from chalicelib.domain.stages import STAGES

CURSOR_LIMIT = 400


def _limit(default: int, most: int) -> dict[str, Any]:
    schema = {"type": "integer", "minimum": 1, "maximum": most, "default": default}
    return {"name": "limit", "in": "query", "description": "本页最多几项", "schema": schema}


PARAMETERS: dict[str, dict[str, Any]] = {
    "case_id": {
        "name": "case_id",
        "in": "path",
        "required": True,
        "description": "信访编号，最后一位是校验码",
        "schema": {"type": "string", "pattern": "^[0-9]{12}$"},
    },
    "report_id": {
        "name": "report_id",
        "in": "path",
        "required": True,
        "description": "检举控告的编号",
        "schema": {"type": "string", "pattern": "^[0-9]{12}$"},
    },
    "number": {
        "name": "number",
        "in": "path",
        "required": True,
        "description": "材料的序号",
        "schema": {"type": "integer", "minimum": 1, "maximum": 20},
    },
    "notice": {
        "name": "notice",
        "in": "path",
        "required": True,
        "description": "放假安排的序号",
        "schema": {"type": "integer", "minimum": 1, "maximum": 999999},
    },
    "decision": {
        "name": "decision",
        "in": "path",
        "required": True,
        "description": "不可抗力认定的序号",
        "schema": {"type": "integer", "minimum": 1, "maximum": 999999},
    },
    "user": {
        "name": "user",
        "in": "path",
        "required": True,
        "description": "工作人员的用户名",
        "schema": {"type": "string", "pattern": "^[A-Za-z0-9_.:-]{1,64}$"},
    },
    "announcement": {
        "name": "announcement",
        "in": "path",
        "required": True,
        "description": "群发通知的序号",
        "schema": {"type": "integer", "minimum": 1, "maximum": 999999},
    },
    "Idempotency-Key": {
        "name": "Idempotency-Key",
        "in": "header",
        "required": True,
        "description": "本次提交的编号，例如UUID；重试时用同一个，只产生一次效果",
        "schema": {"type": "string", "pattern": "^[!-~]{1,255}$"},
    },
    "If-Match": {
        "name": "If-Match",
        "in": "header",
        "required": True,
        "description": "打开时的版本号，即当时的ETag",
        "schema": {"type": "string", "pattern": '^(W/)?"[0-9]{1,9}"$'},
        "example": '"3"',
    },
    "If-None-Match": {
        "name": "If-None-Match",
        "in": "header",
        "description": "已有的版本；没有变化时答复304",
        "schema": {"type": "string"},
    },
    "limit_of_own": _limit(20, 50),
    "limit_of_list": _limit(50, 100),
    "limit_of_sealed": _limit(50, 50),
    "limit_of_roots": _limit(31, 100),
    "before": {
        "name": "before",
        "in": "query",
        "description": "只看这一天以前公布的根",
        "schema": {"type": "string", "maxLength": 10},
        "example": "2026-11-25",
    },
    "cursor": {
        "name": "cursor",
        "in": "query",
        "description": "上一页的next_cursor",
        "schema": {"type": "string", "maxLength": CURSOR_LIMIT},
    },
    "light": {
        "name": "light",
        "in": "query",
        "description": "只看哪种灯",
        "schema": {"enum": list(LIGHTS), "default": "all"},
    },
    "stage": {
        "name": "stage",
        "in": "query",
        "description": "只看哪个阶段",
        "schema": {"enum": list(STAGES)},
    },
    "status": {
        "name": "status",
        "in": "query",
        "description": "督查检查办到哪一步",
        "schema": {"enum": list(STATUSES), "default": "open"},
    },
    "done": {
        "name": "done",
        "in": "query",
        "description": "true为已办结的",
        "schema": {"enum": ["true", "false"], "default": "false"},
    },
    "month": {
        "name": "month",
        "in": "query",
        "description": "登记的月份，默认本月",
        "schema": {"type": "string", "pattern": "^20[0-9]{2}-(0[1-9]|1[0-2])$"},
        "example": "2026-11",
    },
}
