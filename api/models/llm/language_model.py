"""A language model as the service uses it: in bounded time, once per question, never while down.

What every task has in common is here; a task is a prompt file and a model of its answer.
"""

import asyncio
import logging
import time
from collections.abc import Mapping
from concurrent.futures import CancelledError, Future
from concurrent.futures import TimeoutError as FutureTimeout
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from api.domain.deadline import Deadline
from api.models.llm.chat_model import AnswerShape, ChatModel, Prompt
from api.models.llm.precautions import PAUSE_SECONDS, Precautions
from api.models.llm.prompt_file import PromptFile
from api.platform.cache_counts import CacheFigures
from api.platform.errors import (
    LanguageModelBusy,
    LanguageModelUnavailable,
    LanguageModelUnreachable,
)
from api.platform.outbound.background_loop import background_loop
from api.platform.outbound.shared_answers import SharedAnswers

log = logging.getLogger(__name__)

Answer = TypeVar("Answer", bound=BaseModel)
# Task, version of its prompt, catalogue version, digest of all that is sent.
_Key = tuple[str, int, int, bytes]

_ATTEMPTS = 2  # only a failed connection is tried again
# However long a pause a server asks for, it is tried again after this.
_LONGEST_PAUSE_SECONDS = 300.0


@dataclass(frozen=True, slots=True)
class Task(Generic[Answer]):
    """Something a model is asked to do. The prompt's name is the task's."""

    prompt: PromptFile
    answer: type[Answer]
    most_tokens: int

    @property
    def shape(self) -> AnswerShape:
        """The answer's schema, as it is sent to the provider."""
        return AnswerShape(self.prompt.name, self.answer.model_json_schema(), self.most_tokens)


class LanguageModel:
    """One model for one task, with its answers. Thread-safe."""

    def __init__(
        self,
        chat: ChatModel,
        *,
        timeout_seconds: float,
        keep_seconds: float,
        precautions: Precautions,
    ) -> None:
        """`timeout_seconds` bounds a question, retry included; answers are reused `keep_seconds`.

        Loads the provider's library in the background and sends nothing.
        """
        self._chat = chat
        self._timeout_seconds = timeout_seconds
        self._breaker = precautions.breaker_of(chat)
        self._seats = precautions.seats
        self._answers = SharedAnswers(keep_seconds=keep_seconds, monotonic=precautions.monotonic)
        self._resources = ExitStack()
        self._loop = self._resources.enter_context(
            background_loop("language-model", at_end=chat.close)
        )
        self._loop.start_task_soon(chat.connect)

    def ask(
        self,
        task: Task[Answer],
        question: Mapping[str, Any],
        *,
        catalogue_version: int,
        deadline: Deadline | None = None,
    ) -> Answer:
        """The validated answer; threads that ask the same at the same time share one call.

        Raises LanguageModelUnavailable when it is not there within the timeout, or by the
        `deadline` of the request. A call that is given up for the deadline continues until its
        timeout, and its answer serves the next who asks.
        """
        seconds = self._timeout_seconds
        if deadline is not None:
            seconds = min(seconds, deadline.seconds_left())
        if seconds <= 0:
            raise LanguageModelUnavailable(f"No time was left to ask {self._chat.provider}.")
        prompt = task.prompt.ask(question)
        key = self._key(task, prompt, catalogue_version)
        if not self._seats.acquire(blocking=False):
            raise LanguageModelUnavailable(f"Too many requests wait for {self._chat.provider}.")
        try:
            call = self._answers.of(key, partial(self._begin, task, prompt))
            answer = call.result(seconds)
        except (FutureTimeout, CancelledError) as error:
            raise self._late(seconds) from error
        finally:
            self._seats.release()
        assert isinstance(answer, task.answer)  # noqa: S101 - the key names the task
        return answer

    def cache_figures(self) -> CacheFigures:
        """How often an answer was at hand."""
        return self._answers.cache_figures()

    def close(self) -> None:
        """Ends the calls under way and the connections."""
        self._resources.close()

    def _key(self, task: Task[Any], prompt: Prompt, catalogue_version: int) -> _Key:
        digest = sha256(repr((self._chat.model, prompt)).encode()).digest()
        return task.prompt.name, task.prompt.version, catalogue_version, digest

    def _begin(self, task: Task[Any], prompt: Prompt) -> "Future[BaseModel]":
        if not self._breaker.admits():
            raise LanguageModelUnavailable(
                f"{self._chat.provider} failed of late and is left alone for a while."
            )
        return self._loop.start_task_soon(self._answer, task, prompt)

    async def _answer(self, task: Task[Any], prompt: Prompt) -> BaseModel:
        """Asks, and reports to breaker and log how that ended."""
        start = time.perf_counter()
        fields = {
            "provider": self._chat.provider,
            "model": self._chat.model,
            "task": task.prompt.name,
        }
        try:
            json = await self._in_time(prompt, task.shape)
            answer: BaseModel = self._validated(task, json)
        except LanguageModelUnavailable as error:
            fields["problem"] = str(error)
            log.warning("language model failed", extra={"fields": fields})
            asked = error.retry_after_seconds if isinstance(error, LanguageModelBusy) else None
            if asked is not None:
                asked = min(asked, _LONGEST_PAUSE_SECONDS)
            if self._breaker.failed(retry_after_seconds=asked):
                pause = {"pause_seconds": PAUSE_SECONDS if asked is None else asked}
                log.error("language model left alone", extra={"fields": fields | pause})
            raise
        self._breaker.succeeded()
        ms = round((time.perf_counter() - start) * 1000)
        log.info("language model answered", extra={"fields": fields | {"ms": ms}})
        return answer

    async def _in_time(self, prompt: Prompt, shape: AnswerShape) -> str:
        try:
            async with asyncio.timeout(self._timeout_seconds):
                return await self._complete(prompt, shape)
        except LanguageModelUnavailable:
            raise
        except TimeoutError as error:
            raise self._late(self._timeout_seconds) from error
        # Whatever a library makes of an answer it did not expect; its message may quote the answer.
        except Exception as error:
            raise LanguageModelUnavailable(
                f"{self._chat.provider} gave an unreadable answer ({type(error).__name__})."
            ) from None

    async def _complete(self, prompt: Prompt, shape: AnswerShape) -> str:
        for _ in range(_ATTEMPTS - 1):
            try:
                return await self._chat.complete(prompt, shape)
            except LanguageModelUnreachable:
                continue
        return await self._chat.complete(prompt, shape)

    def _validated(self, task: Task[Answer], json: str) -> Answer:
        try:
            return task.answer.model_validate_json(json)
        except ValidationError:
            # Not chained: the error quotes the answer.
            raise LanguageModelUnavailable(
                f"{self._chat.provider} gave an answer that is not of the form asked for."
            ) from None

    def _late(self, seconds: float) -> LanguageModelUnavailable:
        return LanguageModelUnavailable(
            f"{self._chat.provider} did not answer within {round(seconds, 1):g} s."
        )
