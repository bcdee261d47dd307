"""The index of names follows the catalogue without making a request wait."""

from datetime import date
from typing import Any

import pytest

from api.language.interpreter import Interpreter

_TODAY = date(2026, 11, 1)


def _title(item_id: int, title: str) -> tuple[Any, ...]:
    return ("title", item_id, 0, 1999, 10.0, 100, title, [], None)


class Catalogue:
    """Names that a test can change, and fail to read."""

    def __init__(self) -> None:
        self.version = 1
        self.titles = [_title(1, "The Glass Orchard")]
        self.error: Exception | None = None

    def read(self) -> tuple[int, list[tuple[Any, ...]]]:
        if self.error is not None:
            raise self.error
        service = ("service", 0, 0, 0, 0, 0, "lum", ["Lumen", "lumen tv"], None)
        person = ("person", 7, 0, 0, 9.0, 0, "Ida Márquez", ["cast"], "ida marquez")
        return self.version, [*self.titles, person, service]


def test_titles_people_and_services_are_read() -> None:
    interpreter = Interpreter(Catalogue().read)
    text = "like The Glass Orchard, with ida marquez, on lumen tv"
    intent = interpreter.read(text, version=1, today=_TODAY)
    assert [mention.label for mention in intent.mentions] == [
        "The Glass Orchard",
        "Ida Márquez",
        "Lumen",
    ]
    interpreter.close()


def test_a_newer_catalogue_is_read_beside_the_requests() -> None:
    catalogue = Catalogue()
    interpreter = Interpreter(catalogue.read)
    assert interpreter.names(1).version == 1
    catalogue.version = 2
    catalogue.titles.append(_title(2, "Harbour Lights"))
    interpreter.read("like Harbour Lights", version=2, today=_TODAY)
    interpreter.close()
    intent = interpreter.read("like Harbour Lights", version=2, today=_TODAY)
    assert intent.seeds == (2,)


def test_names_that_cannot_be_read_leave_the_older_ones(
    caplog: pytest.LogCaptureFixture,
) -> None:
    catalogue = Catalogue()
    interpreter = Interpreter(catalogue.read)
    interpreter.names(1)
    catalogue.error = OSError("gone")
    assert interpreter.names(2).version == 1
    interpreter.close()
    assert interpreter.names(1).version == 1
    assert "names could not be read" in caplog.text
