"""`python -m tests.endurance.model_swap`: the active collaborative model, stored once more.

Stored as the job `neighbours` stores what it has learned, and with a job's priority.
"""

import sys

from sqlalchemy import Connection, text

from api.platform.database import opened_database
from config.settings import Settings
from etl.neighbours.model_writes import ItemLevel, ItemNeighbours, replace_model

_MODEL = """
SELECT interactions, profiles, items, ratings_path, rating_numbers
FROM collaborative_models WHERE active
"""
_NEIGHBOURS = """
SELECT item_id, likings, co_liked_ids, co_liked_weights, fan_liked_ids, fan_liked_weights,
    followed_ids, followed_weights
FROM item_neighbours
"""
_LEVELS = "SELECT item_id, ratings, level, factors FROM item_levels"


def main() -> int:
    """Replaces the model."""
    with opened_database(Settings.load()) as database:
        database.work_in_background()
        with database.engine.begin() as connection:
            _swap(connection)
    return 0


def _swap(connection: Connection) -> None:
    connection.execute(text("SET LOCAL statement_timeout = 0"))
    model = connection.execute(text(_MODEL)).one()
    neighbours = connection.execute(text(_NEIGHBOURS)).all()
    levels = connection.execute(text(_LEVELS)).all()
    replace_model(
        connection,
        (ItemNeighbours(*row) for row in neighbours),
        **model._asdict(),
        levels=(ItemLevel(*row) for row in levels),
    )


if __name__ == "__main__":
    sys.exit(main())
