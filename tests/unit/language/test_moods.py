"""Moods and occasions are preferred, with what they go by; their words are searched for nowhere."""

import pytest

from api.language.vocabulary.moods import VIOLENT
from tests.names_builder import read


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("something cosy for a rainy sunday", "Cosy"),
        ("a feel-good movie from the 90s", "Feel-good"),
        ("something light", "Light"),
        ("a dark comedy", "Dark"),
        ("a film that will make me cry", "Sad"),
        ("mind-bending science fiction", "Mind-bending"),
        ("a slow burn thriller", "Slow burn"),
        ("etwas gemütliches", "Cosy"),
        ("algo para llorar", "Sad"),
        ("un film qui fait du bien", "Feel-good"),
        ("un film leggero", "Light"),
        ("um filme triste", "Sad"),
        ("I want to cry", "Sad"),
        ("quiero llorar", "Sad"),
        ("brainless action", "Light"),
        ("a popcorn movie", "Light"),
    ],
)
def test_a_mood_is_preferred_and_says_what_it_goes_by(text: str, label: str) -> None:
    mood = next(one for one in read(text).interpreted() if one.field == "mood")
    assert (mood.label, mood.status) == (label, "preferred")
    assert mood.note is not None
    assert "genres" in mood.note


@pytest.mark.parametrize(
    "text",
    [
        "he sits in the dark",
        "a man who turns off the light",
        "a film where a sad clown walks to Rome",
        "a light goes out over the sea",
    ],
)
def test_words_of_a_story_are_no_mood(text: str) -> None:
    assert read(text).moods == ()


def test_words_of_a_mood_are_compared_by_its_story_and_not_by_chance() -> None:
    intent = read("something cosy for a rainy sunday")
    assert intent.free_text == ""
    assert intent.description
    assert len(intent.moods) == 1


@pytest.mark.parametrize("text", ["nothing too sad please", "a comedy, not dark"])
def test_a_refused_mood_is_no_wish_for_it(text: str) -> None:
    intent = read(text)
    assert intent.moods == ()
    assert len(intent.excluded_moods) == 1
    refused = next(one for one in intent.interpreted() if one.field == "exclude_mood")
    assert refused.status == "preferred"


@pytest.mark.parametrize(
    "text", ["no violence", "my parents hate violence", "nothing violent", "sin violencia"]
)
def test_a_refusal_of_violence_leaves_out_what_is_all_fights(text: str) -> None:
    intent = read(text)
    assert intent.excluded_moods == (VIOLENT,)
    assert [one.label for one in intent.interpreted()] == ["No violence"]
