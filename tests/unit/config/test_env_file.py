"""`.env`: a name that is nearly a setting's is warned of, any other left to whom it belongs."""

from pathlib import Path

import pytest

from api.platform.errors import ConfigurationError
from config.env_file import tell_of_slips
from config.settings import Settings

_SETTINGS = {name.upper() for name in Settings.model_fields}


@pytest.fixture
def env_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / ".env"
    monkeypatch.setitem(Settings.model_config, "env_file", path)
    monkeypatch.delenv("SLATE_TTL_SECONDS", raising=False)
    return path


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("API_KEY", "API_KEYS"),
        ("RECOMEND_CACHE_TTL_SECONDS", "RECOMMEND_CACHE_TTL_SECONDS"),
        ("RATE_LIMIT_PERMINUTE", "RATE_LIMIT_PER_MINUTE"),
        ("BACKUP_PASSFRASE", "BACKUP_PASSPHRASE"),
        ("database_uri", "DATABASE_URL"),
    ],
)
def test_a_slip_is_told_what_was_meant(
    env_file: Path, caplog: pytest.LogCaptureFixture, written: str, meant: str
) -> None:
    env_file.write_text(f"LOG_LEVEL=info\nexport {written}=hunter2\n")
    assert Settings.load().log_level == "info"
    told = f".env: there is no setting {written.upper()}; did you mean {meant}?"
    assert caplog.messages == [told]


@pytest.mark.parametrize(
    "name",
    [
        *("POSTGRES_PASSWORD", "OTEL_SERVICE_NAME", "OTEL_EXPORTER_OTLP_HEADERS"),
        *("HOSTNAME", "REDIS_HOST", "TZ", "SEENEMALL_IMAGE", "log_level", "WORKER"),
    ],
)
def test_names_of_others_are_left_alone(
    env_file: Path, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    env_file.write_text(f"{name}=info\n")
    Settings.load()
    assert not caplog.messages


@pytest.mark.parametrize("name", sorted(_SETTINGS))
def test_no_setting_is_taken_for_another(
    env_file: Path, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    env_file.write_text(f"{name}=\n")
    tell_of_slips(env_file, Settings)
    assert not caplog.messages


def test_a_mark_before_the_first_name_is_no_part_of_it(env_file: Path) -> None:
    env_file.write_bytes(b"\xef\xbb\xbfSLATE_TTL_SECONDS=77\r\n")
    assert Settings.load().slate_ttl_seconds == 77


def test_a_file_in_another_encoding_is_one_sentence(env_file: Path) -> None:
    env_file.write_bytes(b"LOG_LEVEL=info\nTMDB_API_KEY=\xff\n")
    with pytest.raises(ConfigurationError, match=r"^\.env is not UTF-8\.$"):
        Settings.load()


def test_no_file_and_a_folder_of_its_name_are_none(env_file: Path) -> None:
    Settings.load()
    env_file.mkdir()
    Settings.load()
