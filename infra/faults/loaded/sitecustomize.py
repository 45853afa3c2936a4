"""Loaded by Python itself when this folder stands in PYTHONPATH: puts the orders in front of a function's wire.

A function's own botocore comes from its package, which is not on the path yet: the seam is put in when it is imported.
"""

import importlib.abc
import importlib.machinery
import importlib.util
import os
import sys
from pathlib import Path

FOLDER, NAME, UNPACKED = "FAULTS_AT", "AWS_LAMBDA_FUNCTION_NAME", "FAULTS_UNPACKED"
SEAM = "botocore.httpsession"


class WhenImported(importlib.abc.MetaPathFinder):
    """Lets the import of botocore's session go on as it would, and puts the orders in front of it afterwards."""

    def find_spec(self, name, path=None, target=None):  # type: ignore[no-untyped-def]
        """The spec of the seam alone, found by the others; its loader says when it is done."""
        if name != SEAM:
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(name)
        load = spec.loader.exec_module

        def loaded(module):  # type: ignore[no-untyped-def]
            load(module)
            sys.modules[name] = module
            _put_in()

        spec.loader.exec_module = loaded
        return spec


class FromOnePlace(importlib.abc.MetaPathFinder):
    """Gives the modules of the package from where it was unpacked once.

    Unpacking it anew for each process takes most of the seconds that a killed one costs.
    """

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._names = {name.removesuffix(".pyc") for name in os.listdir(folder)}

    def find_spec(self, name, path=None, target=None):  # type: ignore[no-untyped-def]
        """The spec of a module at the top; those below it follow their package."""
        if path is not None or name not in self._names:
            return None
        return importlib.machinery.PathFinder.find_spec(name, [self._folder])


def _put_in() -> None:
    import orders
    import wire

    function = os.environ[NAME].split("-")[-2]
    wire.install(orders.Orders(Path(os.environ[FOLDER]), function).around)


if FOLDER in os.environ and NAME in os.environ:
    if UNPACKED in os.environ:
        sys.meta_path.insert(0, FromOnePlace(os.environ[UNPACKED]))
    sys.meta_path.insert(0, WhenImported())
