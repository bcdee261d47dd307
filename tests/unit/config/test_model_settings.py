"""What an operator may say of hosted models and keys, and what is refused with one sentence."""

import pytest

from api.errors import ConfigurationError
from config.settings import Settings


@pytest.mark.parametrize(
    "name",
    ["RERANK_API_KEY", "OPENAI_API_KEY", "GEMINI_API_KEY", "TMDB_API_KEY", "TMDB_BEARER_TOKEN"],
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


def test_an_openai_compatible_server_is_not_geminis() -> None:
    server = {"RERANK_ENDPOINT": "http://127.0.0.1:11434/v1"}
    assert Settings.load({"RERANK_PROVIDER": "openai"} | server).rerank_endpoint is not None
    with pytest.raises(ConfigurationError, match=r"^RERANK_ENDPOINT is for .*GEMINI_ENDPOINT"):
        Settings.load({"RERANK_PROVIDER": "gemini"} | server)


@pytest.mark.parametrize(
    ("name", "value"),
    [
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
