"""OpenAI's chat completions through its SDK; any compatible server will do."""

from importlib import import_module
from typing import TYPE_CHECKING

from anyio import to_thread

from api.models.llm.chat_model import AnswerShape, ChatModel, Prompt
from api.platform.errors import LanguageModelUnavailable, LanguageModelUnreachable

if TYPE_CHECKING:
    from openai import AsyncOpenAI
    from openai.types.chat import ChatCompletionMessageParam


class OpenAiChat(ChatModel):
    """A model behind POST <base_url>/chat/completions."""

    def __init__(
        self, provider: str, *, model: str, base_url: str, key: str | None, is_openai: bool
    ) -> None:
        """`provider` is for messages; without a key none is sent.

        OpenAI's newer models refuse `max_tokens`, other servers know no other name.
        """
        self.provider = provider
        self.model = model
        self._base_url = base_url
        self._key = key
        self._is_openai = is_openai
        self._client: AsyncOpenAI | None = None

    async def connect(self) -> None:
        # Here, because it takes a second and 43 MB, which a service without a model saves. In a
        # thread, because the loop takes calls meanwhile, whose callers have deadlines.
        await to_thread.run_sync(import_module, "openai")
        from openai import AsyncOpenAI

        from api.models.llm.bounded_http import bounded_client

        if self._client is None:
            credentials = {"Authorization": f"Bearer {self._key}"} if self._key else {}
            self._client = AsyncOpenAI(
                api_key=self._key or "none",  # the header is the HTTP client's to set
                base_url=self._base_url,
                max_retries=0,
                http_client=bounded_client(self.provider, credentials),
            )

    async def complete(self, prompt: Prompt, shape: AnswerShape) -> str:
        await self.connect()
        import httpx2
        import openai

        assert self._client is not None  # noqa: S101 - connect() made it
        try:
            completion = await self._client.chat.completions.create(
                model=self.model,
                messages=_messages(prompt),
                response_format={
                    "type": "json_schema",
                    "json_schema": {
                        "name": shape.name,
                        "strict": True,
                        "schema": dict(shape.schema),
                    },
                },
                max_completion_tokens=shape.most_tokens if self._is_openai else openai.omit,
                max_tokens=openai.omit if self._is_openai else shape.most_tokens,
            )
        except (openai.APIConnectionError, httpx2.TransportError):
            raise LanguageModelUnreachable(f"No connection to {self.provider}.") from None
        except openai.APIStatusError as error:
            raise LanguageModelUnavailable(
                f"{self.provider} answered {error.status_code}."
            ) from None
        return completion.choices[0].message.content or ""

    async def close(self) -> None:
        if self._client is not None:
            await self._client.close()


def _messages(prompt: Prompt) -> "list[ChatCompletionMessageParam]":
    messages: list[ChatCompletionMessageParam] = [
        {"role": "system", "content": prompt.instructions}
    ]
    for question, answer in prompt.examples:
        messages.append({"role": "user", "content": question})
        messages.append({"role": "assistant", "content": answer})
    messages.append({"role": "user", "content": prompt.question})
    return messages
