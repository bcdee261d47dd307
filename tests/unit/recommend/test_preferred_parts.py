"""What the words only prefer takes a share of relevance from titles that lack it."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from api.catalogue.names.topics import Topic
from api.language.intent import Intent, Interpreted
from api.language.vocabulary.moods import MOODS
from api.recommend.constraints.asked import Asked
from api.recommend.constraints.constraint import Constraint
from api.recommend.constraints.constraints import Constraints
from api.recommend.constraints.genres import Genres
from api.recommend.constraints.moods import Moods
from api.recommend.constraints.topics import OnTopic
from api.recommend.constraints.years import Years
from api.recommend.likeness.likeness import OF_OTHER_MEDIUM
from api.recommend.pool import Pool
from api.recommend.rank.fame import fame_numbers, fame_share, kept_share
from api.recommend.request import RecommendRequest
from config.business_rules import Filters
from tests.facts_builder import RANKING, Title, facts_of, query_over

_FACTS = facts_of([Title(1, genres=("Comedy",)), Title(2, genres=("Comedy",)), Title(3)])
_POOL = Pool(_FACTS, np.arange(3, dtype=np.int32))
_COMEDY = Genres("words", (frozenset({35}),))
_NUMBERS = RANKING.fame.of("query", 2)


def about(name: str, *titles: int) -> OnTopic:
    return OnTopic("words", Topic(name, (name,), 9), np.array(titles, dtype=np.int32))


def shares(*preferred: Constraint) -> list[float]:
    query = replace(query_over(_FACTS, text="words"), preferred=Constraints(preferred))
    found: list[float] = kept_share(query, _POOL, _NUMBERS).tolist()
    return found


def test_a_part_that_is_lacking_takes_its_share() -> None:
    lacking = _NUMBERS.lacking
    assert shares() == [1, 1, 1]
    assert shares(_COMEDY) == pytest.approx([1, 1, lacking])
    assert shares(_COMEDY, about("zombie", 1)) == pytest.approx([1, lacking, lacking**2])


def test_several_topics_together_are_one_part() -> None:
    lacking = _NUMBERS.lacking
    some = shares(about("zombie", 1, 2), about("shark", 1))
    assert some == pytest.approx([1, lacking**0.5, lacking])


def test_of_several_genres_that_are_liked_each_that_is_lacking_takes_its_part() -> None:
    titles = [("Romance", "War"), ("War", "Drama"), ("Romance",), ("Comedy",)]
    facts = facts_of([Title(id_, genres=own) for id_, own in enumerate(titles, 1)])
    both = Genres("words", (frozenset({10749}), frozenset({10752})))
    query = replace(query_over(facts, text="words"), preferred=Constraints((both,)))
    share = kept_share(query, Pool(facts, np.arange(4, dtype=np.int32)), _NUMBERS)
    lacking = _NUMBERS.lacking
    assert share.tolist() == pytest.approx([1, lacking**0.5, lacking**0.5, lacking])


def test_a_liking_alone_leaves_less_of_what_lacks_it() -> None:
    liking = Intent("i like comedies", tells_a_liking=True)
    query = query_over(_FACTS, text="i like comedies")
    asked, liked = (
        fame_numbers(replace(query, intent=intent), RANKING.fame).lacking
        for intent in (Intent("comedies"), liking)
    )
    assert (asked, liked) == (RANKING.fame.lacking, RANKING.fame.lacking_liked)
    assert liked < asked


def test_fame_counts_less_beside_a_title_to_resemble_and_nothing_for_one_that_is_named() -> None:
    facts = facts_of([Title(1, vote_count=10), Title(2, vote_count=100), Title(3, vote_count=9000)])
    query = query_over(facts, text="like those")
    pool = Pool(facts, np.arange(3, dtype=np.int32))
    open_words, alike, named = (
        fame_share(asked, pool, fame_numbers(asked, RANKING.fame))
        for asked in (
            replace(query, intent=Intent("like those", free_text="those")),
            replace(query, intent=Intent("like those", seeds=(3,))),
            replace(query, intent=Intent("like those", named_title=1)),
        )
    )
    assert open_words[1] < alike[1] < 1
    assert named[0] == 1
    assert named[1] == alike[1]


def test_a_film_steps_back_beside_a_show_that_the_words_name_unless_they_say_which() -> None:
    facts = facts_of([Title(1, is_show=True), Title(2, is_show=True), Title(3)])
    query = replace(query_over(facts, text="like it"), intent=Intent("like it", seeds=(1,)))
    of_films = Interpreted("media_type", "movie", "films", "films", "enforced")
    pool = Pool(facts, np.arange(3, dtype=np.int32))
    numbers = fame_numbers(query, RANKING.fame)
    assert kept_share(query, pool, numbers).tolist() == pytest.approx([1, 1, OF_OTHER_MEDIUM])
    for other in (
        replace(query, interpreted=(of_films,)),
        replace(query, intent=Intent("like those", seeds=(1, 3))),
        replace(query, intent=Intent("I saw it", seeds=(1,), is_narrative=True)),
    ):
        assert kept_share(other, pool, numbers).tolist() == [1, 1, 1]


def test_years_that_are_leaned_to_count_more_than_other_preferred_parts() -> None:
    facts = facts_of([Title(1, year=2026), Title(2, year=1978)])
    query = query_over(facts, text="new comedies")
    new = Constraints((Years("words", ((2025, 2100),)),))
    query = replace(query, intent=Intent("new comedies"), preferred=new)
    pool = Pool(facts, np.arange(2, dtype=np.int32))
    share = kept_share(query, pool, fame_numbers(query, RANKING.fame))
    assert share.tolist() == pytest.approx([1, RANKING.fame.lacking_new])


def test_what_goes_against_a_mood_lacks_it_twice() -> None:
    facts = facts_of(
        [
            Title(1, genres=("Comedy", "Drama")),
            Title(2, genres=("Drama",)),
            Title(3, genres=("Horror",)),
            Title(4, genres=("Comedy", "Crime")),
        ]
    )
    feel_good = MOODS["feel good"]
    asked = Moods("words", (feel_good.wanted,), feel_good.unwanted)
    query = query_over(facts, text="feel-good dramas")
    query = replace(query, intent=Intent("feel-good dramas"), preferred=Constraints((asked,)))
    pool = Pool(facts, np.arange(4, dtype=np.int32))
    share = kept_share(query, pool, fame_numbers(query, RANKING.fame))
    lacking = RANKING.fame.lacking_mood
    assert lacking is not None
    assert share.tolist() == pytest.approx([1, lacking, lacking**2, lacking**2])


def test_of_what_is_to_come_the_popular_is_known() -> None:
    facts = facts_of(
        [Title(1, vote_count=0, popularity=90.0), Title(2, vote_count=5, popularity=1.0)]
    )
    query = query_over(facts, text="upcoming")
    query = replace(query, intent=Intent("upcoming", is_to_come=True))
    pool = Pool(facts, np.arange(2, dtype=np.int32))
    share = fame_share(query, pool, fame_numbers(query, RANKING.fame))
    assert share[0] > share[1]


def test_beside_a_topic_a_mood_comes_second() -> None:
    facts = facts_of(
        [
            Title(1, genres=("Comedy",)),
            Title(2, genres=("Crime",)),
            Title(3, genres=("Comedy",)),
        ]
    )
    feel_good = MOODS["feel good"]
    asked = Moods("words", (feel_good.wanted,), feel_good.unwanted)
    query = query_over(facts, text="a heist movie with a happy ending")
    both = Constraints((about("heist", 1, 2), asked))
    query = replace(query, intent=Intent("a heist movie with a happy ending"), preferred=both)
    pool = Pool(facts, np.arange(3, dtype=np.int32))
    happy_heist, heist, happy = kept_share(query, pool, fame_numbers(query, RANKING.fame))
    assert happy_heist == 1
    assert happy < heist < 1


def test_what_is_for_adults_goes_against_what_is_light() -> None:
    facts = facts_of(
        [
            Title(1, genres=("Comedy",), age=13),
            Title(2, genres=("Comedy",), age=17),
            Title(3, genres=("Comedy",)),
        ]
    )
    light = replace(Intent("something light"), moods=(MOODS["light"],))
    nobody = RecommendRequest(user_id="")
    (asked,) = Moods.made_from(Asked(nobody, light, (), Filters(), facts, today=date.max))
    assert asked.go_against(facts, np.arange(3, dtype=np.int32)).tolist() == [False, True, False]
