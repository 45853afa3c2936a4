"""The evaluator of alarms does what CloudWatch documents: whole periods, statistics, and what is missing."""

from typing import Any

import pytest

from infra.alarms.evaluator import Alarms, Metrics

BEGIN = 1_800_000_000.0  # a multiple of 300


def alarm(**changes: Any) -> dict[str, Any]:
    """One alarm on our own metric `Beat`, as the template has it."""
    properties = {
        "Namespace": "Sunlight",
        "MetricName": "Beat",
        "Dimensions": [{"Name": "stage", "Value": {"Ref": "Stage"}}],
        "Statistic": "Sum",
        "Period": 300,
        "EvaluationPeriods": 2,
        "ComparisonOperator": "LessThanThreshold",
        "Threshold": 1,
        "TreatMissingData": "breaching",
    } | changes
    return {"Only": {"Type": "AWS::CloudWatch::Alarm", "Properties": properties}}


def rings(found: dict[str, Any], points: dict[int, float], at: int, *, stage: str = "test") -> bool:
    """Does it ring so many seconds after the beginning, with these points?"""
    metrics = Metrics()
    for second, value in points.items():
        metrics.add("Sunlight", "Beat", value, BEGIN + second, stage=stage)
    return bool(Alarms("test", BEGIN, found).ringing(metrics, BEGIN + at))


def test_a_heart_that_beats_in_every_period_is_well_and_one_that_stops_is_noticed_after_two_whole_ones() -> None:
    beats = {0: 1.0, 300: 1.0, 600: 1.0}
    assert not rings(alarm(), beats, 899)
    assert not rings(alarm(), beats, 1499)
    assert rings(alarm(), beats, 1500)


def test_nothing_is_missing_before_anything_was_measured() -> None:
    assert not rings(alarm(), {}, 599)
    assert rings(alarm(), {}, 600)


@pytest.mark.parametrize(("missing", "expected"), [("breaching", True), ("notBreaching", False), ("ignore", False)])
def test_what_is_missing_counts_as_the_alarm_says(missing: str, expected: bool) -> None:
    assert rings(alarm(TreatMissingData=missing), {}, 900) is expected


@pytest.mark.parametrize(("statistic", "expected"), [("Sum", False), ("Maximum", False), ("Minimum", True)])
def test_the_statistic_is_over_the_whole_period(statistic: str, expected: bool) -> None:
    assert rings(alarm(Statistic=statistic, EvaluationPeriods=1), {10: 0.0, 200: 1.0}, 300) is expected


def test_an_average_lies_between() -> None:
    over = {"Statistic": "Average", "EvaluationPeriods": 1, "ComparisonOperator": "GreaterThanThreshold"}
    assert rings(alarm(**over, Threshold=1.4), {10: 1.0, 200: 2.0}, 300)
    assert not rings(alarm(**over, Threshold=1.5), {10: 1.0, 200: 2.0}, 300)


def test_another_stage_is_another_series() -> None:
    assert rings(alarm(), {0: 1.0, 300: 1.0}, 600, stage="prod")
    assert not rings(alarm(), {0: 1.0, 300: 1.0}, 600)


def test_m_of_n_periods_are_enough() -> None:
    some = alarm(EvaluationPeriods=3, DatapointsToAlarm=2)
    assert rings(some, {0: 1.0}, 900)
    assert not rings(some, {0: 1.0, 300: 1.0}, 900)


def test_embedded_metrics_are_read_with_all_their_dimensions_and_other_lines_are_not(
    capsys: pytest.CaptureFixture[str],
) -> None:
    from chalicelib.telemetry import metric

    metric("Beat", kind="any")
    metrics = Metrics()
    assert metrics.read_embedded(["no metric at all", *capsys.readouterr().out.splitlines()], BEGIN) == 2
    assert metrics.within(("Sunlight", "Beat", frozenset({("stage", "test")})), BEGIN, BEGIN + 1) == [1]
