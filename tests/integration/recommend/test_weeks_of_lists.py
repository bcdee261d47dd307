"""Lists lie by week: found by their ids alone, and gone with their week."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import psycopg
import pytest

from api.platform import migrations
from api.platform.database import Database
from api.recommend.lists.list_id import first_id_at, new_list_id
from api.recommend.lists.slates import prune_slates
from api.recommend.lists.weeks import drop_weeks, make_weeks
from api.recommend.tonight.lists_of_evenings import lists_since
from api.viewers.events import ProfileKey
from tests.builders import add_slate, rows_of

DAY, WEEK = timedelta(days=1), timedelta(days=7)
# A Wednesday that no week is made for by a migration: those are of the time it runs.
LONG_AGO = datetime(2021, 3, 17, 15, tzinfo=UTC)
MONDAY = datetime(2021, 3, 15, tzinfo=UTC)


def table_of(database: Database, slate: UUID) -> str | None:
    rows = rows_of(
        database, "SELECT tableoid::regclass::text FROM slates WHERE id = %(id)s", id=slate
    )
    return rows[0][0].removeprefix("slate_weeks.") if rows else None


def weeks_of_2021(database: Database) -> list[str]:
    rows = rows_of(
        database,
        "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'slates'::regclass",
    )
    return sorted(name for (name,) in rows if "from_2021" in name)


def add_what_is_said_of(database: Database, slate: UUID) -> None:
    with database.transaction() as cursor:
        cursor.execute(
            "INSERT INTO list_members (slate_id, place, user_id, fits) VALUES (%s, 1, 'eve', '{}')",
            (slate,),
        )
        cursor.execute(
            "INSERT INTO shadow_lists (slate_id, strategy, item_ids, milliseconds)"
            " VALUES (%s, 'other', '{}', 1)",
            (slate,),
        )


def said_of(database: Database) -> list[UUID]:
    statement = "SELECT slate_id FROM list_members UNION ALL SELECT slate_id FROM shadow_lists"
    return sorted(slate for (slate,) in rows_of(database, statement))


def is_executed_scan(line: str) -> bool:
    return "Scan" in line and " on " in line and "never executed" not in line


def test_a_list_lies_in_its_week_and_three_weeks_are_made_at_a_time(database: Database) -> None:
    for _ in range(2):
        make_weeks(database, LONG_AGO)
    assert [name[-10:] for name in weeks_of_2021(database)] == [
        "2021_03_15",
        "2021_03_22",
        "2021_03_29",
    ]
    for at, table in (
        (MONDAY, "from_2021_03_15"),
        (MONDAY + WEEK - timedelta(milliseconds=1), "from_2021_03_15"),
        (MONDAY + WEEK, "from_2021_03_22"),
        (MONDAY - timedelta(milliseconds=1), "others"),
    ):
        slate = add_slate(database, "dana", slate=new_list_id(at))
        assert table_of(database, slate) == table


def test_a_week_goes_when_all_of_it_is_over_with_what_is_said_of_its_lists(
    database: Database,
) -> None:
    make_weeks(database, LONG_AGO)
    old = add_slate(database, "dana", slate=new_list_id(LONG_AGO))
    young = add_slate(database, "dana", slate=new_list_id(LONG_AGO + WEEK))
    other = add_slate(database, "dana", slate=uuid4())
    for slate in (old, young, other):
        add_what_is_said_of(database, slate)
    assert drop_weeks(database, MONDAY + WEEK - timedelta(seconds=1)) == 0
    assert drop_weeks(database, MONDAY + WEEK) == 1
    assert table_of(database, old) is None
    assert said_of(database) == sorted([young, young, other, other])
    assert prune_slates(database, MONDAY + 2 * WEEK) == 1
    assert said_of(database) == [other, other]
    assert [name[-10:] for name in weeks_of_2021(database)] == ["2021_03_29"]


def test_a_list_that_comes_before_its_week_is_made_lies_with_the_others(
    database: Database,
) -> None:
    early = add_slate(database, "dana", slate=new_list_id(LONG_AGO))
    make_weeks(database, LONG_AGO)
    assert table_of(database, early) == "others"
    assert [name[-10:] for name in weeks_of_2021(database)] == ["2021_03_22", "2021_03_29"]
    late = add_slate(database, "dana", slate=new_list_id(LONG_AGO))
    with database.autocommit() as cursor:
        cursor.execute("UPDATE slates SET created_at = %s WHERE id = %s", (MONDAY, early))
    assert prune_slates(database, LONG_AGO) == 1
    assert (table_of(database, early), table_of(database, late)) == (None, "others")


def test_a_week_that_somebody_reads_is_dropped_another_time(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    make_weeks(database, LONG_AGO)
    slate = add_slate(database, "dana", slate=new_list_id(LONG_AGO))
    with psycopg.connect(database.libpq_url) as reader:
        reader.execute("SELECT FROM slates").fetchall()
        assert drop_weeks(database, LONG_AGO + WEEK) == 0
    assert "weeks of lists stay" in caplog.text
    assert table_of(database, slate) == "from_2021_03_15"
    assert drop_weeks(database, LONG_AGO + WEEK) == 1


@pytest.mark.parametrize("plan", ["force_custom_plan", "force_generic_plan"])
@pytest.mark.parametrize("asked", ["id = $1", "id = (SELECT $1)", "id = ANY(ARRAY[$1])"])
def test_what_is_asked_by_id_looks_into_one_week(database: Database, plan: str, asked: str) -> None:
    make_weeks(database, LONG_AGO)
    slate = add_slate(database, "dana", slate=new_list_id(LONG_AGO))
    with psycopg.connect(database.libpq_url) as connection:
        connection.execute(f"SET plan_cache_mode = {plan}")
        connection.execute(f"PREPARE asked (uuid) AS SELECT item_ids FROM slates WHERE {asked}")
        explained = connection.execute(
            f"EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, BUFFERS OFF) EXECUTE asked('{slate}')"
        ).fetchall()
    looked_into = {line.split(" on ")[1] for (line,) in explained if is_executed_scan(line)}
    assert len(looked_into) == 1
    assert "from_2021_03_15" in looked_into.pop()


def test_lists_of_evenings_are_found_in_their_weeks_and_without_one(database: Database) -> None:
    make_weeks(database, LONG_AGO)
    since = LONG_AGO.date()
    evenings = {
        new_list_id(LONG_AGO - timedelta(hours=20)): since,  # where the day begins before UTC's
        new_list_id(LONG_AGO + WEEK): since + WEEK,
        new_list_id(LONG_AGO + 2 * WEEK): since + 2 * WEEK,
        new_list_id(MONDAY + 3 * WEEK): since + 19 * DAY,  # whose week is not made yet
        uuid4(): since + DAY,  # of before lists lay by week
        new_list_id(LONG_AGO - WEEK): since - WEEK,  # too long ago
    }
    for slate, evening in evenings.items():
        add_slate(database, "dana", slate=slate)
        with database.autocommit() as cursor:
            cursor.execute(
                "UPDATE slates SET evening = %s, item_ids = '{7}' WHERE id = %s", (evening, slate)
            )
    found = lists_since(database, ProfileKey("dana", None), since)
    assert {one.id: one.evening for one in found} == dict(list(evenings.items())[:5])
    assert len(found) == 5  # each once


@pytest.mark.parametrize("revision", ["0011", "0032"])
def test_lists_of_before_stay_where_a_week_to_come_has_their_ids_too(
    database: Database, revision: str
) -> None:
    migrations.downgrade(database, "base")
    migrations.upgrade(database, revision)
    usual = UUID("8f1d0c4e-5a0b-4c39-9d53-2f3d9a2c7b11")
    by_chance = UUID(int=first_id_at(datetime.now(UTC)).int | 0x4 << 76 | 0b10 << 62 | 5)
    with psycopg.connect(database.libpq_url) as connection:
        for slate in (usual, by_chance):
            connection.execute(
                "INSERT INTO slates (id, user_id, request_hash, strategy, item_ids, scores,"
                " evidence) VALUES (%s, 'dana', '\\x01', 'standard', '{3,1}', '{0.5,0.25}', '')",
                (slate,),
            )
    migrations.upgrade(database)
    assert table_of(database, usual) == "others"
    assert str(table_of(database, by_chance)).startswith("from_")
    for slate in (usual, by_chance):
        add_what_is_said_of(database, slate)
    new = add_slate(database, "dana", slate=new_list_id(datetime.now(UTC)))
    assert table_of(database, new) == table_of(database, by_chance)
    migrations.downgrade(database, "0032")
    assert said_of(database) == sorted([usual, usual, by_chance, by_chance])
    migrations.upgrade(database)
    kept = rows_of(database, "SELECT id, item_ids, scores FROM slates WHERE request_hash = '\\x01'")
    assert sorted(kept) == sorted([(one, [3, 1], [0.5, 0.25]) for one in (usual, by_chance)])
    with database.autocommit() as cursor:
        cursor.execute("DELETE FROM slates")
    assert said_of(database) == []
    migrations.check(database)


def test_lists_are_stored_as_they_come_in_every_week(database: Database) -> None:
    make_weeks(database, LONG_AGO)
    stored = rows_of(
        database,
        "SELECT DISTINCT attname, attstorage::text FROM pg_attribute JOIN pg_inherits"
        " ON attrelid = inhrelid WHERE inhparent = 'slates'::regclass"
        " AND attname IN ('item_ids', 'scores', 'evidence') ORDER BY attname",
    )
    assert stored == [("evidence", "e"), ("item_ids", "e"), ("scores", "e")]
