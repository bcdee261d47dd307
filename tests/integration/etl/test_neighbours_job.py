"""The stored model: whose opinions it holds, and when it is replaced."""

from collections.abc import Iterable
from typing import Any

import pytest
from sqlalchemy import text

from api.platform.database import Database
from api.viewers.account.statements import forget
from etl.neighbours.build import build_neighbours
from etl.neighbours.nearest import Nearest, nearest_profiles
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


def near(database: Database) -> list[tuple[str, str | None, str, str | None]]:
    """Who is nearest to whom by the active model: (user, profile) twice."""
    statement = """
        SELECT one.user_id, one.profile, other.user_id, other.profile
        FROM viewer_neighbours JOIN collaborative_models AS models ON models.id = model_id
        JOIN profiles AS one ON one.id = profile_id
        JOIN profiles AS other ON other.id = neighbour_id
        WHERE active ORDER BY 1, 2, 3, 4
    """
    with database.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(statement))]


def three_viewers(database: Database) -> None:
    store(database, film(1), film(2), film(3), film(4))
    like(database, "ann", [1, 2])
    like(database, "bob", [1, 2])
    like(database, "cho", [3, 4])


def test_who_likes_the_same_titles_is_stored_both_ways(database: Database) -> None:
    three_viewers(database)
    build(database)
    assert near(database) == [("ann", None, "bob", None), ("bob", None, "ann", None)]


def test_a_users_own_profiles_are_no_neighbours(database: Database) -> None:
    three_viewers(database)
    like(database, "ann", [1, 2], profile="kids")
    build(database)
    assert near(database) == [
        ("ann", "kids", "bob", None),
        ("ann", None, "bob", None),
        ("bob", None, "ann", "kids"),
        ("bob", None, "ann", None),
    ]


def test_viewers_without_consent_have_no_neighbours_and_are_none(database: Database) -> None:
    three_viewers(database)
    like(database, "dan", [1, 2], consent=False)
    build(database)
    assert not any("dan" in pair for pair in near(database))


def test_a_removed_user_is_nobodys_neighbour(database: Database) -> None:
    three_viewers(database)
    build(database)
    with database.autocommit() as cursor:
        forget(cursor, "bob")
    assert near(database) == []


def test_a_user_who_is_removed_while_the_model_is_learned_is_left_out(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    three_viewers(database)
    like(database, "dan", [1, 2])

    def nearest_meanwhile(*args: Any, **options: Any) -> Nearest:
        with database.autocommit() as cursor:
            forget(cursor, "bob")
        return nearest_profiles(*args, **options)

    monkeypatch.setattr("etl.neighbours.build.nearest_profiles", nearest_meanwhile)
    assert build(database).status == 0
    assert near(database) == [("ann", None, "dan", None), ("dan", None, "ann", None)]
