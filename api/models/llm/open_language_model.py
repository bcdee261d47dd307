"""Chooses the language models that the settings name. Keys go to the provider they belong to."""

import logging
from dataclasses import dataclass

from pydantic import SecretStr

from api.models.llm.chat_model import ChatModel, KeylessChat
from api.models.llm.gemini_chat import GeminiChat
from api.models.llm.language_model import LanguageModel
from api.models.llm.openai_chat import OpenAiChat
from api.models.llm.precautions import Precautions
from config.settings import Settings

log = logging.getLogger(__name__)

_OPENAI_URL = "https://api.openai.com/v1"
_GEMINI_URL = "https://generativelanguage.googleapis.com"
_OPENAI_MODEL = "gpt-5.4-mini"
_GEMINI_MODEL = "gemini-flash-latest"


@dataclass(frozen=True, slots=True)
class _Choice:
    """The settings of one task: RERANK_* or INTENT_*."""

    prefix: str
    provider: str
    model: str | None
    timeout_seconds: float
    endpoint: str | None
    key: SecretStr | None


def open_rerank_model(settings: Settings, precautions: Precautions) -> LanguageModel | None:
    """The model of RERANK_PROVIDER; None when it names none, or RERANK_ENABLED is 0.

    Sends nothing. A provider without a key is a model that fails in words.
    """
    if not settings.rerank_enabled or settings.rerank_provider not in ("openai", "gemini"):
        return None
    choice = _Choice(
        "RERANK",
        settings.rerank_provider,
        settings.rerank_model,
        settings.rerank_timeout,
        settings.rerank_endpoint,
        settings.rerank_api_key,
    )
    return _opened(choice, settings, precautions)


def open_intent_model(settings: Settings, precautions: Precautions) -> LanguageModel | None:
    """The model of INTENT_PROVIDER; None when it names none. Like open_rerank_model."""
    if settings.intent_provider == "none":
        return None
    choice = _Choice(
        "INTENT",
        settings.intent_provider,
        settings.intent_model,
        settings.intent_timeout,
        settings.intent_endpoint,
        settings.intent_api_key,
    )
    return _opened(choice, settings, precautions)


def _opened(choice: _Choice, settings: Settings, precautions: Precautions) -> LanguageModel:
    if choice.provider == "gemini":
        chat = _gemini(choice, settings)
    elif choice.endpoint is not None:
        chat = OpenAiChat(
            f"The server of {choice.prefix}_ENDPOINT",
            model=choice.model or _OPENAI_MODEL,
            base_url=choice.endpoint,
            key=choice.key.get_secret_value() if choice.key else None,
            is_openai=False,
        )
    else:
        chat = _openai(choice, settings)
    return LanguageModel(
        chat,
        timeout_seconds=choice.timeout_seconds,
        keep_seconds=settings.recommend_cache_ttl_seconds,
        precautions=precautions,
    )


def _openai(choice: _Choice, settings: Settings) -> ChatModel:
    model = choice.model or _OPENAI_MODEL
    key = choice.key or settings.openai_api_key
    if key is None:
        return _keyless("OpenAI", model, f"{choice.prefix}_API_KEY or OPENAI_API_KEY")
    return OpenAiChat(
        "OpenAI",
        model=model,
        base_url=settings.openai_base_url or _OPENAI_URL,
        key=key.get_secret_value(),
        is_openai=True,
    )


def _gemini(choice: _Choice, settings: Settings) -> ChatModel:
    model = choice.model or _GEMINI_MODEL
    key = choice.key or settings.gemini_api_key
    if key is None:
        return _keyless("Gemini", model, f"{choice.prefix}_API_KEY or GEMINI_API_KEY")
    return GeminiChat(
        model=model,
        base_url=settings.gemini_endpoint or _GEMINI_URL,
        key=key.get_secret_value(),
    )


def _keyless(provider: str, model: str, wanted: str) -> ChatModel:
    log.warning("language model has no key", extra={"fields": {"set": wanted}})
    return KeylessChat(provider, model, wanted=wanted)
