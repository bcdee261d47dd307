"""What refuses where a clause begins alone, as "too much" does, and what stands around a thing."""

import pytest

from tests.names_builder import labels


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("too much horror lately", ["Not Horror"]),
        ("watched too many westerns, want sci-fi", ["Not Western", "Science Fiction"]),
        ("zu viele Krimis geschaut, jetzt was Lustiges", ["Not Crime", "Comedy"]),
        ("trop de comédies ces temps-ci", ["Not Comedy"]),
        ("ya vi demasiadas comedias", ["Not Comedy"]),
        ("troppi horror ultimamente", ["Not Horror"]),
        ("enough zombies already", ["No zombies"]),
        ("so many westerns lately", ["Not Western"]),
        ("enough action", ["Action"]),
        ("I'm scared of zombies", ["No zombies"]),
        ("allergic to musicals", ["Not Music"]),
        ("too tired for a thriller", ["Not Thriller"]),
        ("last thing I want is a drama", ["Not Drama"]),
        ("I've never been a fan of westerns", ["Not Western"]),
        ("don't make us watch a documentary", ["Not Documentary"]),
    ],
)
def test_surfeit_and_fear_refuse(text: str, expected: list[str]) -> None:
    assert labels(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("not up for a western", ["Not Western"]),
        ("I don't really fancy a western", ["Not Western"]),
        ("no longer into zombies", ["No zombies"]),
        ("can't face a sad film", ["Not Sad"]),
        ("I ain't into horror", ["Not Horror"]),
        ("i aint into horror", ["Not Horror"]),
        ("not the biggest fan of horror", ["Not Horror"]),
        ("I refuse to sit through another musical", ["Not Music"]),
        ("je ne veux pas pleurer", ["Not Sad"]),
        ("no me apetece un western", ["Not Western"]),
        ("non ho voglia di western", ["Not Western"]),
    ],
)
def test_a_denial_of_a_desire_refuses(text: str, expected: list[str]) -> None:
    assert labels(text) == expected


@pytest.mark.parametrize("text", ["a boy scared of zombies", "a man who has seen too many zombies"])
def test_what_is_told_of_somebody_else_refuses_nothing(text: str) -> None:
    assert [label for label in labels(text) if label.startswith("No")] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("any genre but war", ["Not War"]),
        ("all genres but documentaries", ["Not Documentary"]),
        ("anything by Nolan but Interstellar", ["Christopher Nolan", "Not Interstellar"]),
        ("any thriller but with jokes", ["Thriller"]),
        ("anything like Heat but funny", ["Heat", "Comedy"]),
        ("not a single comedy", ["Not Comedy"]),
        ("ni una sola comedia", ["Not Comedy"]),
        ("pas un seul western", ["Not Western"]),
        ("kein einziger Western", ["Not Western"]),
        ("none of that zombie stuff", ["No zombie"]),
        ("comedy instead of war please", ["Comedy", "Not War"]),
        ("n'importe quel genre sauf l'horreur", ["Not Horror"]),
    ],
)
def test_exceptions_of_all_refuse(text: str, expected: list[str]) -> None:
    assert labels(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ich kann Horror nicht leiden", ["Not Horror"]),
        ("ich kann Interstellar nicht leiden", ["Not Interstellar"]),
        ("keep romance away", ["Not Romance"]),
        ("keep the gore to a minimum", ["No gore"]),
        ("my girlfriend finds westerns boring", ["Not Western"]),
        ("Western sind mir zu langweilig", ["Not Western"]),
        ("I used to love horror, not anymore", ["Not Horror"]),
        ("auf Horror hab ich keinen Bock", ["Not Horror"]),
        ("keep it light", ["Light"]),
        ("films that are boring", ["Films"]),
    ],
)
def test_a_refusal_may_stand_around_a_thing(text: str, expected: list[str]) -> None:
    assert labels(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("won't make me cry", ["Not Sad"]),
        ("nothing that will make me cry", ["Not Sad"]),
        ("que no me haga llorar", ["Not Sad"]),
        ("che non faccia piangere", ["Not Sad"]),
        ("qui ne fait pas pleurer", ["Not Sad"]),
        ("nada que dé miedo", ["Not Horror"]),
        ("without embarrassing sex scenes", ["No sex"]),
        ("nothing that makes you sad", ["Not Sad"]),
        ("no me hagas llorar", ["Not Sad"]),
        ("make me cry", ["Sad"]),
    ],
)
def test_what_a_title_is_not_to_do_is_refused(text: str, expected: list[str]) -> None:
    assert labels(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("TW: zombies, vampires", ["No zombies", "No vampires"]),
        ("triggers: zombies", ["No zombies"]),
        ("Avoid: horror, musicals, zombies", ["Not Horror", "Not Music", "No zombies"]),
        ("No: 90s thrillers", ["1990–1999", "Thriller"]),
    ],
)
def test_a_colon_leads_to_what_is_refused(text: str, expected: list[str]) -> None:
    assert labels(text) == expected


def test_a_warning_of_a_long_text_refuses_nothing() -> None:
    told = "I saw it as a kid and a boat went down in a storm while a girl sang on the deck of it."
    assert labels(f"TRIGGER WARNING: zombies. {told}") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("🚫 horror", ["Not Horror"]),
        ("comedy 🚫 romance", ["Comedy", "Not Romance"]),
        ("❌ musicals ✅ thrillers", ["Not Music", "Thriller"]),
        ("horror 👎 comedy 👍", ["Not Horror", "Comedy"]),
        ("horror ❌", ["Not Horror"]),
        ("western ✅", ["Western"]),
    ],
)
def test_signs_refuse_what_they_stand_beside(text: str, expected: list[str]) -> None:
    assert labels(text) == expected
