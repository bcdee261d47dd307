"""Commands filter; what is told, remembered or liked is preferred; years of titles ask nothing."""

import pytest

from tests.names_builder import read


@pytest.mark.parametrize(
    "text",
    [
        "90s thrillers under two hours",
        "german crime films from the 80s",
        "something scary from 1999",
        "comedias de los 90",
    ],
)
def test_a_command_filters(text: str) -> None:
    assert {chip.status for chip in read(text).interpreted()} == {"enforced"}


@pytest.mark.parametrize(
    "text",
    [
        "I saw it in the 90s, a thriller",
        "i like comedies from the 80s",
        "ich mag Komödien aus den 80ern",
        "me gustan las comedias de los 80",
        "j'ai vu une comédie des années 80",
        "mi piacciono le commedie degli anni 80",
        "gosto de comédias dos anos 80",
    ],
)
def test_what_is_liked_or_remembered_is_preferred(text: str) -> None:
    assert {chip.status for chip in read(text).interpreted()} == {"preferred"}


def test_a_long_story_beside_a_decade_leaves_the_decade_preferred() -> None:
    text = "lighthouse keeper hides wounded smuggler from pirates during storm, thriller, 90s"
    statuses = {chip.field: chip.status for chip in read(text).interpreted()}
    assert statuses["year"] == "preferred"


def test_the_bracketed_year_of_an_unknown_title_asks_for_nothing() -> None:
    assert read("comedies like The Zyxomma Affair (1998)").years == ()
    assert read("comedies like The Zyxomma Affair, from 1998").years == ((1998, 1998),)


def test_no_story_softens_an_age_a_refusal_or_a_medium() -> None:
    text = "i like comedies, i watched them with my 6 year old, no horror, shows only"
    statuses = {chip.field: chip.status for chip in read(text).interpreted()}
    assert statuses["genre"] == "preferred"
    assert {statuses[name] for name in ("maturity", "exclude_genre", "media_type")} == {"enforced"}


@pytest.mark.parametrize("text", ["recent comedies", "new thrillers"])
def test_what_names_no_year_is_preferred_and_its_genre_still_filters(text: str) -> None:
    statuses = {chip.field: chip.status for chip in read(text).interpreted()}
    assert statuses == {"year": "preferred", "genre": "enforced"}


def test_a_year_beside_a_vague_one_filters() -> None:
    statuses = [chip.status for chip in read("recent comedies from 2024").interpreted()]
    assert "preferred" not in statuses


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("thrillers i saw on tv", "media_type"),
        ("native american dramas", "country"),
        ("live action comedies", "seed"),
        ("cartoon disney", "service"),
    ],
)
def test_words_that_only_look_like_a_part_are_none(text: str, field: str) -> None:
    assert field not in {chip.field for chip in read(text).interpreted()}


def test_a_list_of_tags_prefers_its_genres() -> None:
    statuses = {chip.field: chip.status for chip in read("fantasy, zorbing, horror").interpreted()}
    assert statuses["genre"] == "preferred"
    statuses = {chip.field: chip.status for chip in read("fantasy, comedy, horror").interpreted()}
    assert statuses["genre"] == "enforced"


def test_an_age_to_protect_filters_in_a_story_too_and_a_wish_for_adults_does_not() -> None:
    story = "a lighthouse keeper hides wounded smugglers during storms at sea"
    capped = {chip.field: chip.status for chip in read(f"{story}, for ages up to 9").interpreted()}
    assert capped["maturity"] == "enforced"
    rated = {chip.field: chip.status for chip in read(f"{story}, rated R").interpreted()}
    assert rated["maturity"] == "preferred"


@pytest.mark.parametrize(
    "text",
    [
        "i feel like a comedy under 90 minutes",
        "i feel like a 90s thriller",
        "i feel like a 90s thriller, with something german",
    ],
)
def test_what_somebody_feels_like_is_asked_for(text: str) -> None:
    assert {chip.status for chip in read(text).interpreted()} == {"enforced"}


def test_a_length_is_asked_for_beside_what_a_title_feels_like() -> None:
    text = "feels like a thriller, under 90 minutes"
    statuses = {chip.field: chip.status for chip in read(text).interpreted()}
    assert (statuses["genre"], statuses["runtime"]) == ("preferred", "enforced")


def test_a_likening_ends_where_something_else_begins() -> None:
    text = "feels like a western, from the 90s"
    statuses = {chip.field: chip.status for chip in read(text).interpreted()}
    assert (statuses["genre"], statuses["year"]) == ("preferred", "enforced")
