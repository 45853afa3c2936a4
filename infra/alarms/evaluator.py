"""A small CloudWatch: metric points in, the alarms of `infra/resources.json` that are in ALARM out.

Modelled as documented: a statistic over whole periods that begin at multiples of their length, the last N of them
(M of N breaching), what is missing by TreatMissingData. A period counts when it is over, which is the slowest AWS may
be. Not modelled: the wider evaluation range by which CloudWatch may put a missing period off, and composite alarms.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

TEMPLATE = Path(__file__).resolve().parent.parent / "resources.json"
STACK = "stack"
Series = tuple[str, str, frozenset[tuple[str, str]]]
"""Namespace, metric, dimensions."""
_STATISTIC = {
    "Sum": sum,
    "Maximum": max,
    "Minimum": min,
    "Average": lambda values: sum(values) / len(values),
}
_BREACHES = {
    "GreaterThanThreshold": lambda value, threshold: value > threshold,
    "GreaterThanOrEqualToThreshold": lambda value, threshold: value >= threshold,
    "LessThanThreshold": lambda value, threshold: value < threshold,
    "LessThanOrEqualToThreshold": lambda value, threshold: value <= threshold,
}


class Metrics:
    """Points of time (seconds since the epoch) and value, by series."""

    def __init__(self) -> None:
        self._points: dict[Series, list[tuple[float, float]]] = defaultdict(list)

    def add(self, namespace: str, metric: str, value: float, at: float, **dimensions: str) -> None:
        """One point, as a service of AWS sends it."""
        self._points[namespace, metric, frozenset(dimensions.items())].append((at, value))

    def read_embedded(self, lines: Iterable[str], at: float) -> int:
        """The points of a log in embedded metric format, stamped with the simulated moment; how many there were."""
        found = 0
        for line in lines:
            if '"_aws"' not in line:
                continue
            told = json.loads(line)
            for described in told["_aws"]["CloudWatchMetrics"]:
                for names in described["Dimensions"]:
                    dimensions = {name: told[name] for name in names}
                    for metric in described["Metrics"]:
                        self.add(described["Namespace"], metric["Name"], told[metric["Name"]], at, **dimensions)
                        found += 1
        return found

    def within(self, series: Series, begin: float, end: float) -> list[float]:
        """The values of one period."""
        return [value for at, value in self._points[series] if begin <= at < end]


class Alarms:
    """Every alarm of the template, for one stage. `since`: before it nothing was measured, and nothing is missing."""

    def __init__(self, stage: str, since: float, resources: Mapping[str, Any] | None = None) -> None:
        found = resources or json.loads(TEMPLATE.read_text("utf-8"))["Resources"]
        self._stage, self._since = stage, since
        self.all = {
            name: resource["Properties"]
            for name, resource in found.items()
            if resource.get("Type") == "AWS::CloudWatch::Alarm"
        }

    def ringing(self, metrics: Metrics, now: float) -> set[str]:
        """The names of the alarms that are in ALARM at this moment."""
        return {name for name, alarm in self.all.items() if self._rings(alarm, metrics, now)}

    def _rings(self, alarm: Mapping[str, Any], metrics: Metrics, now: float) -> bool:
        period, count = alarm["Period"], alarm["EvaluationPeriods"]
        last = int(now // period) * period
        begins = [last - period * back for back in range(1, count + 1)]
        if begins[-1] < self._since:
            return False
        breaching = [self._breaches(alarm, metrics, begin, begin + period) for begin in begins]
        if None in breaching and alarm["TreatMissingData"] == "ignore":
            return False
        return sum(bool(each) for each in breaching) >= alarm.get("DatapointsToAlarm", count)

    def _breaches(self, alarm: Mapping[str, Any], metrics: Metrics, begin: float, end: float) -> bool | None:
        values = metrics.within(self._series(alarm), begin, end)
        if not values:
            return {"breaching": True, "notBreaching": False}.get(alarm["TreatMissingData"])
        value = _STATISTIC[alarm["Statistic"]](values)
        return _BREACHES[alarm["ComparisonOperator"]](value, alarm["Threshold"])

    def _series(self, alarm: Mapping[str, Any]) -> Series:
        named = {each["Name"]: self._resolved(each["Value"]) for each in alarm.get("Dimensions", ())}
        return alarm["Namespace"], alarm["MetricName"], frozenset(named.items())

    def _resolved(self, value: Any) -> str:
        """What a template's own words stand for here: a resource is called by its logical name."""
        if isinstance(value, str):
            return value
        if "Ref" in value:
            return self._stage if value["Ref"] == "Stage" else str(value["Ref"])
        if "Fn::GetAtt" in value:
            return str(value["Fn::GetAtt"][0])
        return str(value["Fn::Sub"]).replace("${AWS::StackName}", STACK)
