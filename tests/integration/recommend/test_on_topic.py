"""Which titles are about something: by keyword, and by story where there are no keywords."""

from datetime import UTC, datetime

import numpy as np

from api.catalogue.names.topics import Topic
from api.catalogue.writing.catalogue_writes import write_titles
from api.catalogue.writing.title import Title
from api.platform.database import Database
from api.recommend.constraints.topics import OnTopic

_NOW = datetime(2026, 1, 1, tzinfo=UTC)
_TITLES = (
    Title("movie", 1, "Dawn", overview="A mall.", keywords=("zombie",)),
    Title("movie", 2, "Dusk", overview="A farm.", keywords=("zombie apocalypse", "farm")),
    Title("movie", 3, "Noon", overview="A farmer fights zombies."),
    Title("movie", 4, "Night", overview="He dances like a zombie.", keywords=("dance",)),
    Title("movie", 5, "Morning", overview="Nothing happens."),
)


def test_keywords_tell_and_a_story_only_where_there_are_none(database: Database) -> None:
    with database.engine.begin() as connection:
        write_titles(connection, _TITLES, source="tmdb", now=_NOW)
    asked = OnTopic("words", Topic("zombie", ("zombie", "zombie apocalypse"), 2))
    with database.autocommit() as cursor:
        numbers = dict(cursor.execute("SELECT id, tmdb_id FROM items").fetchall())
        titles = asked.looked_up(cursor).titles
    assert titles is not None
    assert (np.diff(titles) > 0).all()
    assert {numbers[one] for one in titles.tolist()} == {1, 2, 3}
