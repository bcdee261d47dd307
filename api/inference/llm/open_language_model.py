"""Chooses the language model that the settings name. Keys go to the provider they belong to."""

import logging
import time
from collections.abc import Callable

from pydantic import SecretStr

from api.inference.llm.chat_model import ChatModel, KeylessChat
from api.inference.llm.gemini_chat import GeminiChat
from api.inference.llm.language_model import LanguageModel
from api.inference.llm.openai_chat import OpenAiChat
from config.settings import Settings

log = logging.getLogger(__name__)

_OPENAI_URL = "https://api.openai.com/v1"
_GEMINI_URL = "https://generativelanguage.googleapis.com"
_OPENAI_MODEL = "gpt-5.4-mini"
_GEMINI_MODEL = "gemini-flash-latest"


def open_rerank_model(
    settings: Settings, *, monotonic: Callable[[], float] = time.monotonic
) -> LanguageModel | None:
    """The model of RERANK_PROVIDER; None when it names none, or RERANK_ENABLED is 0.

    Sends nothing. A provider without a key is a model that fails in words.
    """
    if not settings.rerank_enabled or settings.rerank_provider not in ("openai", "gemini"):
        return None
    own_key = settings.rerank_api_key
    if settings.rerank_provider == "gemini":
        chat = _gemini(settings, key=own_key or settings.gemini_api_key)
    elif settings.rerank_endpoint is not None:
        chat = OpenAiChat(
            "The server of RERANK_ENDPOINT",
            model=settings.rerank_model or _OPENAI_MODEL,
            base_url=settings.rerank_endpoint,
            key=own_key.get_secret_value() if own_key else None,
            is_openai=False,
        )
    else:
        chat = _openai(settings, key=own_key or settings.openai_api_key)
    return LanguageModel(
        chat,
        timeout_seconds=settings.rerank_timeout,
        keep_seconds=settings.recommend_cache_ttl_seconds,
        monotonic=monotonic,
    )


def _openai(settings: Settings, *, key: SecretStr | None) -> ChatModel:
    model = settings.rerank_model or _OPENAI_MODEL
    if key is None:
        return _keyless("OpenAI", model, "RERANK_API_KEY or OPENAI_API_KEY")
    return OpenAiChat(
        "OpenAI",
        model=model,
        base_url=settings.openai_base_url or _OPENAI_URL,
        key=key.get_secret_value(),
        is_openai=True,
    )


def _gemini(settings: Settings, *, key: SecretStr | None) -> ChatModel:
    model = settings.rerank_model or _GEMINI_MODEL
    if key is None:
        return _keyless("Gemini", model, "RERANK_API_KEY or GEMINI_API_KEY")
    return GeminiChat(
        model=model,
        base_url=settings.gemini_endpoint or _GEMINI_URL,
        key=key.get_secret_value(),
    )


def _keyless(provider: str, model: str, wanted: str) -> ChatModel:
    log.warning("language model has no key", extra={"fields": {"set": wanted}})
    return KeylessChat(provider, model, wanted=wanted)
