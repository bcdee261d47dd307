"""Names that the catalogue does not have: where they are seen, and what a link makes of them."""

from typing import Any

import pytest

from api.language.entities import EntityAtTmdb, PersonAtTmdb, TitleAtTmdb, UnknownName
from api.language.intent import Intent, Part
from api.language.parser import parse
from tests.names_builder import NAMES, TODAY, read

_ABROAD = TitleAtTmdb("movie", 70, "Salt Ledger", 1998, "Two clerks keep a secret.")


def _title(name: str, *, is_sure: bool = True, **more: Any) -> UnknownName:
    return UnknownName("title", name, is_sure, **more)


def _names(text: str, kind: str) -> list[str]:
    return [one.name for one in read(text).unknown_names if one.kind == kind]


def _linked(text: str, *entities: EntityAtTmdb) -> Intent:
    """The text, with its unknown names linked in their order."""
    unknown = read(text).unknown_names
    links = dict(zip(unknown, entities, strict=False))
    return parse(text, names=NAMES, today=TODAY, links=links)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("like La Haine", ["La Haine"]),
        ("Like La Haine", ["La Haine"]),
        ("movies like la haine but newer", ["la haine"]),
        ("something like la haine with more comedy", ["la haine"]),
        ("thrillers similar to the salt ledger on netflix", ["the salt ledger"]),
        ("como El secreto de sus ojos", ["El secreto de sus ojos"]),
        ("like Death on the Lake", ["Death on the Lake"]),
        ("a film like Salt Ledger, Harbour Lane", ["Salt Ledger", "Harbour Lane"]),
        ("like Salt and Ledger", ["Salt and Ledger", "Salt", "Ledger"]),
        ('a mood like "salt ledger" please', ["salt ledger"]),
        ("not like La Haine", ["La Haine"]),
        # Words of everyday use.
        ("like La Haine and like La Haine", ["La Haine"]),
        ("I feel like crying", []),
        ("I'd like something scary", []),
        ("feels like a dream", []),
        ("like it", []),
        ("like a heist gone wrong", []),
        ("a story about people like Rocky Balboa", []),
        ("films like Horror", []),
        ("like Netflix", []),
        ("like Heat", []),
        ("La Haine", []),
        ("watched salt ledger", []),
        ("like", []),
        ('"', []),
    ],
)
def test_titles_are_seen_where_words_lead_to_them(text: str, names: list[str]) -> None:
    assert _names(text, "title") == names


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("like Salt Ledger (1998)", [_title("Salt Ledger", year=1998)]),
        ("like Salt Ledger from 1998", [_title("Salt Ledger", year=1998)]),
        ("like Salt Ledger 1998", [_title("Salt Ledger 1998"), _title("Salt Ledger", year=1998)]),
        ("like Salt Ledger 2049", [_title("Salt Ledger 2049")]),
        ("like the series Salt Ledger", [_title("Salt Ledger", media_type="tv")]),
        ("LIKE SALT LEDGER", [_title("SALT LEDGER", is_sure=False)]),
    ],
)
def test_year_medium_and_writing_go_along(text: str, expected: list[UnknownName]) -> None:
    assert list(read(text).unknown_names) == expected


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("directed by Ida Lindqvist", ["Ida Lindqvist"]),
        ("directed by ida lindqvist from the 90s", ["ida lindqvist"]),
        ("starring Zendalla", ["Zendalla"]),
        ("by J. J. Abrows. Show me more", ["J. J. Abrows"]),
        ("by Ana de la Cruz", ["Ana de la Cruz"]),
        ("starring Ida Lindqvist, Bo Ek and Mo Sund", ["Ida Lindqvist", "Bo Ek", "Mo Sund"]),
        ("with Al Pacino and Ida Lindqvist", ["Ida Lindqvist"]),
        ("with Ida Lindqvist", ["Ida Lindqvist"]),
        ("with zombies", []),
        ("with Zombies", []),
        ("made by robots", []),
        ("with Netflix Originals", []),
        ("directed by", []),
        ("directed by a woman", []),
        ("directed by Al Pacino", []),
    ],
)
def test_people_are_seen_behind_their_part(text: str, names: list[str]) -> None:
    assert _names(text, "person") == names


def test_a_part_goes_along_and_with_is_no_sure_sign() -> None:
    (director,) = read("directed by Ida Lindqvist").unknown_names
    assert (director.roles, director.is_sure) == (frozenset({"director", "creator"}), True)
    (cast,) = read("with Ida Lindqvist").unknown_names
    assert (cast.roles, cast.is_sure) == (frozenset({"cast"}), False)


def test_unknown_names_stay_in_the_free_text() -> None:
    assert read("thrillers like La Haine").free_text == "thrillers like La Haine"


def test_a_title_of_the_catalogue_becomes_a_seed() -> None:
    heat = TitleAtTmdb("movie", 949, "Heat", 1995, "", id=1)
    intent = _linked("crime thrillers like Stadt in Flammen but newer", heat)
    assert intent.seeds == (1,)
    assert intent.free_text == ""
    assert intent.unknown_names == ()
    (seed,) = [chip for chip in intent.interpreted() if chip.field == "seed"]
    assert (seed.value, seed.label, seed.text) == (1, "Heat", "Stadt in Flammen")
    assert (seed.status, seed.note) == ("enforced", "Found through TMDB's search.")


def test_a_title_of_no_catalogue_lends_its_story() -> None:
    intent = _linked("comedies like Salt Ledger but newer", _ABROAD)
    assert intent.seeds == ()
    assert intent.stories == ("Salt Ledger: Two clerks keep a secret.",)
    assert intent.years == ((1999, 2100),)
    (seed,) = [chip for chip in intent.interpreted() if chip.field == "seed"]
    assert (seed.value, seed.label, seed.status) == (
        "movie:70",
        "Salt Ledger (1998)",
        "enforced",
    )
    assert "TMDB" in (seed.note or "")


def test_a_title_newer_than_the_names_lends_its_story_too() -> None:
    newer = TitleAtTmdb("movie", 70, "Salt Ledger", 1998, "Two clerks.", id=999)
    assert _linked("like Salt Ledger", newer).stories == ("Salt Ledger: Two clerks.",)


def test_a_title_without_a_story_is_unsupported() -> None:
    intent = _linked("like Salt Ledger", TitleAtTmdb("movie", 70, "Salt Ledger", None, ""))
    (seed,) = intent.interpreted()
    assert (seed.label, seed.status) == ("Salt Ledger", "unsupported")
    assert intent.stories == ()


def test_a_refused_title_is_left_out_or_not_there_anyway() -> None:
    heat = TitleAtTmdb("movie", 949, "Heat", 1995, "", id=1)
    assert _linked("crime, not like Stadt in Flammen", heat).excluded_titles == {1}
    intent = _linked("crime, not like Salt Ledger", _ABROAD)
    assert (intent.excluded_titles, intent.stories) == (frozenset(), ())
    (chip,) = [chip for chip in intent.interpreted() if chip.field == "exclude_title"]
    assert (chip.status, chip.note) == (
        "enforced",
        "Found through TMDB's search; not in this catalogue anyway.",
    )


def test_the_longest_linked_name_counts() -> None:
    text = "like Salt and Ledger"
    whole, salt, _ = read(text).unknown_names
    other = TitleAtTmdb("movie", 71, "Salt", 2010, "A spy.")
    both = parse(text, names=NAMES, today=TODAY, links={whole: _ABROAD, salt: other})
    assert both.stories == (_ABROAD.story,)
    one = parse(text, names=NAMES, today=TODAY, links={salt: other})
    assert one.stories == ("Salt: A spy.",)


def test_a_person_of_the_catalogue_is_a_part() -> None:
    intent = _linked("directed by Beto Almodovar", PersonAtTmdb(309, "Pedro Almodóvar", id=9))
    assert intent.parts == (Part(frozenset({9}), frozenset({"director", "creator"})),)
    assert intent.free_text == ""
    (chip,) = intent.interpreted()
    assert (chip.label, chip.note) == ("Pedro Almodóvar", "Found through TMDB's search.")


def test_a_person_without_a_title_here_is_enforced_and_said() -> None:
    nobody = PersonAtTmdb(5, "Ida Lindqvist")
    intent = _linked("directed by Ida Lindqvist", nobody)
    assert intent.parts == (Part(frozenset(), frozenset({"director", "creator"})),)
    (chip,) = intent.interpreted()
    assert (chip.value, chip.status) == ([], "enforced")
    assert "no title of this catalogue" in (chip.note or "")


def test_with_makes_nobody_of_a_name_without_a_title_here() -> None:
    intent = _linked("with Harry Gutter", PersonAtTmdb(5, "Harry Gutter"))
    assert (intent.parts, intent.mentions) == ((), ())
    assert intent.free_text == "with Harry Gutter"


def test_refusing_somebody_without_a_title_here_refuses_nobody_else() -> None:
    text = "not starring Ida Lindqvist, directed by Bo Ek"
    intent = _linked(text, PersonAtTmdb(5, "Ida Lindqvist"), PersonAtTmdb(6, "Bo Ek"))
    assert intent.excluded_parts == ()
    assert [part.people for part in intent.parts] == [frozenset()]
    assert {chip.field: chip.status for chip in intent.interpreted()} == {
        "exclude_person": "enforced",
        "person": "enforced",
    }


def test_one_of_two_is_one_part() -> None:
    intent = _linked("starring Al Pacino or Ida Lindqvist", PersonAtTmdb(5, "Ida Lindqvist"))
    assert intent.parts == (Part(frozenset({1}), frozenset({"cast"})),)
    intent = _linked("starring Al Pacino and Ida Lindqvist", PersonAtTmdb(5, "Ida Lindqvist"))
    assert [part.people for part in intent.parts] == [{1}, frozenset()]
