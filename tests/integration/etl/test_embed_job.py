"""Vectors for what is new or changed; spaces never mix."""

import signal
import subprocess
import sys
from typing import Any

import pytest
from sqlalchemy import text

from api.catalogue.embeddings.space_index import build_index
from api.platform.database import Database
from config.settings import PROJECT_ROOT
from etl.embeddings.embed import Embed
from etl.embeddings.templates import TemplateName
from tests.doubles.encoder import HashEncoder
from tests.doubles.jobs import Outcome, run
from tests.doubles.titles import film, id_of, show, store


def embed(
    database: Database,
    encoder: HashEncoder,
    *,
    version: str = "1",
    template: TemplateName = "basic",
    **options: Any,
) -> Outcome:
    return run(database, Embed(encoder, version, template), job="embed", **options)


def spaces(database: Database) -> list[tuple[Any, ...]]:
    statement = """
        SELECT version, active, count(item_id),
            EXISTS (SELECT FROM pg_indexes WHERE indexname = 'hnsw_space_' || id)
        FROM embedding_spaces LEFT JOIN item_embeddings ON space_id = id
        GROUP BY id ORDER BY id
    """
    with database.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(statement))]


def contents(database: Database) -> list[tuple[int | None, bytes | None]]:
    with database.engine.connect() as connection:
        statement = text("SELECT vectors, text_hash FROM embedding_spaces ORDER BY id")
        return [(row.vectors, row.text_hash) for row in connection.execute(statement)]


def retire(database: Database, tmdb_id: int) -> None:
    with database.engine.begin() as connection:
        statement = text("UPDATE items SET retired_at = now() WHERE tmdb_id = :tmdb_id")
        connection.execute(statement, {"tmdb_id": tmdb_id})


def test_the_first_run_embeds_everything_and_switches_the_space_on(database: Database) -> None:
    store(database, film(1), show(1))
    outcome = embed(database, HashEncoder())
    assert "written 2" in outcome.out
    assert "Switched to hash, version 1, basic." in outcome.out
    assert spaces(database) == [("1", True, 2, True)]


def test_a_second_run_embeds_nothing(database: Database) -> None:
    store(database, film(1))
    embed(database, HashEncoder())
    encoder = HashEncoder()
    assert "unchanged 1" in embed(database, encoder).out
    assert encoder.texts == []


def test_only_a_changed_text_is_embedded_again(database: Database) -> None:
    store(database, film(1, "Same"), film(2, "Old Name"))
    embed(database, HashEncoder())
    store(database, film(1, "Same", popularity=99.0), film(2, "New Name"))
    encoder = HashEncoder()
    embed(database, encoder)
    assert encoder.texts == ["New Name."]


def test_a_second_space_is_built_beside_the_active_one_and_does_not_mix(
    database: Database,
) -> None:
    store(database, film(1), film(2))
    embed(database, HashEncoder())
    partly = embed(database, HashEncoder("other", dimension=4), version="2", limit=1)
    assert "1 title still lacks a vector" in partly.out
    assert spaces(database) == [("1", True, 2, True), ("2", False, 1, False)]
    embed(database, HashEncoder("other", dimension=4), version="2")
    assert spaces(database) == [("1", False, 2, True), ("2", True, 2, True)]


def test_a_model_of_another_dimension_wants_a_name_of_its_own(database: Database) -> None:
    store(database, film(1))
    embed(database, HashEncoder())
    outcome = embed(database, HashEncoder(dimension=4), version="2")
    assert outcome.status == 1
    assert "needs a folder of another name" in outcome.err
    assert spaces(database) == [("1", True, 1, True)]


def test_retired_titles_are_skipped(database: Database) -> None:
    store(database, film(1), film(2))
    retire(database, 2)
    assert "written 1" in embed(database, HashEncoder()).out
    assert spaces(database) == [("1", True, 1, True)]


def test_a_dry_run_counts_and_encodes_nothing(database: Database) -> None:
    store(database, film(1))
    encoder = HashEncoder()
    assert "written 1" in embed(database, encoder, dry_run=True).out
    assert encoder.texts == []
    assert spaces(database) == []


def test_what_was_embedded_before_an_interruption_is_kept(database: Database) -> None:
    class Stopping(HashEncoder):
        def encode(self, texts: Any) -> Any:
            raise KeyboardInterrupt

    store(database, film(1))
    embed(database, HashEncoder())
    store(database, film(2, "Another"))
    assert embed(database, Stopping()).status == 130
    encoder = HashEncoder()
    embed(database, encoder)
    assert encoder.texts == ["Another."]


def test_vectors_come_back_as_they_were_encoded(database: Database) -> None:
    store(database, film(1, "The Lantern Keeper"))
    encoder = HashEncoder()
    embed(database, encoder)
    expected = encoder.encode(["The Lantern Keeper."])[0]
    with database.engine.connect() as connection:
        stored = connection.execute(
            text("SELECT embedding::real[] FROM item_embeddings")
        ).scalar_one()
    assert max(abs(stored - expected)) < 1e-3


def test_the_catalogue_moves_on_when_the_active_space_does(database: Database) -> None:
    def version() -> int:
        with database.engine.connect() as connection:
            return int(
                connection.execute(text("SELECT catalogue_version FROM service_state")).scalar_one()
            )

    store(database, film(1))
    before = version()
    embed(database, HashEncoder())
    switched = version()
    embed(database, HashEncoder())
    assert before < switched == version()


def test_counts_and_digest_follow_what_later_runs_add(database: Database) -> None:
    store(database, film(1))
    embed(database, HashEncoder())
    ((vectors, digest),) = contents(database)
    store(database, film(2, "Another"))
    embed(database, HashEncoder())
    ((more, other),) = contents(database)
    assert (vectors, more) == (1, 2)
    assert digest != other


def test_two_builds_of_the_same_texts_have_one_digest(database: Database) -> None:
    store(database, film(1), film(2, "Another"), show(1))
    for version in ("1", "2"):
        embed(database, HashEncoder(), version=version)
    first, second = contents(database)
    assert first == second == (3, second[1])


def test_counts_that_a_killed_run_left_behind_are_put_right(database: Database) -> None:
    store(database, film(1))
    embed(database, HashEncoder())
    right = contents(database)
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE embedding_spaces SET vectors = 0, text_hash = ''"))
    embed(database, HashEncoder())
    assert contents(database) == right


def test_an_index_that_was_lost_is_built_again(database: Database) -> None:
    store(database, film(1))
    embed(database, HashEncoder())
    with database.engine.begin() as connection:
        connection.execute(text("DROP INDEX hnsw_space_1"))
    outcome = embed(database, HashEncoder())
    assert "Switched" not in outcome.out
    assert spaces(database) == [("1", True, 1, True)]


def test_full_embeds_again_what_did_not_change(database: Database) -> None:
    store(database, film(1), film(2, "Another"))
    embed(database, HashEncoder())
    encoder = HashEncoder()
    assert "written 2, unchanged 0" in embed(database, encoder, full=True).out
    assert len(encoder.texts) == 2


def test_named_items_are_embedded_alone_and_only_when_stale(database: Database) -> None:
    store(database, film(1, "First"), film(2, "Second"), film(3, "Third"))
    first, second = id_of(database, 1), id_of(database, 2)
    embed(database, HashEncoder(), items=(first,))
    encoder = HashEncoder()
    outcome = embed(database, encoder, items=(first, second))
    assert "read 2, written 1, unchanged 1" in outcome.out
    assert "1 title still lacks a vector" in outcome.out
    assert encoder.texts == ["Second."]
    again = HashEncoder()
    embed(database, again, items=(first,), full=True)
    assert again.texts == ["First."]


def test_a_named_item_that_is_gone_is_counted(database: Database) -> None:
    store(database, film(1), film(2))
    retire(database, 2)
    outcome = embed(database, HashEncoder(), items=(id_of(database, 1), id_of(database, 2), 99))
    assert "written 1" in outcome.out
    assert "rejected 2 (not in the catalogue, or retired 2)" in outcome.out


def test_the_vector_of_a_title_that_retires_stays_and_is_used_when_it_returns(
    database: Database,
) -> None:
    store(database, film(1), film(2, "Another"))
    embed(database, HashEncoder())
    retire(database, 2)
    embed(database, HashEncoder())
    assert spaces(database) == [("1", True, 2, True)]
    store(database, film(2, "Another"))
    encoder = HashEncoder()
    embed(database, encoder)
    assert encoder.texts == []


def test_the_pace_of_the_encoder_is_told(database: Database) -> None:
    store(database, film(1))
    assert "texts a second." in embed(database, HashEncoder()).out
    assert "texts a second." not in embed(database, HashEncoder()).out


def test_what_moves_from_day_to_day_makes_no_text_stale(database: Database) -> None:
    store(database, film(1))
    embed(database, HashEncoder())
    with database.engine.begin() as connection:
        connection.execute(
            text(
                "UPDATE items SET popularity = 9, vote_average = 9, vote_count = 9, runtime = 9, "
                "popular_rank = 1, trending_rank = 1, top_rated_rank = 1, status = 'Ended', "
                "poster_path = '/9.jpg', updated_at = now(), fetched_at = now()"
            )
        )
    assert "unchanged 1" in embed(database, HashEncoder()).out


def locks(database: Database) -> int:
    with database.autocommit() as cursor:
        cursor.execute(
            "SELECT FROM pg_locks WHERE locktype = 'advisory' AND database ="
            " (SELECT oid FROM pg_database WHERE datname = current_database())"
        )
        return cursor.rowcount


@pytest.mark.parametrize("chunks", [0, 1, 2])
def test_a_kill_at_any_chunk_loses_that_chunk_alone(database: Database, chunks: int) -> None:
    store(database, *(film(number, f"Film {number}") for number in range(1, 6)))
    program = (
        "import os, signal\n"
        "from api.platform.database import Database\n"
        "from etl.embeddings.embed import Embed\n"
        "from tests.doubles.encoder import HashEncoder\n"
        "from tests.doubles.jobs import run\n"
        "class Killed(HashEncoder):\n"
        "    def encode(self, texts):\n"
        f"        if len(self.texts) == {2 * chunks}:\n"
        "            os.kill(os.getpid(), signal.SIGKILL)\n"
        "        return super().encode(texts)\n"
        "work = Embed(Killed(), '1', 'basic', chunk=2)\n"
        f"run(Database({database.libpq_url!r}), work, job='embed')"
    )
    killed = subprocess.run([sys.executable, "-c", program], cwd=PROJECT_ROOT, check=False)
    assert killed.returncode == -signal.SIGKILL
    # The server takes a moment to see that the process is gone, and holds its lock till then.
    assert any(not locks(database) for _ in range(100_000))
    encoder = HashEncoder()
    outcome = embed(database, encoder)
    assert len(encoder.texts) == 5 - 2 * chunks
    assert "Switched to hash" in outcome.out
    assert spaces(database) == [("1", True, 5, True)]


def test_a_kill_between_index_and_switch_is_made_good(database: Database) -> None:
    store(database, film(1), film(2, "Another"))
    embed(database, HashEncoder())
    embed(database, HashEncoder(), version="2", limit=1)
    build_index(database.engine, space_id=2, dimension=8)
    assert spaces(database) == [("1", True, 2, True), ("2", False, 1, True)]
    encoder = HashEncoder()
    embed(database, encoder, version="2")
    assert len(encoder.texts) == 1
    assert spaces(database) == [("1", False, 2, True), ("2", True, 2, True)]
