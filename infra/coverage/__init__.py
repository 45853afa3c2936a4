"""docs/coverage.md: which tests prove which of the features that the source document asks for, from their markers."""
