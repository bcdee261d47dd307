"""A model's sentence says its reason's facts, each once, in neutral words, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.recommend.explain.phrasing import LONGEST, NEUTRAL, rephrases

_LIKED = ("Because you liked {title}.", "A good next step after {title}.")
_PERSON = ("With {person}, as in {count} titles you watched or liked.",)
_PLACE = ("Number {rank} of the trending {kind}.",)
_VOTES = ("Rated {average} of 10 by {votes} voters.",)


@pytest.mark.parametrize(
    ("sentence", "facts", "wordings"),
    [
        ("If you liked Heat, this may be for you.", ["Heat"], _LIKED),
        ("You’ll find this a good step after Heat.", ["Heat"], _LIKED),
        ("Heat, which you liked, leads right here.", ["Heat"], _LIKED),
        ("A natural step after Don’t Look Up.", ["Don't Look Up"], _LIKED),
        ("You liked What's Up, Doc?, so try this.", ["What's Up, Doc?"], _LIKED),
        ("It's here because you liked Up.", ["Up"], _LIKED),
        ("You watched or liked 2 titles with Al Pacino.", ["2", "Al Pacino"], _PERSON),
        ("Trending: number 3 of the movies.", ["3", "movies"], _PLACE),
        ("Rated 8.1 by 1,200 voters.", ["8.1", "1,200"], _VOTES),
        ("Good for this evening.", [], ("Fits your search.",)),
    ],
)
def test_says_the_same_in_other_words(sentence: str, facts: list[str], wordings: list[str]) -> None:
    assert rephrases(sentence, facts=facts, wordings=wordings)


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("If you liked Ronin, this may be for you.", "another title"),
        ("You liked Heat and Ronin.", "one title more"),
        ("If you liked Heat or Heat, try this.", "a title twice"),
        ("You liked it.", "no title"),
        ("You liked heat.", "written otherwise"),
        ("You liked Heatwave.", "a longer title"),
        ("If you liked Heat, this Oscar winner is for you.", "an invented fact"),
        ("If you liked Heat by Michael Mann, try this.", "an invented person"),
        ("You liked Heat 3 times.", "a number"),
        ("You liked Heat two times.", "a number in words"),
        ("You never liked Heat.", "the opposite"),
        ("You liked Heat, not this.", "the opposite of something else"),
        ("You watched Heat.", "what another reason says"),
        ("if you liked Heat, try this.", "no capital"),
        ("If you liked Heat, try this", "no full stop"),
        ("If you liked Heat, try this!", "another stop"),
        ("If you liked Heat, try this. Watch it.", "two sentences"),
        ("If you liked Heat, try this.\n", "a line more"),
        ("If you liked Heat, try\nthis.", "a break"),
        ("If you liked <b>Heat</b>, try this.", "markup"),
        ("If you liked Heat, try www.evil.example.", "an address"),
        ("If you liked Heat, try thís.", "a letter in disguise"),
        ("If you liked Heat, try {title}.", "a placeholder"),
        ("If you liked Heat" + ", so" * 60 + ".", "too long"),
        ("", "nothing"),
        (".", "next to nothing"),
        ("Heat.", "no more than its name"),
    ],
    ids=lambda text: text[:40],
)
def test_what_says_more_or_less_does_not_count(sentence: str, why: str) -> None:
    assert why
    assert rephrases(sentence, facts=["Heat"], wordings=_LIKED) == (why == "no more than its name")


def test_a_number_within_a_number_is_not_it() -> None:
    assert not rephrases(
        "Number 13 of the trending movies.", facts=["3", "movies"], wordings=_PLACE
    )
    assert not rephrases("Rated 8.1 of 1200.", facts=["8.1", "120"], wordings=_VOTES)


def test_placeholders_lend_no_words() -> None:
    assert not rephrases("The title you liked: Heat.", facts=["Heat"], wordings=_LIKED)


def test_words_that_deny_or_count_or_credit_are_not_neutral() -> None:
    claims = "no not never without best most more only first one's two three by from with won award"
    assert NEUTRAL & set(claims.split()) == set()


@given(st.text(max_size=LONGEST + 20), st.lists(st.text(min_size=1, max_size=10), max_size=3))
def test_no_text_and_no_fact_breaks_it(sentence: str, facts: list[str]) -> None:
    if rephrases(sentence, facts=facts, wordings=_LIKED):
        assert all(fact.replace("’", "'") in sentence.replace("’", "'") for fact in facts)
