"""What a list was made with: everything that a replay of it needs and cannot find in the list."""

from dataclasses import asdict, dataclass, fields
from datetime import datetime
from hashlib import sha256
from typing import Any

import orjson
from pydantic import TypeAdapter

from api.domain.arrays import Ints
from api.language.intent import Intent
from api.viewers.preferences.preference import Preference
from api.viewers.versions import Versions


@dataclass(frozen=True, slots=True)
class ListProvenance:
    """Stored with the list. Digests are SHA-256 in hex."""

    configuration: str  # digest of the strategy's numbers
    rules: str  # digest of the business rules
    versions: Versions
    facts_at: datetime  # when the resident catalogue was read: our own trends fade with time
    learned_at: datetime  # when the taste was learned, which ages with time too
    excluded: int  # titles that were seen, refused or snoozed
    excluded_digest: str
    preferences: tuple[Preference, ...] = ()  # what the viewer said then
    degraded: tuple[str, ...] = ()
    intent: Intent | None = None  # as the words were read then, whoever read them
    judged: tuple[int, ...] = ()  # item ids that a hosted model put first, in its order
    seed: str | None = None  # of what was drawn, in hex; None: the list's id, before it was noted


def ids_digest(ids: Ints) -> str:
    """The digest of a set of ids, given ascending."""
    return sha256(ids.astype("<i4").tobytes()).hexdigest()


def as_json(provenance: ListProvenance) -> str:
    """One flat document: SQL asks for entries of it by name."""
    document = {field.name: getattr(provenance, field.name) for field in fields(provenance)}
    document |= asdict(document.pop("versions"))
    # Sets become lists.
    return orjson.dumps(document, default=sorted).decode()


def of_document(document: dict[str, Any]) -> ListProvenance:
    """What `as_json` wrote, parsed as JSON."""
    versions = {name: document[name] for name in _VERSIONS if name in document}
    return _PROVENANCE.validate_python(document | {"versions": versions})


_VERSIONS = tuple(field.name for field in fields(Versions))
_PROVENANCE = TypeAdapter(ListProvenance)
