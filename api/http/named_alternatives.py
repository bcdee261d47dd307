"""Names for what OpenAPI writes out in place: generators of clients make a class of every object,
and of two with one title they make none."""

from typing import Any

_PART = "evidence"


def name_alternatives(schemas: dict[str, Any]) -> None:
    """Puts the alternatives of each schema that tells them apart by `code` under names of their
    own, and what is their evidence too, once for all alternatives that share it.

    `alike` of `ReasonOut` becomes `ReasonOutAlike`, and its evidence `AlikeTitleEvidence`.
    """
    for owner, schema in list(schemas.items()):
        codes = [_code(one) for one in schema.get("oneOf", ())]
        if not codes or None in codes:
            continue
        mapping = {}
        for code, one in zip(codes, schema["oneOf"], strict=True):
            name = f"{owner}{''.join(part.capitalize() for part in str(code).split('_'))}"
            part = one["properties"][_PART]
            shared = f"{part['title']}{_PART.capitalize()}"
            schemas[shared] = part
            schemas[name] = {
                **one,
                "title": name,
                "properties": one["properties"] | {_PART: _reference(shared)},
            }
            mapping[str(code)] = _reference(name)["$ref"]
        schema["oneOf"] = [{"$ref": reference} for reference in mapping.values()]
        schema["discriminator"] = {"propertyName": "code", "mapping": mapping}


def _code(alternative: dict[str, Any]) -> str | None:
    code: str | None = alternative.get("properties", {}).get("code", {}).get("const")
    return code


def _reference(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}
