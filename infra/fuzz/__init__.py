"""Generated requests against every route, as petitioner and as clerk: `make fuzz`.

The invariant: every answer is one that docs/api/openapi.json describes, and none of them is 5xx.
"""
