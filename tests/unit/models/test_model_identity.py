"""Which names mean the same vectors, told without loading a model."""

from pathlib import Path

import pytest

from api.models.model_identity import ModelIdentity, identify
from tests.tiny_bert import write_tiny_bert


@pytest.mark.parametrize("model", ["all-MiniLM-L6-v2", "sentence-transformers/all-MiniLM-L6-v2"])
def test_both_names_of_the_default_model_are_one(model: str) -> None:
    assert identify(model) == ModelIdentity("all-MiniLM-L6-v2", 384)


def test_a_folder_goes_by_its_own_name_wherever_it_is(tmp_path: Path) -> None:
    for parent in ("here", "there"):
        folder = write_tiny_bert(tmp_path / parent / "tiny")
        assert identify(str(folder)) == ModelIdentity("tiny", 16)


def test_a_model_of_the_hub_tells_its_dimension_when_it_is_loaded() -> None:
    assert identify("owner/model") == ModelIdentity("owner/model", None)


def test_a_folder_that_only_another_backend_reads_has_a_name_still(tmp_path: Path) -> None:
    assert identify(str(tmp_path)) == ModelIdentity(tmp_path.name, None)


def test_what_names_no_model_is_a_name_of_no_vectors() -> None:
    assert identify("/nowhere/model") == ModelIdentity("/nowhere/model", None)
