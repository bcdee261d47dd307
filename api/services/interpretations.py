"""GET /search/interpret: what a text is understood to ask for, for no viewer."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from api.domain.deadline import Deadline
from api.domain.intent import Intent
from api.errors import LanguageModelUnavailable
from api.services.interpreter import Interpreter
from api.services.refiner import Refiner
from api.stages.query_hydrators.llm_intent import LlmIntent
from api.storage.database import Database
from api.storage.service_state import catalogue_version


@dataclass(frozen=True, slots=True)
class Interpretations:
    """The use case; one per process. `refiner` is None where no model reads words."""

    database: Database
    interpreter: Interpreter
    refiner: Refiner | None
    model_seconds: float
    clock: Callable[[], datetime]

    def of(self, text: str, *, use_model: bool) -> tuple[Intent, tuple[str, ...]]:
        """What GET /recommend would read in the text, and what failed meanwhile."""
        version, today = catalogue_version(self.database), self.clock().date()
        intent = self.interpreter.read(text, version=version, today=today)
        if self.refiner is None or not use_model:
            return intent, ()
        deadline = Deadline.after(self.model_seconds)
        try:
            refined = self.refiner.refine(intent, version=version, today=today, deadline=deadline)
        except LanguageModelUnavailable:
            return intent, (LlmIntent.name,)
        return refined, ()
