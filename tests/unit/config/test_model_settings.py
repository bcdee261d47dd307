"""What an operator may say of hosted models and keys, and what is refused with one sentence."""

import pytest

from api.platform.errors import ConfigurationError
from config.settings import Settings


@pytest.mark.parametrize(
    "name",
    [
        "INTENT_API_KEY",
        "RERANK_API_KEY",
        "OPENAI_API_KEY",
        "GEMINI_API_KEY",
        "TMDB_API_KEY",
        "TMDB_BEARER_TOKEN",
    ],
)
@pytest.mark.parametrize(
    "key",
    [
        "your-api-key",
        "your_openai_key",
        "sk-your-key-here",
        "put-it-here",
        "changeme",
        "change-me",
        "REPLACE_ME",
        "<key>",
        "sk-...",
        "xxxxxxxx",
        "PLACEHOLDER",
        "two words",
        "line\nbreak",
        "מפתח",
    ],
)
def test_a_placeholder_is_refused_by_name_and_not_shown(name: str, key: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        Settings.load({name: key})
    assert str(caught.value).startswith(f"{name}: ")
    assert str(caught.value).endswith(".")
    assert key not in str(caught.value)


@pytest.mark.parametrize("key", ["sk-proj-Ab0_9-x", "AIzaSyD-9tSrke72PouQMnMX", "ollama", "EMPTY"])
def test_a_key_is_taken(key: str) -> None:
    settings = Settings.load({"RERANK_API_KEY": key})
    assert settings.rerank_api_key is not None
    assert key not in repr(settings)


@pytest.mark.parametrize("task", ["INTENT", "RERANK"])
def test_an_openai_compatible_server_is_not_geminis(task: str) -> None:
    server = {f"{task}_ENDPOINT": "http://127.0.0.1:11434/v1"}
    Settings.load({f"{task}_PROVIDER": "openai"} | server)
    with pytest.raises(ConfigurationError, match=f"^{task}_ENDPOINT is for .*GEMINI_ENDPOINT"):
        Settings.load({f"{task}_PROVIDER": "gemini"} | server)


def test_all_models_of_a_request_have_the_longer_of_their_timeouts() -> None:
    seconds = {"INTENT_TIMEOUT": 2, "RERANK_TIMEOUT": 5}
    assert Settings.load(seconds).language_model_seconds == 5


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("INTENT_PROVIDER", "small"),
        ("INTENT_TIMEOUT", "0"),
        ("INTENT_TIMEOUT", "61"),
        ("INTENT_ENDPOINT", "127.0.0.1:11434"),
        ("RERANK_PROVIDER", "claude"),
        ("RERANK_TIMEOUT", "0"),
        ("RERANK_TIMEOUT", "61"),
        ("RERANK_ENDPOINT", "127.0.0.1:11434"),
        ("OPENAI_BASE_URL", "ftp://example.org"),
        ("GEMINI_ENDPOINT", "https://"),
    ],
)
def test_a_wrong_value_is_named(name: str, value: str) -> None:
    with pytest.raises(ConfigurationError, match=f"^{name}: .*{value}"):
        Settings.load({name: value})
