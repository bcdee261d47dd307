"""What the words only prefer takes a share of relevance from titles that lack it."""

from dataclasses import replace

import numpy as np
import pytest

from api.catalogue.names.topics import Topic
from api.language.intent import Intent
from api.recommend.constraints.constraint import Constraint
from api.recommend.constraints.constraints import Constraints
from api.recommend.constraints.genres import Genres
from api.recommend.constraints.topics import OnTopic
from api.recommend.pool import Pool
from api.recommend.rank.fame import fame_numbers, kept_share
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


def test_a_liking_alone_leaves_less_of_what_lacks_it() -> None:
    liking = Intent("i like comedies", tells_a_liking=True)
    query = query_over(_FACTS, text="i like comedies")
    asked, liked = (
        fame_numbers(replace(query, intent=intent), RANKING.fame).lacking
        for intent in (Intent("comedies"), liking)
    )
    assert (asked, liked) == (RANKING.fame.lacking, RANKING.fame.lacking_liked)
    assert liked < asked
