"""`python -m config.schemas`: writes the JSON Schemas beside the operator's JSON files.

Each file names its schema under "$schema", so that an editor completes and checks while one types.
"""

import json
from pathlib import Path

from pydantic import BaseModel

from config.business_rules import BusinessRules
from config.explanations import TemplatesDocument

_FOLDER = Path(__file__).resolve().parent

MODELS: dict[Path, type[BaseModel]] = {
    _FOLDER / "business_rules.schema.json": BusinessRules,
    _FOLDER / "explanation_templates.schema.json": TemplatesDocument,
}


def schema_text(model: type[BaseModel]) -> str:
    """The model's schema as the file holds it."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return json.dumps(schema | model.model_json_schema(), indent=2, ensure_ascii=False) + "\n"


def main() -> None:
    """Writes every schema."""
    for path, model in MODELS.items():
        path.write_text(schema_text(model), encoding="utf-8")


if __name__ == "__main__":
    main()
