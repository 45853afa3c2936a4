"""docs/reliability.md from the figures of the long proofs: nobody types a figure."""
