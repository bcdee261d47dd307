"""GET /search/interpret: what a text is understood to ask for, for no viewer."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from api.domain.deadline import Deadline
from api.language.intent import Intent
from api.language.interpreter import ENTITY_SEARCH, Interpreter
from api.language.refiner import LLM_INTENT, Refiner
from api.platform.database import Database
from api.platform.errors import EntitySearchUnavailable, LanguageModelUnavailable
from api.platform.service_state import catalogue_version


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
        degraded: list[str] = []
        intent = self.interpreter.read(text, version=version, today=today)
        try:
            intent = self.interpreter.link(intent, version=version, today=today)
        except EntitySearchUnavailable:
            degraded.append(ENTITY_SEARCH)
        if self.refiner is not None and use_model:
            deadline = Deadline.after(self.model_seconds)
            try:
                intent = self.refiner.refine(
                    intent, version=version, today=today, deadline=deadline
                )
            except LanguageModelUnavailable:
                degraded.append(LLM_INTENT)
        return intent, tuple(degraded)
