"""The interface described for programs: docs/api/openapi.json, made from routes, bodies, policy and problems.

The invariant: what can be read from the program is read from it; only answers and Chinese words are written here.
"""
