"""What calls us besides people: the timer, the table's stream and the queues. Each trigger only hands over.

The ARNs are placeholders: `infra/resources.json` puts the stack's own stream and queues in their place.
"""

from typing import Any

from chalice.app import Blueprint, CloudWatchEvent, Cron, DynamoDBEvent, Rate, SQSEvent

triggers = Blueprint(__name__)
_STREAM = "arn:aws-cn:dynamodb:cn-north-1:000000000000:table/cases/stream/replaced-by-the-template"
_QUEUE = "arn:aws-cn:sqs:cn-north-1:000000000000:replaced-by-the-template"


@triggers.schedule(Rate(5, unit=Rate.MINUTES), name="sweep_deadlines")
def sweep_deadlines(event: CloudWatchEvent) -> Any:
    """Act on everything whose moment has come."""
    from chalicelib.triggers import deadlines

    return deadlines.sweep(event)


@triggers.schedule(Rate(5, unit=Rate.MINUTES), name="reconcile")
def reconcile(event: CloudWatchEvent) -> Any:
    """Look at cases anew: mend what is safe to mend, list the rest."""
    from chalicelib.triggers import reconciler

    return reconciler.reconcile(event)


@triggers.on_dynamodb_record(stream_arn=_STREAM, name="relay", batch_size=25, starting_position="TRIM_HORIZON")
def relay(event: DynamoDBEvent) -> Any:
    """Publish every new EVENT on the topic."""
    from chalicelib.triggers import relay as way_out

    return way_out.relay(event)


@triggers.on_sqs_message(queue_arn=_QUEUE, name="notices", batch_size=10)
def notices(event: SQSEvent) -> Any:
    """Send what is owed by the events of one batch."""
    from chalicelib.triggers import notices as consumer

    return consumer.notify(event)


@triggers.on_sqs_message(queue_arn=_QUEUE, name="statistics", batch_size=10)
def statistics(event: SQSEvent) -> Any:
    """Keep one row of statistics per case up to date."""
    from chalicelib.triggers import statistics as consumer

    return consumer.count(event)


@triggers.on_sqs_message(queue_arn=_QUEUE, name="receipts", batch_size=10)
def receipts(event: SQSEvent) -> Any:
    """Sign the receipts of what happened."""
    from chalicelib.triggers import receipts as consumer

    return consumer.sign(event)


@triggers.schedule(Cron(30, 16, "*", "*", "?", "*"), name="publish_roots")
def publish_roots(event: CloudWatchEvent) -> Any:
    """At half past midnight (UTC+8) publish the root over all cases."""
    from chalicelib.triggers import roots

    return roots.publish(event)
