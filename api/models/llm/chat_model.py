"""The contract of a language model's provider: one prompt, one answer, one attempt.

Implementations: `OpenAiChat` (OpenAI and every server that speaks its language), `GeminiChat`, and
`KeylessChat` for a provider that was chosen without a key. Deadlines, retries, the breaker, the
cache and the validation of answers are `LanguageModel`'s.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from api.platform.errors import LanguageModelUnavailable


@dataclass(frozen=True, slots=True)
class Prompt:
    """What is sent: instructions, examples of question and answer, the question."""

    instructions: str
    examples: tuple[tuple[str, str], ...]
    question: str


@dataclass(frozen=True, slots=True)
class AnswerShape:
    """What the answer must be: JSON of this schema, of at most that many tokens."""

    name: str
    schema: Mapping[str, Any]
    most_tokens: int


class ChatModel(Protocol):
    """One model of one provider. Lives on one event loop."""

    provider: str  # as messages and logs name it
    model: str

    async def connect(self) -> None:
        """Loads the provider's library without blocking the loop; sends nothing."""
        ...

    async def complete(self, prompt: Prompt, shape: AnswerShape) -> str:
        """The answer's JSON, unchecked; as long as it takes, so callers set the deadline.

        Raises LanguageModelUnreachable when the connection fails, LanguageModelUnavailable for a
        refusal. No message repeats anything that the server sent.
        """
        ...

    async def close(self) -> None:
        """Closes the connections."""
        ...


class KeylessChat(ChatModel):
    """A provider without its key: raises, and never opens a connection."""

    def __init__(self, provider: str, model: str, *, wanted: str) -> None:
        """`wanted` names the settings of which one is needed."""
        self.provider = provider
        self.model = model
        self._wanted = wanted

    async def connect(self) -> None:
        pass

    async def complete(self, prompt: Prompt, shape: AnswerShape) -> str:  # noqa: ARG002
        raise LanguageModelUnavailable(f"{self.provider} needs a key: set {self._wanted}.")

    async def close(self) -> None:
        pass
