"""What "not" turns round, how far it reaches, and wishes that contradict themselves."""

import pytest

from tests.names_builder import labels, mention_of, read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("thriller without horror or gore", ["Thriller", "Not Horror", "No gore"]),
        ("no horror, war or romance", ["Not Horror", "Not War", "Not Romance"]),
        ("no horror, french", ["Not Horror", "French"]),
        ("not french, not horror", ["Not French", "Not Horror"]),
        ("comedies that aren't romantic", ["Comedy", "Not Romance"]),
        ("isn't a musical", ["Not Music"]),
        ("anything but horror", ["Not Horror"]),
        ("anything except westerns", ["Not Western"]),
        ("not horror but comedy", ["Not Horror", "Comedy"]),
        ("no horror from the 80s", ["Not Horror", "1980–1989"]),
        ("no horror on netflix", ["Not Horror", "Netflix"]),
        ("not from the 80s", ["Not 1980–1989"]),
        ("gore-free thriller", ["No gore", "Thriller"]),
        ("early 80s horror, no slashers", ["1980–1983", "Horror", "No slasher"]),
        ("no horror films", ["Not Horror"]),
        ("action movies with no romance and no comedy", ["Action", "Films", "Not Romance"]),
        ("terror sin comedia", ["Horror", "Not Comedy"]),
        ("comédie sans romance", ["Comedy", "Not Romance"]),
        ("Thriller ohne Horror", ["Thriller", "Not Horror"]),
        ("commedia senza romance", ["Comedy", "Not Romance"]),
        ("comédia sem romance", ["Comedy", "Not Romance"]),
        ("without zombies", ["No zombies"]),
        ("not american comedies", ["Not American", "Comedy"]),
        ("slow horror, no jump scares", ["Horror", "No jump scare"]),
        ("a scary film that isn't gory", ["Horror", "Films", "No gore"]),
        ("animated but not for kids", ["Animation", "For ages from 9"]),
        ("animations that aren't for kids", ["Animation", "For ages from 9"]),
        ("sci-fi but not the godfather", ["Science Fiction", "Not The Godfather"]),
    ],
)
def test_reach(text: str, expected: list[str]) -> None:
    assert labels(text)[: len(expected)] == expected


def test_gore_is_refused_by_all_that_is_known_of_it() -> None:
    intent = read("crime thrillers, not too gory")
    assert intent.excluded_genres == {27}
    assert "gore" in intent.excluded_keywords
    assert intent.age_max == 17
    assert read("gory horror").excluded_genres == frozenset()


def test_what_is_refused_is_not_searched_for() -> None:
    assert "zombies" not in read("a heist without zombies").free_text
    assert read("a heist without zombies").excluded_keywords >= {"zombies", "zombie"}


def test_a_refusal_wins_over_the_same_wish_and_says_so() -> None:
    intent = read("comedy without comedy")
    assert intent.genres == ()
    assert intent.excluded_genres == {35}
    note = mention_of("comedy without comedy", "genre").note
    assert note == "The request asks for it and refuses it; the refusal counts."


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("french films not in french", "language"),
        ("british but not british", "country"),
        ("Tom Hanks comedies without Tom Hanks", "person"),
    ],
)
def test_contradictions_of_every_kind_are_noted(text: str, field: str) -> None:
    assert mention_of(text, field).note is not None


@pytest.mark.parametrize("text", ["after 2000 before 1990", "under 90 minutes, over 2 hours"])
def test_of_windows_that_exclude_each_other_the_later_counts(text: str) -> None:
    first, second = (m for m in read(text).mentions)
    assert first.note == "Contradicts a later part of the request, which counts."
    assert second.note is None


@pytest.mark.parametrize(
    "text",
    [
        "not a fan of horror, something else",
        "I don't usually like horror",
        "I'm not into horror",
        "not in the mood for horror",
        "tired of horror",
        "anything but horror",
        "steer clear of horror",
        "keine Lust auf Horror",
        "kein Fan von Horror",
        "no soy fan del terror",
        "no me gusta el terror",
        "pas fan d'horreur",
        "non mi piace l'horror",
        "não gosto de terror",
    ],
)
def test_what_somebody_does_not_care_for_is_refused(text: str) -> None:
    intent = read(text)
    assert not intent.genres
    assert intent.excluded_genres == {27}


@pytest.mark.parametrize(
    "text",
    [
        "a thriller without fail",
        "I have no clue, thriller maybe",
        "no doubt a thriller",
        "keine Ahnung, Thriller",
        "sin duda un thriller",
        "sans doute un thriller",
        "senza dubbio un thriller",
        "sem dúvida um thriller",
    ],
)
def test_a_turn_of_speech_refuses_nothing(text: str) -> None:
    intent = read(text)
    assert intent.genres == (frozenset({53}),)
    assert (intent.excluded_genres, intent.excluded_keywords) == (frozenset(), frozenset())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("doesn't feel like horror", ["Not Horror"]),
        ("nothing that feels like horror", ["Not Horror"]),
        ("not something that feels like a comedy", ["Not Comedy"]),
        ("it must not look like a horror", ["Not Horror"]),
        ("it shouldn't be a comedy", ["Not Comedy"]),
        ("que no parezca de terror", ["Not Horror"]),
        ("fühlt sich nicht an wie Horror", ["Not Horror"]),
        ("sieht nicht aus wie Horror", ["Not Horror"]),
    ],
)
def test_what_a_title_shall_not_feel_like_is_refused(text: str, expected: list[str]) -> None:
    assert labels(text)[: len(expected)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("not too old comedies", ["Not Until 1979", "Comedy"]),
        ("not animated comedies", ["Not Animation", "Comedy"]),
        ("not too gory thrillers", ["No gore", "Thriller"]),
        ("a non-gory horror film", ["No gore", "Horror", "Films"]),
        ("not a gory horror film", ["No gore", "Horror"]),
        ("non-animated comedies", ["Not Animation", "Comedy"]),
        ("un-scary comedies", ["Not Horror", "Comedy"]),
        ("keine alten Komödien", ["Not Until 1979", "Comedy"]),
        ("nicht zu alte Komödien", ["Not Until 1979", "Comedy"]),
        ("not horror or comedies", ["Not Horror", "Not Comedy"]),
    ],
)
def test_a_negated_adjective_leaves_its_noun(text: str, expected: list[str]) -> None:
    assert labels(text)[: len(expected)] == expected


@pytest.mark.parametrize(
    ("text", "media_type"),
    [("pas de série", "movie"), ("nada de series", "movie"), ("nada de películas", "tv")],
)
def test_a_preposition_of_the_negation_is_none_before_the_medium(
    text: str, media_type: str
) -> None:
    assert read(text).media_types == {media_type}
