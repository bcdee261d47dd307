"""Which of a viewer's titles is told to be behind what neighbour lists propose."""

from datetime import timedelta

from sqlalchemy import text

from api.catalogue.facts.load_facts import load_facts
from api.platform.database import Database
from api.viewers.taste.taste_numbers import TasteNumbers
from api.viewers.taste.viewers import Viewers
from api.viewers.versions import read_versions
from tests.builders import NOON, add_event, add_items, add_model, add_profile
from tests.facts_builder import RANKING


def test_the_strongest_that_may_be_named_is_told_though_another_says_more(
    database: Database,
) -> None:
    praised, better, poor, *proposed = add_items(database, 6)
    by_both, by_poor, by_two = proposed
    weights = {praised: 2.0, better: 3.0, poor: 8.0}
    listed = {praised: [by_both, by_two], better: [by_two], poor: [by_both, by_poor]}
    model = add_model(
        database,
        {
            item: {"followed": (others, [weights[item]] * len(others))}
            for item, others in listed.items()
        },
    )
    with database.engine.begin() as connection:
        connection.execute(
            text("UPDATE collaborative_models SET active = id = :model"), {"model": model}
        )
    profile = add_profile(database)
    for hours, (item, rating) in enumerate([(praised, 9.0), (better, 9.5), (poor, 5.8)]):
        at = NOON + timedelta(hours=hours)
        add_event(database, profile, item, "rated", rating=rating, occurred_at=at)
    now = NOON + timedelta(days=1)
    facts = load_facts(database, now, trend=RANKING.trend)
    versions = read_versions(database, "dana", None)
    followed = Viewers(database, TasteNumbers.of(RANKING)).of(versions, facts, now).taste.followed
    told = dict(zip(followed.items.tolist(), followed.because.tolist(), strict=True))
    assert told == {by_both: praised, by_two: better, by_poor: 0}
