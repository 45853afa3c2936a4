"""The zip: small, complete, and the same bytes from the same sources."""

import importlib.util
import json
import tomllib
import zipfile
from pathlib import Path

from infra import package

UNCHECKED = (1).to_bytes(4, "little")
"""PEP 552: known by a hash, which nobody looks at."""


def test_the_zip_stays_below_nine_megabytes(packaged: package.Package) -> None:
    assert packaged.archive.stat().st_size < package.ZIP_LIMIT


def test_the_application_imports_from_the_zip_alone(packaged: package.Package) -> None:
    package.prove_imports(packaged.archive)


def test_the_same_sources_make_the_same_package(packaged: package.Package, tmp_path: Path) -> None:
    assert package.build("dev", tmp_path).digest == packaged.digest


def test_what_runs_locally_is_the_template_aws_gets(packaged: package.Package, tmp_path: Path) -> None:
    local = package.build("local", tmp_path).template.read_text()
    # Chalice writes the stage into a tag of its own; nothing else may differ.
    assert local.replace(":stage=local:", ":stage=dev:") == packaged.template.read_text()


def test_only_the_services_we_use_travel_along(packaged: package.Package) -> None:
    names = zipfile.ZipFile(packaged.archive).namelist()
    services = {name.split("/")[2] for name in names if name.startswith("botocore/data/") and name.count("/") > 2}
    assert services == package.BOTOCORE_SERVICES


def test_everything_is_compiled_and_nothing_is_there_twice(packaged: package.Package) -> None:
    names = zipfile.ZipFile(packaged.archive).namelist()
    assert len(names) == len(set(names))
    assert [name for name in names if name.endswith(".py")] == []
    assert {"app.pyc", "chalicelib/api/http.pyc", "botocore/client.pyc"} <= set(names)


def test_what_is_compiled_is_never_compared_with_a_source(packaged: package.Package) -> None:
    archive = zipfile.ZipFile(packaged.archive)
    heads = {archive.read(name)[:8] for name in archive.namelist() if name.endswith(".pyc")}
    assert heads == {importlib.util.MAGIC_NUMBER + UNCHECKED}


def test_tables_that_people_write_say_the_same_in_the_package(packaged: package.Package) -> None:
    archive = zipfile.ZipFile(packaged.archive)
    tables = sorted((package.ROOT / "chalicelib").rglob("*.toml"))
    assert len(tables) > 5
    for table in tables:
        name = table.relative_to(package.ROOT).with_suffix(".json").as_posix()
        assert json.loads(archive.read(name)) == tomllib.loads(table.read_text("utf-8"))
    assert [name for name in archive.namelist() if name.endswith(".toml")] == []
