"""Why a list is empty, where its filters are the reason."""

import pytest

from api.recommend.constraints.hydrator import ConstraintsAndRules
from api.recommend.lists.why_empty import WhyEmpty, why_empty
from tests.facts_builder import Title, facts_of, query_over

_HORROR, _THRILLER, _DRAMA = 27, 53, 18
_FACTS = facts_of([Title(1, genres=("Horror",)), Title(2, genres=("Mystery",), is_show=True)])


def _why(genres: tuple[int, ...], media_type: str) -> WhyEmpty:
    query = query_over(_FACTS, genres=genres, media_type=media_type)
    return why_empty(ConstraintsAndRules(lambda constraints, _: constraints).hydrate(query))


def test_genres_that_no_show_has_are_named_with_the_way_to_such_shows() -> None:
    why = _why((_HORROR, _THRILLER), "tv")
    assert why.code == "filters"
    assert why.sentence.startswith("TMDB gives Horror and Thriller to films alone. In words,")


@pytest.mark.parametrize(
    ("genres", "media_type"), [((_DRAMA,), "tv"), ((_HORROR, _DRAMA), "tv"), ((_DRAMA,), "movie")]
)
def test_other_filters_are_blamed_together(genres: tuple[int, ...], media_type: str) -> None:
    why = _why(genres, media_type)
    assert why.code == "filters"
    assert why.sentence.startswith("No unseen title that is out keeps every filter")
