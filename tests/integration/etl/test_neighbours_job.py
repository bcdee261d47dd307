"""The stored model: whose opinions it holds, and when it is replaced."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import text

from api.platform.database import Database
from etl.neighbours.build import build_neighbours
from tests.doubles.jobs import Outcome, run
from tests.doubles.titles import film, id_of, store


def like(
    database: Database,
    user_id: str,
    tmdb_ids: Iterable[int],
    *,
    event_type: str = "liked",
    profile: str | None = None,
    consent: bool = True,
) -> None:
    with database.engine.begin() as connection:
        profile_id = connection.execute(
            text(
                "INSERT INTO profiles (user_id, profile, consent_collaborative) "
                "VALUES (:user_id, :profile, :consent) RETURNING id"
            ),
            {"user_id": user_id, "profile": profile, "consent": consent},
        ).scalar_one()
        for tmdb_id in tmdb_ids:
            connection.execute(
                text(
                    "INSERT INTO interactions (profile_id, item_id, event_type, occurred_at) "
                    "VALUES (:profile_id, :item_id, :event_type, now())"
                ),
                {
                    "profile_id": profile_id,
                    "item_id": id_of(database, tmdb_id),
                    "event_type": event_type,
                },
            )


def build(database: Database, **options: Any) -> Outcome:
    return run(database, build_neighbours, job="neighbours", **options)


def pairs(database: Database) -> list[tuple[int, int]]:
    """Co-liked titles by TMDB's ids."""
    statement = """
        SELECT one.tmdb_id, other.tmdb_id
        FROM item_neighbours JOIN collaborative_models ON model_id = collaborative_models.id
        CROSS JOIN unnest(co_liked_ids) AS neighbour_id
        JOIN items AS one ON one.id = item_id JOIN items AS other ON other.id = neighbour_id
        WHERE active ORDER BY 1, 2
    """
    with database.engine.connect() as connection:
        return [(row[0], row[1]) for row in connection.execute(text(statement))]


def models(database: Database) -> int:
    with database.engine.connect() as connection:
        return int(
            connection.execute(text("SELECT count(*) FROM collaborative_models")).scalar_one()
        )


def test_what_two_viewers_like_is_stored_both_ways(database: Database) -> None:
    store(database, film(1), film(2))
    like(database, "ann", [1, 2])
    like(database, "bob", [1, 2])
    assert "written 2" in build(database).out
    assert pairs(database) == [(1, 2), (2, 1)]


def test_a_new_model_takes_the_place_of_the_old(database: Database) -> None:
    store(database, film(1), film(2))
    like(database, "ann", [1, 2])
    like(database, "bob", [1, 2])
    build(database)
    build(database)
    assert models(database) == 1
    assert len(pairs(database)) == 2


def test_profiles_without_consent_are_not_learned_from(database: Database) -> None:
    store(database, film(1), film(2))
    like(database, "ann", [1, 2])
    like(database, "bob", [1, 2], consent=False)
    build(database)
    assert pairs(database) == []


def test_a_users_other_profile_is_no_second_viewer(database: Database) -> None:
    store(database, film(1), film(2))
    like(database, "ann", [1, 2])
    like(database, "ann", [1, 2], profile="kids")
    build(database)
    assert pairs(database) == []


def test_shared_dislikes_make_nothing_liked(database: Database) -> None:
    store(database, film(1), film(2))
    for viewer in ("ann", "bob"):
        like(database, viewer, [1, 2], event_type="not_interested")
    build(database)
    with database.engine.connect() as connection:
        likings = connection.execute(text("SELECT sum(likings) FROM item_neighbours"))
        assert likings.scalar_one() == 0


def test_snoozing_is_no_opinion(database: Database) -> None:
    store(database, film(1))
    like(database, "ann", [1], event_type="not_now")
    assert "read 0" in build(database).out


def test_without_opinions_the_first_model_is_empty_and_a_later_one_stays(
    database: Database,
) -> None:
    store(database, film(1), film(2))
    outcome = build(database)
    assert outcome.status == 0
    assert "No profile with consent has an opinion to learn from." in outcome.out
    assert models(database) == 1
    for viewer in ("ann", "bob"):
        like(database, viewer, [1, 2])
    build(database)
    with database.engine.begin() as connection:
        connection.execute(text("DELETE FROM interactions"))
    assert "The model there is stays." in build(database).out
    assert len(pairs(database)) == 2


def test_a_dry_run_keeps_the_old_model(database: Database) -> None:
    build(database, dry_run=True)
    assert models(database) == 0
