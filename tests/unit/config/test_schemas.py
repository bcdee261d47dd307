"""The JSON Schemas in config/ are the models', and the shipped files name them."""

import json
from pathlib import Path

import pytest
from pydantic import BaseModel

from config.schemas import MODELS, schema_text


@pytest.mark.parametrize(("path", "model"), MODELS.items(), ids=lambda part: str(part)[-40:])
def test_equals_the_model(path: Path, model: type[BaseModel]) -> None:
    assert path.read_text(encoding="utf-8") == schema_text(model), "run `make schemas`"


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.name)
def test_is_named_by_the_file_beside_it(path: Path) -> None:
    described = path.with_name(path.name.replace(".schema.json", ".json"))
    assert json.loads(described.read_text(encoding="utf-8"))["$schema"] == path.name
