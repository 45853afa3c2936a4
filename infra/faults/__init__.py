"""Faults on the wire between the product and AWS, put there from outside: no line of the product knows of them.

`loaded/` is what a process under test loads, by PYTHONPATH or by `wire.install`; the rest drives it.
"""
