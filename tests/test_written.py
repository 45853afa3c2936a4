"""Tables that people write: read as TOML where they are written, as JSON where they were packaged."""

import json
from pathlib import Path

import pytest

from chalicelib import written

PRODUCT = Path(written.__file__).parent
FOLDERS = ("profiles", "profiles/routing", "notices/wording")


def test_a_table_is_the_same_in_either_form(tmp_path: Path) -> None:
    (tmp_path / "one.toml").write_text('name = "青山"\n[[row]]\nmost = 3\n', "utf-8")
    as_written = written.read(tmp_path / "one")
    (tmp_path / "one.json").write_text(json.dumps(as_written, ensure_ascii=False), "utf-8")
    (tmp_path / "one.toml").unlink()
    assert written.read(tmp_path / "one") == as_written == {"name": "青山", "row": [{"most": 3}]}
    assert written.exists(tmp_path / "one")
    assert written.inside(tmp_path) == [tmp_path / "one"]
    assert not written.exists(tmp_path / "two")


def test_what_is_not_toml_is_named(tmp_path: Path) -> None:
    (tmp_path / "one.toml").write_text("name = ", "utf-8")
    with pytest.raises(ValueError, match=r"one\.toml is not TOML"):
        written.read(tmp_path / "one")


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_packaged_table_lies_beside_the_written_one(folder: str) -> None:
    """It would be read in its place, and nobody would see why a change has no effect."""
    assert written.inside(PRODUCT / folder)
    assert [*(PRODUCT / folder).glob("*.json")] == []
