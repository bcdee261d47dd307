"""A configuration file that changes under a running service."""

import os
from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict

from api.platform.errors import ConfigurationError
from config.hot_file import HotFile


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")

    size: int = 0


class ShapeFile(HotFile[Shape]):
    def _content_of(self, text: str) -> Shape:
        return Shape.model_validate_json(text)


class OnDisk:
    """A file whose every write is a moment later than the one before."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._moment = 0

    def write(self, content: str | bytes) -> None:
        self.path.write_bytes(content.encode() if isinstance(content, str) else content)
        self._moment += 1
        os.utime(self.path, (self._moment, self._moment))


@pytest.fixture
def disk(tmp_path: Path) -> OnDisk:
    file = OnDisk(tmp_path / "shape.json")
    file.write('{"size": 1}')
    return file


def test_a_changed_file_is_read_again(disk: OnDisk) -> None:
    file = ShapeFile(disk.path)
    assert (file.current().size, file.version) == (1, 1)
    disk.write('{"size": 2}')
    assert (file.current().size, file.version) == (2, 2)


def test_whether_it_has_changed_is_told_without_reading_it(disk: OnDisk) -> None:
    file = ShapeFile(disk.path)
    assert not file.has_changed
    disk.write('{"size": 2}')
    assert (file.has_changed, file.version) == (True, 1)
    file.current()
    assert not file.has_changed


def test_a_file_that_stays_is_read_once(disk: OnDisk) -> None:
    file = ShapeFile(disk.path)
    assert file.current() is file.current()
    assert file.version == 1


def test_a_change_of_the_same_length_within_a_second_counts(disk: OnDisk) -> None:
    file = ShapeFile(disk.path)
    disk.path.write_text('{"size": 7}')
    os.utime(disk.path, ns=(1_000_000_001, 1_000_000_001))
    assert file.current().size == 7


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ('{"size": "large"}', "shape.json: size: "),
        ('{"colour": 1}', "shape.json: colour: "),
        ("{", "shape.json: the file: Invalid JSON"),
        ("", "shape.json: the file: "),
        ("[]", "shape.json: the file: "),
        (b'{"size": "\xff"}', "shape.json is not UTF-8."),
    ],
)
def test_an_invalid_change_keeps_the_last_good_content_and_says_what_is_wrong(
    disk: OnDisk, content: str | bytes, named: str
) -> None:
    file = ShapeFile(disk.path)
    disk.write(content)
    assert (file.current().size, file.version) == (1, 1)
    assert named in str(file.problem)
    disk.write('{"size": 3}')
    assert (file.current().size, file.version, file.problem) == (3, 2, None)


def test_a_file_that_vanishes_keeps_its_content_until_it_is_back(disk: OnDisk) -> None:
    file = ShapeFile(disk.path)
    disk.path.unlink()
    assert file.current().size == 1
    assert "Cannot read" in str(file.problem)
    disk.write('{"size": 4}')
    assert (file.current().size, file.problem) == (4, None)


@pytest.mark.parametrize("content", [None, "{", '{"size": null}', b"\xff\xfe"])
def test_a_file_that_cannot_be_used_at_the_start_stops_it(
    disk: OnDisk, content: str | bytes | None
) -> None:
    if content is None:
        disk.path.unlink()
    else:
        disk.write(content)
    with pytest.raises(ConfigurationError, match=r"shape\.json.*\.$"):
        ShapeFile(disk.path)
