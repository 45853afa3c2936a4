"""Parts of the template, as its tests look at them."""

from typing import Any

FAILURE_QUEUES = (
    "RelayDlq", "SweepDlq", "ReconcileDlq", "DeliveryDlq", "NoticesDlq", "StatisticsDlq", "ReceiptsDlq", "RootsDlq",
)  # fmt: skip


def of_type(resources: dict[str, Any], kind: str) -> dict[str, Any]:
    """The properties of all resources of one type, by logical id."""
    return {name: resource["Properties"] for name, resource in resources.items() if resource["Type"] == kind}


def source(resources: dict[str, Any], function: str) -> dict[str, Any]:
    """The one event source of a function."""
    (event,) = resources[function]["Properties"]["Events"].values()
    properties: dict[str, Any] = event["Properties"]
    return properties
