"""The rows of procedures, by chapter. `petition.py` puts them together."""
