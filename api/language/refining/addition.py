"""What one proposal adds to an intent."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from api.language.intent import Intent, IntentField, Value
from api.language.refining.refinement import Proposal
from api.language.vocabulary.names import Names


@dataclass(frozen=True, slots=True)
class Addition:
    """Fields of the intent as they become, and every value and label that a client is shown."""

    field: IntentField
    changes: dict[str, Any]
    shown: tuple[tuple[Value, str], ...]


# None: the proposal adds nothing, contradicts what was understood before, or names nothing known.
Rule = Callable[[Intent, Proposal, Names, date], Addition | None]
