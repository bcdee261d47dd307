"""Words as phones shorten them: a "not" and a "for" that nobody reads turn a wish around."""

import pytest

from api.domain.genres import genre_id
from api.language.vocabulary.load_lexicon import shipped_lexicon
from tests.names_builder import read

HORROR, COMEDY, ROMANCE = genre_id("Horror"), genre_id("Comedy"), genre_id("Romance")


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("w/o horror", HORROR),
        ("comedy w/o romance", ROMANCE),
        ("W/O HORROR PLEASE", HORROR),
        ("peli q no sea de miedo", HORROR),
        ("algo k no sea de terror", HORROR),
        ("filme brasileiro q n seja comédia", COMEDY),
        ("n quero terror", HORROR),
        ("naum quero terror", HORROR),
        ("nn horror", HORROR),
        ("un film ke nn sia horror", HORROR),
        ("nich so gruselig", HORROR),
        ("net so gruselig bitte", HORROR),
    ],
)
def test_a_shortened_refusal_refuses(text: str, refused: int) -> None:
    intent = read(text)
    assert refused in intent.excluded_genres
    assert not any(refused in group for group in intent.genres)


@pytest.mark.parametrize(
    "text",
    [
        "filme p crianças",
        "filme p/ criança",
        "algo pras crianças",
        "peli x niños",
        "film x bambini",
        "film pr enfants",
        "was f d kids",
        "film f kinder",
        "smth 4 da kids",
        "smth for da kids",
        "4 kiddos",
        "w the kids",
        "com a família c crianças",
    ],
)
def test_whom_a_title_is_for_is_read_in_short_as_well(text: str) -> None:
    age = read(text).age_max
    assert age is not None
    assert age <= 8


def test_an_evening_without_children_is_one_however_it_is_written() -> None:
    assert read("w/o the kids tonight").age_max == read("without the kids tonight").age_max is None


def test_with_is_read_in_short() -> None:
    assert read("something w denzel").parts == read("something with denzel").parts != ()


@pytest.mark.parametrize("text", ["malcolm x", "q", "X-Men", "C'est la vie", "v/h/s", "rated x"])
def test_a_letter_that_is_a_name_stays_one(text: str) -> None:
    intent = read(text)
    assert intent.text == text
    assert not {"con", "com", "with", "que", "per"} & set(intent.free_text.casefold().split())


def test_no_form_is_shorter_than_what_it_is_short_for() -> None:
    for short, full in shipped_lexicon().short_forms.words.items():
        assert len(full.split()) <= len(short.split())
