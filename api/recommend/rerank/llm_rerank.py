"""What a language model is asked about the head of a list, and what it says."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from api.domain.deadline import Deadline
from api.domain.items import MediaType


@dataclass(frozen=True, slots=True)
class CandidateText:
    """A candidate in the words a model reads; nothing in it tells who asks."""

    title: str
    media_type: MediaType
    year: int | None
    genres: tuple[str, ...]
    overview: str
    say: str | None  # the sentence that explains it; None: there is none to rephrase
    facts: tuple[str, ...] = ()  # what that sentence names, letter by letter


@dataclass(frozen=True, slots=True)
class RerankQuestion:
    """Candidates in the mixer's order, and what to judge them by: words, tastes or both."""

    words: str | None
    liked: tuple[str, ...]  # titles, the newest first; () without consent
    genres: tuple[str, ...]  # the favourite ones, the strongest first; () without consent
    candidates: tuple[CandidateText, ...]
    catalogue_version: int
    deadline: Deadline | None = None


@dataclass(frozen=True, slots=True)
class ModelScore:
    """What a model says of one candidate."""

    place: int  # in the question's candidates, from 0
    score: float  # in [0, 1]
    phrase: str | None  # another sentence for `say`, not yet checked


# The scores best first, each candidate at most once; raises LanguageModelUnavailable.
RerankModel = Callable[[RerankQuestion], Sequence[ModelScore]]
