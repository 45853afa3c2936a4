"""A meter on the botocore wire: round trips, read units and write units, itemised.

It sees what every botocore client sends (PynamoDB's too) and applies the published rules of `units.py` to the
images before and after, because emulators are not meters. It keeps the image of every item it has seen, and what
it asks for itself is never counted. Single-threaded, like the process it measures.
"""

import base64
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import botocore.handlers
import botocore.session

from benchmarks.units import (
    TRANSACTION,
    Item,
    Table,
    get_units,
    index_units,
    item_size,
    query_units,
    transact_get_units,
    write_units,
)

_NOT_PART_OF_WHAT_IS_EXAMINED = ("FilterExpression", "ProjectionExpression", "Select")


@dataclass(frozen=True)
class Line:
    """One item of a bill. `examined` counts the items a read looked at."""

    table: str
    what: str
    writes: float = 0
    reads: float = 0
    indexes: tuple[tuple[str, int], ...] = ()
    size: int = 0
    examined: int = 0

    @property
    def write_units(self) -> float:
        """The table's own units and those of its indexes."""
        return self.writes + sum(units for _, units in self.indexes)

    def __str__(self) -> str:
        return " + ".join(
            [f"{self.what} {self.writes or self.reads:g}", *(f"{name} {n:g}" for name, n in self.indexes)]
        )


@dataclass(frozen=True)
class Call:
    """One operation of one client: its bill, and how often it went over the wire."""

    operation: str
    lines: tuple[Line, ...] = ()
    trips: int = 1
    error: str = ""


@dataclass
class Bill:
    """The calls made between two points, added up as asked."""

    calls: list[Call] = field(default_factory=list)

    def of(self, table: str) -> "Bill":
        """Only what concerned this table."""
        return Bill([call for call in self.calls if any(line.table == table for line in call.lines)])

    @property
    def lines(self) -> list[Line]:
        """Every line of every call."""
        return [line for call in self.calls for line in call.lines]

    @property
    def trips(self) -> int:
        """How often anything went over the wire."""
        return sum(call.trips for call in self.calls)

    @property
    def write_units(self) -> float:
        """Write request units, indexes included."""
        return sum(line.write_units for line in self.lines)

    @property
    def read_units(self) -> float:
        """Read request units."""
        return sum(line.reads for line in self.lines)

    @property
    def operations(self) -> dict[str, int]:
        """How many calls of each operation."""
        return dict(Counter(call.operation for call in self.calls))

    def __str__(self) -> str:
        """`CASE 4 + due 1, EVENT 2 x2, ...`: equal lines are folded."""
        folded = Counter(map(str, self.lines))
        return ", ".join(text if times == 1 else f"{text} x{times}" for text, times in folded.items())


class Meter:
    """Counts what passes. An unknown table is described, and its items are read, when it first appears."""

    def __init__(self, tables: Iterable[Table] = ()) -> None:
        self.calls: list[Call] = []
        self._tables = {table.name: table for table in tables}
        self._images: dict[str, dict[tuple[Any, ...], Item]] = {name: {} for name in self._tables}
        self._own_session: Any = None
        self._own_client: Any = None
        self._trips = 0

    @contextmanager
    def listening(self) -> Iterator["Meter"]:
        """Hook every botocore client that is made from now on, whoever makes it, except the meter's own."""
        self._own_session = botocore.session.Session()
        hooks = [
            ("before-call", self._before_call),
            ("before-send", self._before_send),
            ("after-call", self._after_call),
        ]
        botocore.handlers.BUILTIN_HANDLERS.extend(hooks)
        try:
            yield self
        finally:
            for hook in hooks:
                botocore.handlers.BUILTIN_HANDLERS.remove(hook)

    @contextmanager
    def bill(self) -> Iterator[Bill]:
        """What is called inside the block."""
        start, bill = len(self.calls), Bill()
        yield bill
        bill.calls = self.calls[start:]

    def record(self, operation: str, body: dict[str, Any], answer: dict[str, Any], trips: int = 1) -> Call:
        """Charge one DynamoDB call, given as it went over the wire with binary values decoded."""
        error = answer.get("Error", {}).get("Code", "")
        charge = getattr(self, f"_{operation}", None)
        call = Call(operation, tuple(charge(body, answer, not error)) if charge else (), trips, error)
        self.calls.append(call)
        return call

    # The wire

    def _before_call(self, model: Any, params: dict[str, Any], context: dict[str, Any], **_: Any) -> None:
        self._trips = 0
        if model.service_model.service_name == "dynamodb":
            context["metered_body"] = body = decoded(json.loads(params["body"]))
            for name in _tables_named(body) if hasattr(self, f"_{model.name}") else ():
                self._know(name)

    def _before_send(self, **_: Any) -> None:
        self._trips += 1

    def _after_call(self, model: Any, parsed: dict[str, Any], context: dict[str, Any], **_: Any) -> None:
        if model.service_model.service_name != "dynamodb":
            self.calls.append(Call(f"{model.service_model.service_name}:{model.name}", (), self._trips))
            return
        self.record(model.name, context["metered_body"], parsed, self._trips)

    def _ask(self, operation: str, **params: Any) -> dict[str, Any]:
        """A question of the meter's own, uncounted: its session was made before the hooks."""
        self._own_client = self._own_client or self._own_session.create_client("dynamodb")
        return self._own_client._make_api_call(operation, params)

    def _know(self, name: str) -> None:
        if name in self._tables:
            return
        self._tables[name] = table = Table.from_description(self._ask("DescribeTable", TableName=name)["Table"])
        images = self._images[name] = {}
        page: dict[str, Any] = {"LastEvaluatedKey": None}
        while "LastEvaluatedKey" in page:
            start = {"ExclusiveStartKey": page["LastEvaluatedKey"]} if page["LastEvaluatedKey"] else {}
            page = self._ask("Scan", TableName=name, ConsistentRead=True, **start)
            images.update((table.key(item), item) for item in page["Items"])

    # Writes

    def _PutItem(self, body: dict[str, Any], answer: dict[str, Any], took: bool) -> Iterator[Line]:
        yield self._write("Put", body, answer, took, 1)

    def _UpdateItem(self, body: dict[str, Any], answer: dict[str, Any], took: bool) -> Iterator[Line]:
        yield self._write("Update", body, answer, took, 1)

    def _DeleteItem(self, body: dict[str, Any], answer: dict[str, Any], took: bool) -> Iterator[Line]:
        yield self._write("Delete", body, answer, took, 1)

    def _TransactWriteItems(self, body: dict[str, Any], answer: dict[str, Any], took: bool) -> Iterator[Line]:
        for action in body["TransactItems"]:
            ((verb, request),) = action.items()
            yield self._write(verb, request, {}, took, TRANSACTION)

    def _BatchWriteItem(self, body: dict[str, Any], answer: dict[str, Any], took: bool) -> Iterator[Line]:
        for table, requests in body["RequestItems"].items():
            for request in requests:
                ((verb, content),) = request.items()
                yield self._write(verb.removesuffix("Request"), {"TableName": table, **content}, answer, took, 1)

    def _write(self, verb: str, request: dict[str, Any], answer: dict[str, Any], took: bool, factor: int) -> Line:
        """Charge one written (or checked) item; a refused one costs its size too, but touches no index."""
        table = self._tables[request["TableName"]]
        images = self._images[table.name]
        key = table.key(request.get("Item") or request["Key"])
        before = images.get(key)
        after = before if verb == "ConditionCheck" or not took else self._after(verb, request, answer)
        if after is None:
            images.pop(key, None)
        else:
            images[key] = after
        charged = ((index.name, index_units(table, index, before, after)) for index in table.indexes)
        return Line(
            table=table.name,
            what=_label(after or before or request.get("Item") or request["Key"], verb),
            writes=factor * write_units(before, after),
            indexes=tuple((name, units) for name, units in charged if units),
            size=max(item_size(before or {}), item_size(after or {})),
        )

    def _after(self, verb: str, request: dict[str, Any], answer: dict[str, Any]) -> Item | None:
        if verb == "Put":
            return request["Item"]
        if verb == "Delete":
            return None
        if request.get("ReturnValues") == "ALL_NEW" and "Attributes" in answer:
            return answer["Attributes"]
        return self._ask("GetItem", TableName=request["TableName"], Key=request["Key"], ConsistentRead=True)["Item"]

    # Reads

    def _GetItem(self, body: dict[str, Any], answer: dict[str, Any], took: bool) -> Iterator[Line]:
        units = get_units(item := self._image(body), consistent=body.get("ConsistentRead", False))
        yield _read_line(body["TableName"], [item or body["Key"]], units)

    def _BatchGetItem(self, body: dict[str, Any], answer: dict[str, Any], took: bool) -> Iterator[Line]:
        for name, request in body["RequestItems"].items():
            for key in request["Keys"]:
                item = self._image({"TableName": name, "Key": key})
                units = get_units(item, consistent=request.get("ConsistentRead", False))
                yield _read_line(name, [item or key], units)

    def _TransactGetItems(self, body: dict[str, Any], answer: dict[str, Any], took: bool) -> Iterator[Line]:
        for action in body["TransactItems"]:
            item = self._image(action["Get"])
            yield _read_line(action["Get"]["TableName"], [item or action["Get"]["Key"]], transact_get_units(item))

    def _Query(self, body: dict[str, Any], answer: dict[str, Any], took: bool) -> Iterator[Line]:
        yield self._page("Query", body, answer)

    def _Scan(self, body: dict[str, Any], answer: dict[str, Any], took: bool) -> Iterator[Line]:
        yield self._page("Scan", body, answer)

    def _page(self, operation: str, body: dict[str, Any], answer: dict[str, Any]) -> Line:
        """A page costs what was examined, so a filtered, projected or counting one is asked for again in full."""
        table = self._tables[body["TableName"]]
        page = answer
        if any(name in body for name in _NOT_PART_OF_WHAT_IS_EXAMINED):
            page = self._ask(operation, **_in_full(body, answer.get("ScannedCount", 0)))
        items = [self._images[table.name].get(table.key(item), item) for item in page.get("Items", ())]
        if name := body.get("IndexName"):
            index = next(index for index in table.indexes if index.name == name)
            items = [table.entry(index, item) or item for item in items]
        units = query_units(items, consistent=body.get("ConsistentRead", False))
        return _read_line(table.name, items, units, name or operation.lower())

    def _image(self, request: dict[str, Any]) -> Item | None:
        return self._images[request["TableName"]].get(self._tables[request["TableName"]].key(request["Key"]))


def _read_line(table: str, items: list[Item], units: float, source: str = "") -> Line:
    kinds = "/".join(f"{kind}*{n}" if n > 1 else kind for kind, n in Counter(map(_label, items)).items())
    what = f"{source}({kinds})" if source else kinds
    return Line(table, what, reads=units, size=sum(map(item_size, items)), examined=len(items))


def _label(item: Item, verb: str = "") -> str:
    """The kind of an item, or the first word of its keys."""
    words = (item.get(name, {}).get("S", "").split("#")[0] for name in ("kind", "sk", "pk"))
    label = next((word for word in words if word and not word.isdigit()), "item")
    return f"check {label}" if verb == "ConditionCheck" else label


def _in_full(body: dict[str, Any], scanned: int) -> dict[str, Any]:
    """The same page without filter and projection, and without the placeholders only those used."""
    full = {name: value for name, value in body.items() if name not in _NOT_PART_OF_WHAT_IS_EXAMINED}
    full["Limit"] = max(scanned, 1)
    used = re.findall(r"[#:]\w+", full.get("KeyConditionExpression", ""))
    for name in ("ExpressionAttributeNames", "ExpressionAttributeValues"):
        kept = {placeholder: value for placeholder, value in full.pop(name, {}).items() if placeholder in used}
        full |= {name: kept} if kept else {}
    return full


def _tables_named(body: dict[str, Any]) -> set[str]:
    actions = (request for action in body.get("TransactItems", ()) for request in action.values())
    named = {request["TableName"] for request in (body, *actions) if "TableName" in request}
    return named | set(body.get("RequestItems", ()))


def decoded(content: Any) -> Any:
    """Wire JSON with base64 turned into bytes; an attribute that happens to be named B holds a dict and is left."""
    if isinstance(content, list):
        return [decoded(element) for element in content]
    if not isinstance(content, dict):
        return content
    if isinstance(content.get("B"), str):
        return {"B": base64.b64decode(content["B"])}
    if len(content) == 1 and isinstance(content.get("BS"), list):
        return {"BS": [base64.b64decode(element) for element in content["BS"]]}
    return {name: decoded(value) for name, value in content.items()}
