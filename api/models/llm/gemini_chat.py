"""Gemini through Google's google-genai SDK."""

import re
from importlib import import_module
from typing import TYPE_CHECKING

from anyio import to_thread

from api.models.llm.chat_model import AnswerShape, ChatModel, Prompt
from api.platform.errors import (
    LanguageModelBusy,
    LanguageModelUnavailable,
    LanguageModelUnreachable,
)

if TYPE_CHECKING:
    import httpx2
    from google.genai import Client
    from google.genai.types import ContentUnionDict, ThinkingConfigDict

_TOO_MANY = 429
_SECONDS = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,9})?)s")


class GeminiChat(ChatModel):
    """A model behind POST <base_url>/v1beta/models/<model>:generateContent."""

    provider = "Gemini"

    def __init__(self, *, model: str, base_url: str, key: str) -> None:
        self.model = model
        self._base_url = base_url
        self._key = key
        self._http: httpx2.AsyncClient | None = None
        self._client: Client | None = None

    async def connect(self) -> None:
        # Here, because it takes a second and 57 MB, which a service without a model saves. In a
        # thread, because the loop takes calls meanwhile, whose callers have deadlines.
        await to_thread.run_sync(import_module, "google.genai")
        from google.genai import Client
        from google.genai.types import HttpOptions

        from api.models.llm.bounded_http import bounded_client

        if self._client is None:
            self._http = bounded_client(self.provider, {"x-goog-api-key": self._key})
            # Everything is passed: the SDK would take the rest from the process's environment.
            self._client = Client(
                vertexai=False,
                api_key=self._key,
                http_options=HttpOptions(
                    base_url=self._base_url,
                    api_version="v1beta",
                    httpx_async_client=self._http,
                ),
            )

    async def complete(self, prompt: Prompt, shape: AnswerShape) -> str:
        await self.connect()
        import httpx2
        from google.genai.errors import APIError

        assert self._client is not None  # noqa: S101 - connect() made it
        try:
            answer = await self._client.aio.models.generate_content(
                model=self.model,
                contents=_contents(prompt),
                config={
                    "system_instruction": prompt.instructions,
                    "response_mime_type": "application/json",
                    "response_json_schema": dict(shape.schema),
                    "max_output_tokens": shape.most_tokens,
                    "thinking_config": _thinking(self.model),
                },
            )
        except httpx2.TransportError:
            raise LanguageModelUnreachable(f"No connection to {self.provider}.") from None
        except APIError as error:
            problem = f"{self.provider} answered {error.code}."
            seconds = _retry_delay(error.details) if error.code == _TOO_MANY else None
            if seconds is not None:
                raise LanguageModelBusy(problem, retry_after_seconds=seconds) from None
            raise LanguageModelUnavailable(problem) from None
        return answer.text or ""

    async def close(self) -> None:
        if self._client is not None and self._http is not None:
            self._client.close()
            await self._http.aclose()


def _retry_delay(body: object) -> float | None:
    """Seconds that Gemini names in the body (google.rpc.RetryInfo) in place of a Retry-After."""
    error = body.get("error") if isinstance(body, dict) else None
    details = error.get("details") if isinstance(error, dict) else None
    for one in details if isinstance(details, list) else ():
        delay = one.get("retryDelay") if isinstance(one, dict) else None
        if isinstance(delay, str) and (seconds := _SECONDS.fullmatch(delay)):
            return float(seconds[1])
    return None


def _contents(prompt: Prompt) -> "list[ContentUnionDict]":
    contents: list[ContentUnionDict] = []
    for question, answer in prompt.examples:
        contents.append({"role": "user", "parts": [{"text": question}]})
        contents.append({"role": "model", "parts": [{"text": answer}]})
    contents.append({"role": "user", "parts": [{"text": prompt.question}]})
    return contents


def _thinking(model: str) -> "ThinkingConfigDict | None":
    """As little as the model allows: its thoughts would take the time and tokens of the answer."""
    if model.startswith("gemini-2"):
        return None  # these take budgets instead, and not all of them can do without
    from google.genai.types import ThinkingLevel

    return {"thinking_level": ThinkingLevel.MINIMAL if "flash" in model else ThinkingLevel.LOW}
