"""Alarms of the template: what falls silent or comes late tells somebody, and each watches what the code sends."""

import ast
import json
from pathlib import Path
from typing import Any

import pytest

from chalicelib import telemetry
from infra import package
from tests.infra.parts import FAILURE_QUEUES, of_type, source

ROOT = Path(package.__file__).resolve().parent.parent


@pytest.mark.parametrize("alarm", ["SweepHeartbeatAlarm", "SweepLatenessAlarm"])
def test_a_silent_sweep_is_noticed_within_a_quarter_of_an_hour(resources: dict[str, Any], alarm: str) -> None:
    found = resources[alarm]["Properties"]
    assert found["TreatMissingData"] == "breaching"
    assert found["Period"] * found["EvaluationPeriods"] <= 900


@pytest.mark.parametrize("heartbeat", ["SweepHeartbeatAlarm", "ReconcileHeartbeatAlarm"])
def test_a_heartbeat_that_stops_is_noticed_within_a_quarter_of_an_hour(
    resources: dict[str, Any], heartbeat: str
) -> None:
    """Whole periods are looked at: the one in which the last beat fell says nothing yet."""
    found = resources[heartbeat]["Properties"]
    assert found["Period"] * (found["EvaluationPeriods"] + 1) <= 900


@pytest.mark.parametrize("queue", FAILURE_QUEUES)
def test_every_failure_queue_that_is_not_empty_raises_an_alarm(resources: dict[str, Any], queue: str) -> None:
    alarm = resources[f"{queue}Alarm"]["Properties"]
    assert alarm["Dimensions"] == [{"Name": "QueueName", "Value": {"Fn::GetAtt": [queue, "QueueName"]}}]
    assert (alarm["ComparisonOperator"], alarm["Threshold"]) == ("GreaterThanThreshold", 0)


@pytest.mark.parametrize(
    ("alarm", "metric", "comparison", "threshold", "missing"),
    [
        ("RelayIteratorAgeAlarm", "IteratorAge", "GreaterThanThreshold", 60_000, "notBreaching"),
        ("SweepHeartbeatAlarm", "SweepHeartbeat", "LessThanThreshold", 1, "breaching"),
        ("SweepLatenessAlarm", "OldestUnactedSeconds", "GreaterThanThreshold", 900, "breaching"),
        ("RecountFailedAlarm", "RecountFailed", "GreaterThanThreshold", 0, "notBreaching"),
        ("RootPublishedAlarm", "RootPublished", "LessThanThreshold", 1, "breaching"),
        ("EventTamperedAlarm", "EventTampered", "GreaterThanThreshold", 0, "notBreaching"),
        ("EventParkedAlarm", "EventParked", "GreaterThanThreshold", 0, "notBreaching"),
        ("SweepParkedAlarm", "SweepParked", "GreaterThanThreshold", 0, "notBreaching"),
        ("NoticeUnknownAlarm", "NoticeUnknown", "GreaterThanThreshold", 0, "notBreaching"),
        ("NoticeHandedOverAlarm", "NoticeHandedOver", "GreaterThanThreshold", 0, "notBreaching"),
        ("NoticeForNobodyAlarm", "NoticeForNobody", "GreaterThanThreshold", 0, "notBreaching"),
        ("NoticeWaitedAlarm", "NoticeWaitedSeconds", "GreaterThanThreshold", 600, "notBreaching"),
        ("NoticeThrottledAlarm", "NoticeThrottled", "GreaterThanThreshold", 0, "notBreaching"),
        ("NoticeNotAnsweredAlarm", "NoticeNotAnswered", "GreaterThanThreshold", 0, "notBreaching"),
        ("NoticeNotSentAlarm", "NoticeNotSent", "GreaterThanThreshold", 0, "notBreaching"),
        ("CodeUnknownAlarm", "CodeUnknown", "GreaterThanThreshold", 0, "notBreaching"),
        ("CallbackRefusedAlarm", "CallbackRefused", "GreaterThanThreshold", 10, "notBreaching"),
        ("NoticeNotWordedAlarm", "NoticeNotWorded", "GreaterThanThreshold", 0, "notBreaching"),
        ("NoticeVanishedAlarm", "NoticeVanished", "GreaterThanThreshold", 0, "notBreaching"),
        ("SmsBudgetAlarm", "SmsBudgetExceeded", "GreaterThanThreshold", 0, "notBreaching"),
        ("SmsReserveAlarm", "SmsReserveReached", "GreaterThanThreshold", 0, "notBreaching"),
        ("BulkNoticeAlarm", "BulkNoticeStands", "GreaterThanThreshold", 0, "notBreaching"),
        ("BulkNoticeUnreadableAlarm", "BulkNoticeUnreadable", "GreaterThanThreshold", 0, "notBreaching"),
        ("LimitNotCountedAlarm", "LimitNotCounted", "GreaterThanThreshold", 0, "notBreaching"),
        ("ReconcileHeartbeatAlarm", "ReconcileHeartbeat", "LessThanThreshold", 1, "breaching"),
        ("ReconcileErrorsAlarm", "Errors", "GreaterThanThreshold", 0, "notBreaching"),
        ("ReconcileFailedAlarm", "ReconcileFailed", "GreaterThanThreshold", 0, "notBreaching"),
        ("ReconcileFindingAlarm", "ReconcileFinding", "GreaterThanThreshold", 0, "notBreaching"),
        ("ReconcileMendedAlarm", "ReconcileMended", "GreaterThanThreshold", 0, "notBreaching"),
        ("FullReconcileAlarm", "HoursSinceFullReconcile", "GreaterThanThreshold", 26, "notBreaching"),
        ("NoticesIncompleteAlarm", "NoticesIncomplete", "GreaterThanThreshold", 0, "notBreaching"),
        ("FoundBySweepAlarm", "NoticeFoundBySweep", "GreaterThanThreshold", 0, "notBreaching"),
        ("MessageNotHandledAlarm", "MessageNotHandled", "GreaterThanThreshold", 0, "notBreaching"),
        ("KeyRefusedAlarm", "KeyRefused", "GreaterThanThreshold", 0, "notBreaching"),
        ("CalendarEndsAlarm", "CalendarEnds", "GreaterThanThreshold", 0, "notBreaching"),
        ("ClockSkewAlarm", "ClockSkewSeconds", "GreaterThanThreshold", 60, "notBreaching"),
        ("NoticesQueueAgeAlarm", "ApproximateAgeOfOldestMessage", "GreaterThanThreshold", 300, "notBreaching"),
        ("StatisticsQueueAgeAlarm", "ApproximateAgeOfOldestMessage", "GreaterThanThreshold", 300, "notBreaching"),
        ("ReceiptsQueueAgeAlarm", "ApproximateAgeOfOldestMessage", "GreaterThanThreshold", 300, "notBreaching"),
        ("SmsNotArrivingAlarm", "SMSSuccessRate", "LessThanThreshold", 0.8, "notBreaching"),
        ("SweepErrorsAlarm", "Errors", "GreaterThanThreshold", 0, "notBreaching"),
        ("Api5xxAlarm", "5XXError", "GreaterThanThreshold", 0, "notBreaching"),
    ],
)
def test_silence_and_lateness_raise_an_alarm(
    resources: dict[str, Any], alarm: str, metric: str, comparison: str, threshold: int, missing: str
) -> None:
    found = resources[alarm]["Properties"]
    assert (found["MetricName"], found["ComparisonOperator"]) == (metric, comparison)
    assert (found["Threshold"], found["TreatMissingData"]) == (threshold, missing)


def test_a_night_without_a_root_is_an_alarm_at_once(resources: dict[str, Any]) -> None:
    alarm = resources["RootPublishedAlarm"]["Properties"]
    assert (alarm["Period"], alarm["EvaluationPeriods"]) == (15 * 60, 24 * 4)  # a day of quarters without one
    assert source(resources, "PublishRoots")["Schedule"] == "cron(30 16 * * ? *)"


@pytest.mark.parametrize("alarm", ["NoticeNotAnsweredAlarm", "NoticeNotSentAlarm", "CodeUnknownAlarm"])
def test_one_unlucky_text_rings_nobody(resources: dict[str, Any], alarm: str) -> None:
    found = resources[alarm]["Properties"]
    needed = found.get("DatapointsToAlarm", found["EvaluationPeriods"])
    assert (found["Period"], needed) == (300, 3)


def test_every_alarm_tells_somebody(resources: dict[str, Any]) -> None:
    assert all(
        a["AlarmActions"] == [{"Ref": "AlarmTopic"}] for a in of_type(resources, "AWS::CloudWatch::Alarm").values()
    )


def test_our_own_alarms_watch_what_the_code_sends(
    resources: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    own = [a for a in of_type(resources, "AWS::CloudWatch::Alarm").values() if a["Namespace"] == "Sunlight"]
    for alarm in own:
        telemetry.metric(alarm["MetricName"], kind="any")
        (described,) = json.loads(capsys.readouterr().out)["_aws"]["CloudWatchMetrics"]
        assert described["Namespace"] == alarm["Namespace"]
        assert [dimension["Name"] for dimension in alarm["Dimensions"]] in described["Dimensions"]
    assert {alarm["MetricName"] for alarm in own} <= metrics_sent()


def metrics_sent() -> set[str]:
    """The name of every metric that the code sends."""
    called = [
        node
        for path in sorted((ROOT / "chalicelib").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "metric"
    ]
    return {call.args[0].value for call in called if call.args and isinstance(call.args[0], ast.Constant)}
