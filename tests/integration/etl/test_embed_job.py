"""Vectors for what is new or changed; spaces never mix."""

from typing import Any

from sqlalchemy import text

from api.storage.database import Database
from etl.embeddings.embed import Embed
from etl.embeddings.templates import TemplateName
from tests.doubles.encoder import HashEncoder
from tests.doubles.jobs import Outcome, run
from tests.doubles.titles import film, show, store


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
    assert "1 titles still lack a vector" in partly.out
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
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE items SET retired_at = now() WHERE tmdb_id = 2"))
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
