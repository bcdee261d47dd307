"""Requests are read against the names that the catalogue has by then."""

from datetime import date

from api.catalogue.names.person_names import PersonName
from api.catalogue.names.service_spellings import ServiceName
from api.catalogue.names.text_names import TextNames
from api.catalogue.names.title_names import TitleName
from api.language.interpreter import Interpreter

_TODAY = date(2026, 11, 1)
_ORCHARD = TitleName(1, False, 1999, 10.0, 100, "The Glass Orchard")
_LIGHTS = TitleName(2, False, 1999, 10.0, 100, "Harbour Lights")


def test_titles_people_and_services_are_read() -> None:
    names = TextNames.of(
        [_ORCHARD],
        [PersonName(7, "Ida Márquez", 9.0, ["cast"], "ida marquez")],
        [ServiceName("lum", "Lumen", ["lumen tv"])],
    )
    text = "like The Glass Orchard, with ida marquez, on lumen tv"
    intent = Interpreter(lambda version: names).read(text, version=1, today=_TODAY)
    assert [mention.label for mention in intent.mentions] == [
        "The Glass Orchard",
        "Ida Márquez",
        "Lumen",
    ]


def test_a_newer_catalogue_is_read_as_soon_as_it_is_there() -> None:
    published = [TextNames.of([_ORCHARD], version=1)]
    interpreter = Interpreter(lambda version: published[-1])
    assert interpreter.read("like Harbour Lights", version=2, today=_TODAY).seeds == ()
    assert interpreter.names(2).version == 1
    published.append(TextNames.of([_ORCHARD, _LIGHTS], version=2))
    assert interpreter.read("like Harbour Lights", version=2, today=_TODAY).seeds == (2,)
    assert interpreter.names(2) is interpreter.names(2)
