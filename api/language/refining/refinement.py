"""What a language model is asked about the words of a request, and what it proposes to add."""

from collections.abc import Callable
from dataclasses import dataclass

from api.domain.deadline import Deadline


@dataclass(frozen=True, slots=True)
class Understood:
    """One thing that the parser understood, and the words it understood it from."""

    field: str
    label: str
    words: str


@dataclass(frozen=True, slots=True)
class RefineQuestion:
    """A request in words as the parser read it; nothing in it tells who asks."""

    words: str
    understood: tuple[Understood, ...]
    year: int  # today's, for "recent"
    catalogue_version: int
    deadline: Deadline | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """One constraint that a model heard, unchecked. What it does not need is empty."""

    field: str  # of IntentField, if the model kept to it
    words: str  # of the request, which it claims to have it from
    names: tuple[str, ...] = ()  # any of them
    first: int | None = None  # year or minutes; of a title its year
    last: int | None = None  # year, minutes or age
    role: str | None = None  # of a person


@dataclass(frozen=True, slots=True)
class Refinement:
    """All that a model proposes for a request."""

    proposals: tuple[Proposal, ...]
    rewrite: str = ""  # what to search with in place of the viewer's words
    description: str = ""  # a title that would be just right


# Raises LanguageModelUnavailable.
Refine = Callable[[RefineQuestion], Refinement]
