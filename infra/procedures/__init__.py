"""The procedure as one reads the Regulation: docs/procedures.md, made from the tables by `make procedures`.

The invariant: stages, posts, limits and notices are read from the program; only what a step's function checks is said
here in Chinese. A test fails when the document is stale or a step is not said.
"""
