"""Words that are narrower than their keyword: a wish is widened to it, a refusal is not."""

import pytest

from api.language.vocabulary.load_lexicon import shipped_lexicon
from tests.names_builder import read


@pytest.mark.parametrize(
    ("text", "refused", "wider"),
    [
        ("no kittens", "kitten", "cat"),
        ("movies about pets without puppies", "puppy", "dog"),
        ("sports movies but no nascar", "nascar", "car race"),
        ("a thriller without paranoia", "paranoia", "conspiracy"),
        ("sports, no mlb", "mlb", "baseball"),
        ("a drama, nothing about civil rights", "civil rights", "racism"),
        ("keine Gladiatoren", "gladiator", "ancient rome"),
        ("kein Wahnsinn", "insanity", "mental illness"),
        ("drame sans avocats", "lawyer", "courtroom"),
        ("drama sin abogados", "lawyer", "courtroom"),
        ("ciencia ficción sin marcianos", "martian", "alien"),
        ("dramma senza avvocati", "lawyer", "courtroom"),
        ("drama sem gladiadores", "gladiator", "ancient rome"),
    ],
)
def test_a_refusal_leaves_out_what_it_names_and_nothing_wider(
    text: str, refused: str, wider: str
) -> None:
    intent = read(text)
    assert refused in intent.excluded_keywords
    assert refused in intent.excluded_words
    assert wider not in intent.excluded_keywords | intent.excluded_words


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("no spoofs", "parody"),
        ("no movies where the dog dies", "animal death"),
        ("keine Haie", "shark"),
        ("sin zombis", "zombie"),
    ],
)
def test_another_word_for_the_same_is_refused_as_its_keyword(text: str, refused: str) -> None:
    assert refused in read(text).excluded_keywords


def test_each_has_a_wider_keyword_for_wishes() -> None:
    lexicon = shipped_lexicon()
    for phrase, own in lexicon.narrower_topics.words.items():
        assert lexicon.topics.words.get(phrase, own) != own, phrase
