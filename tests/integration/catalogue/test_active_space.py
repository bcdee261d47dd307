"""A process does not start on vectors that its text encoder cannot be compared with."""

from pathlib import Path

import pytest

from api.catalogue.embeddings.active_space import refuse_other_model
from api.catalogue.embeddings.embedding_spaces import open_space, switch_to
from api.platform.database import Database
from api.platform.errors import ConfigurationError
from tests.tiny_bert import write_tiny_bert

_DEFAULT = "all-MiniLM-L6-v2"


def search(
    database: Database, model: str, dimension: int, *, version: str = "1", template: str = "basic"
) -> None:
    with database.engine.begin() as connection:
        space = open_space(
            connection, model=model, version=version, template=template, dimension=dimension
        )
        switch_to(connection, space)


def test_nothing_to_refuse_before_the_first_space(database: Database) -> None:
    refuse_other_model(database, _DEFAULT)


@pytest.mark.parametrize("name", [_DEFAULT, f"sentence-transformers/{_DEFAULT}"])
def test_any_version_and_template_of_the_model_may_be_searched(
    database: Database, name: str
) -> None:
    search(database, _DEFAULT, 384, version="old", template="emphasized")
    refuse_other_model(database, name)


def test_vectors_of_another_model_are_refused_with_both_ways_out(database: Database) -> None:
    search(database, "owner/other", 384)
    with pytest.raises(ConfigurationError) as refused:
        refuse_other_model(database, _DEFAULT)
    assert str(refused.value) == (
        "The vectors in use are of owner/other, but EMBED_MODEL=all-MiniLM-L6-v2: run "
        "`make embed`, which builds vectors of the new model and switches to them, or set "
        "EMBED_MODEL back to owner/other."
    )


def test_a_space_that_is_still_being_filled_changes_nothing(database: Database) -> None:
    search(database, _DEFAULT, 384)
    with database.engine.begin() as connection:
        open_space(connection, model="owner/other", version="1", template="basic", dimension=768)
    refuse_other_model(database, _DEFAULT)
    with pytest.raises(ConfigurationError, match="run `make embed`"):
        refuse_other_model(database, "owner/other")


def test_a_folder_whose_model_was_exchanged_is_refused(database: Database, tmp_path: Path) -> None:
    folder = write_tiny_bert(tmp_path / "tiny")
    search(database, "tiny", 16)
    refuse_other_model(database, str(folder))
    search(database, "small", 8)
    with pytest.raises(ConfigurationError, match=r"8 dimensions, but the model in .* gives 16"):
        refuse_other_model(database, str(write_tiny_bert(tmp_path / "small")))


def test_a_model_that_is_none_is_refused_as_another(database: Database) -> None:
    search(database, _DEFAULT, 384)
    with pytest.raises(ConfigurationError, match="but EMBED_MODEL=/nowhere"):
        refuse_other_model(database, "/nowhere")
