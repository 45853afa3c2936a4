"""The only place that knows DynamoDB. `table` is the seam; everything above it speaks of cases, people and notices."""
