"""Exports that are sent at once: some are read, a few wait, others are asked to come back."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from io import BytesIO
from threading import Event

import pytest

from api.catalogue.limits.shown_titles import ShownTitles
from api.platform.cursors import Cursors
from api.platform.database import Database
from api.platform.errors import TooManyImports
from api.viewers.events import ProfileKey
from api.viewers.imports.imports import Imports

_DIARY = b"Title,Year,Date\nHeat,1995,2024-01-05\n"
_DANA = ProfileKey("dana")


class Slow(BytesIO):
    """A file that is not read on until it may be."""

    def __init__(self) -> None:
        super().__init__(_DIARY)
        self.is_read, self.may_go_on = Event(), Event()

    def read(self, size: int | None = -1) -> bytes:
        self.is_read.set()
        assert self.may_go_on.wait(timeout=30)
        return super().read(size)


def test_who_finds_no_place_is_asked_to_come_back(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.viewers.imports.imports._AT_ONCE", 1)
    monkeypatch.setattr("api.viewers.imports.imports._MOST_WAITING", 0)
    cursors = Cursors(lambda: b"x" * 32)
    imports = Imports(database, cursors, ShownTitles(database), lambda: datetime.now(UTC))
    slow = Slow()
    with ThreadPoolExecutor(1) as other:
        first = other.submit(imports.create, _DANA, slow, "first.csv")
        assert slow.is_read.wait(timeout=30)
        with pytest.raises(TooManyImports):
            imports.create(_DANA, BytesIO(_DIARY), "second.csv")
        slow.may_go_on.set()
        assert first.result(timeout=30).stored.file_name == "first.csv"
    assert imports.create(_DANA, BytesIO(_DIARY), "third.csv").stored.file_name == "third.csv"
