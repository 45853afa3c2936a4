"""Packaging, deployment and the local AWS. One template serves both: what runs here is what AWS gets."""
