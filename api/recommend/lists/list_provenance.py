"""What a list was made with: everything that a replay of it needs and cannot find in the list."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from api.domain.arrays import Ints
from api.language.intent import Intent
from api.viewers.preferences.preference import Preference


@dataclass(frozen=True, slots=True)
class ListProvenance:
    """Stored with the list. Digests are SHA-256 in hex."""

    configuration: str  # digest of the strategy's numbers
    rules: str  # digest of the business rules
    catalogue_version: int
    facts_at: datetime  # when the resident catalogue was read: our own trends fade with time
    profile_id: int | None
    profile_version: int
    shares_taste: bool
    learned_at: datetime  # when the taste was learned, which ages with time too
    excluded: int  # titles that were seen, refused or snoozed
    excluded_digest: str
    space_id: int | None
    space_model: str | None
    model_id: int | None
    preferences: tuple[Preference, ...] = ()  # what the viewer said then
    degraded: tuple[str, ...] = ()
    intent: Intent | None = None  # as the words were read then, whoever read them
    judged: tuple[int, ...] = ()  # item ids that a hosted model put first, in its order


def ids_digest(ids: Ints) -> str:
    """The digest of a set of ids, given ascending."""
    return sha256(ids.astype("<i4").tobytes()).hexdigest()
