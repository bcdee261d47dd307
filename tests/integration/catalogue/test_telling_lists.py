"""TMDB's lists count where they hold more than titles of the very same genres."""

from datetime import UTC, datetime

import pytest

from api.catalogue.facts import telling_lists
from api.catalogue.facts.load_facts import load_facts
from api.platform.database import Database
from api.viewers.taste.evidence_of_taste import related_to
from tests.builders import ints
from tests.doubles.titles import film, id_of, show, store
from tests.facts_builder import RANKING

_DRAMA, _CRIME = 18, 80
_SHOWS = range(11, 17)


@pytest.mark.parametrize(
    ("fewest_pairs", "crime", "tell"),
    [(30, (), False), (30, (11,), True), (31, (), True)],
    ids=["of the same genres alone", "of others, too", "too few to say"],
)
def test_lists_of_one_medium_are_judged_by_all_of_them(
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
    fewest_pairs: int,
    crime: tuple[int, ...],
    tell: bool,
) -> None:
    """Of six shows each has the five others beside it. With one of crime among them twenty of the
    thirty pairs are of the very same genres, below the share that is set here."""
    monkeypatch.setattr(telling_lists, "_FEWEST_PAIRS", fewest_pairs)
    monkeypatch.setattr(telling_lists, "_MOST_OF_THE_SAME_GENRES", 0.7)
    store(
        database,
        film(1, genre_ids=(_CRIME,), recommended_ids=(2,)),
        film(2, genre_ids=(_DRAMA,)),
        *(
            show(
                number,
                genre_ids=(_DRAMA, _CRIME) if number in crime else (_DRAMA,),
                recommended_ids=tuple(other for other in _SHOWS if other != number),
            )
            for number in _SHOWS
        ),
    )
    facts = load_facts(database, datetime(2026, 11, 1, tzinfo=UTC), trend=RANKING.trend)
    assert facts.lists_tell.tolist() == [True, tell]
    one_film, one_show = id_of(database, 1), id_of(database, 11, "tv")
    items, listed, *_ = database.read(related_to(facts, ints([one_film, one_show])))
    beside = {int(item): listed[items == item].tolist() for item in set(items.tolist())}
    assert beside.pop(one_film) == [id_of(database, 2)]
    assert len(beside.pop(one_show, [])) == (5 if tell else 0)
    assert beside == {}
