"""Everything an operator sets by environment, read and validated once at start-up.

`Settings.load()` is called in main and in the jobs' command line; the result is passed down.
`.env.example` documents each name; a test holds the two equal.
"""

import ipaddress
import os
import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from croniter import croniter
from pydantic import (
    AfterValidator,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from api.platform.country_codes import CODES, country_of
from api.platform.database_url import of_libpq
from api.platform.errors import ConfigurationError
from api.platform.settings_needs import PROJECT_ROOT as PROJECT_ROOT
from api.platform.wire.wrong_field import Shaped
from config.env_file import ENCODING, tell_of_slips
from config.ranking import ENVIRONMENT_OVERRIDES, Ranking, load_ranking
from config.strategy_files import RerankerNumbers, StrategyFile, load_strategies
from config.told import first_wrong, with_value

_CONFIG = PROJECT_ROOT / "config"

OFF = "off"  # as a schedule
_MAY_HIDE_A_KEY = re.compile(r"\S@|\?")
_ORIGIN = re.compile(r"[a-z][a-z0-9+.-]*://[A-Za-z0-9.-]+(:\d+)?|https?://\[[0-9a-f:]+\](:\d+)?")

_LOCALE = re.compile(r"[A-Za-z]{2,3}_([A-Z]{2})\b")

Csv = Annotated[tuple[str, ...], NoDecode]
Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$"), AfterValidator(country_of)]
HttpUrl = Annotated[
    str, Shaped(r"^https?://[^\s/]+\S*$", "an address such as https://media.example:8443")
]
Override = float | None  # of an entry in ranking.toml
# What a header can carry, and what examples and guides put where a key belongs: each request with
# one of these would fail, after its wait.
_CAN_BE_SENT = re.compile(r"[!-~]+")
_PLACEHOLDER = re.compile(
    r"^your[-_]|[-_](your|here)\b|change[-_]?me|replace[-_]?me|placeholder|^<.*>$|\.\.\.|^x+$", re.I
)


class Settings(BaseSettings):
    """All settings; names are the environment's, in lower case."""

    model_config = SettingsConfigDict(
        env_file=PROJECT_ROOT / ".env",
        env_file_encoding=ENCODING,
        extra="ignore",
        frozen=True,
        env_ignore_empty=True,
    )

    # Service
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    workers: int = Field(default=1, ge=1, le=64)
    requests_at_once: int = Field(default=2, ge=1, le=40)
    request_patience_seconds: float = Field(default=1.5, gt=0, le=60)
    request_deadline_seconds: float = Field(default=20.0, gt=0, le=600)
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    otel_exporter_otlp_endpoint: HttpUrl | None = None
    # Storage
    database_url: SecretStr | None = None
    data_dir: Path = PROJECT_ROOT / ".data"
    database_pool_size: int = Field(default=8, ge=2, le=100)
    backup_passphrase: SecretStr | None = Field(default=None, min_length=12)
    # Access
    api_keys: Annotated[tuple[SecretStr, ...], NoDecode] = ()
    allow_anonymous: bool = False
    jwt_secret: SecretStr | None = None
    jwt_jwks_url: HttpUrl | None = None
    jwt_issuer: str | None = None
    jwt_audience: str | None = None
    cors_origins: Csv = ()
    trusted_proxies: Csv = ()
    rate_limit_per_minute: int = Field(default=600, ge=0)
    rate_limit_storage: SecretStr | None = None
    cursor_secret: SecretStr | None = None
    # Answers
    recommend_cache_ttl_seconds: float = Field(default=300, ge=0)
    slate_ttl_seconds: int = Field(default=3600, ge=1)
    slate_keep_days: int = Field(default=90, ge=1)
    batch_keep_hours: int = Field(default=48, ge=1)
    history_keep_days: int | None = Field(default=None, ge=1)
    feedback_keep_days: int | None = Field(default=None, ge=1)
    # Ranking
    ranking_path: Path = _CONFIG / "ranking.toml"
    strategies_path: Path = _CONFIG / "strategies"
    business_rules_path: Path = _CONFIG / "business_rules.json"
    explanation_templates_path: Path = _CONFIG / "explanation_templates.json"
    ann_description_weight: Override = None
    heuristic_min_popularity: Override = None
    heuristic_min_popularity_penalty: Override = None
    heuristic_min_signal_multiplier: Override = None
    heuristic_min_vote_count: Override = None
    heuristic_min_vote_count_penalty: Override = None
    hybrid_ann_weight: Override = None
    hybrid_popularity_weight: Override = None
    hybrid_vote_weight: Override = None
    mixer_collab_weight: Override = None
    mixer_novelty_weight: Override = None
    mixer_trending_weight: Override = None
    mmr_lambda: Override = None
    rewrite_blend_alpha: Override = None
    rewrite_text_weight: Override = None
    serendipity_ratio: Override = None
    user_profile_decay_half_life: Override = None
    # Intent and rerankers
    intent_provider: Literal["none", "openai", "gemini"] = "none"
    intent_model: str | None = None
    intent_timeout: float = Field(default=3, gt=0, le=60)
    intent_endpoint: HttpUrl | None = None
    intent_api_key: SecretStr | None = None
    intent_enable_ann_description: bool = False
    entity_search: bool = True
    entity_search_timeout: float = Field(default=0.8, gt=0, le=10)
    rerank_enabled: bool = True
    rerank_provider: Literal["none", "small", "openai", "gemini"] = "none"
    rerank_model: str | None = None
    rerank_timeout: float = Field(default=6, gt=0, le=60)
    rerank_endpoint: HttpUrl | None = None
    rerank_api_key: SecretStr | None = None
    small_rerank_input_window: int = Field(default=40, ge=1, le=200)
    small_rerank_output_limit: int = Field(default=12, ge=1, le=200)
    small_rerank_timeout: float = Field(default=1.5, gt=0, le=60)
    small_rerank_cache_ttl: float = Field(default=120, ge=0)
    small_rerank_cache_maxsize: int = Field(default=256, ge=1)
    small_rerank_rank_weight: float = Field(default=0.05, ge=0, le=1)
    openai_api_key: SecretStr | None = None
    openai_base_url: HttpUrl | None = None
    gemini_api_key: SecretStr | None = None
    gemini_endpoint: HttpUrl | None = None
    # Embeddings
    embed_model: str = "all-MiniLM-L6-v2"
    embed_backend: Literal["onnx", "torch"] = "onnx"
    embed_batch: int = Field(default=64, ge=1, le=1024)
    embed_version: str = Field(default="1", pattern=r"^[\w.-]{1,40}$")
    embed_template: Literal["basic", "structured", "natural", "emphasized", "story"] = "story"
    # Catalogue jobs
    refresh_schedule: str = "15 3 * * *"
    sync_schedule: str = "40 * * * *"
    trakt_client_id: SecretStr | None = None
    trakt_client_secret: SecretStr | None = None
    trakt_url: HttpUrl = "https://api.trakt.tv"
    plex_url: HttpUrl | None = None
    plex_token: SecretStr | None = None
    jellyfin_url: HttpUrl | None = None
    jellyfin_api_key: SecretStr | None = None
    radarr_url: HttpUrl | None = None
    radarr_api_key: SecretStr | None = None
    sonarr_url: HttpUrl | None = None
    sonarr_api_key: SecretStr | None = None
    tmdb_api_key: SecretStr | None = None
    tmdb_bearer_token: SecretStr | None = None
    tmdb_base_url: HttpUrl = "https://api.themoviedb.org/3"
    tmdb_export_url: HttpUrl = "https://files.tmdb.org/p/exports"
    tmdb_image_url: HttpUrl = "https://image.tmdb.org/t/p/w500"
    posters: Literal["tmdb", "none"] = "tmdb"
    tmdb_rate_per_second: float = Field(default=40, gt=0, le=1000)
    tmdb_min_popularity: float = Field(default=1.0, ge=0)
    grouplens_url: HttpUrl = "https://files.grouplens.org/datasets/movielens"
    justwatch_url: HttpUrl = "https://apis.justwatch.com/graphql"
    justwatch_country: Country = "IL"
    justwatch_countries: Annotated[tuple[Country, ...], NoDecode] = ()
    justwatch_language: str = Field(default="en", pattern=r"^[a-z]{2}$")
    justwatch_platform: Literal["WEB", "ANDROID", "IOS"] = "WEB"
    justwatch_rate_per_second: float = Field(default=2, gt=0, le=100)

    @field_validator(
        "api_keys", "cors_origins", "trusted_proxies", "justwatch_countries", mode="before"
    )
    @classmethod
    def _split_commas(cls, value: Any) -> Any:
        if isinstance(value, str):
            return tuple(part for part in (piece.strip() for piece in value.split(",")) if part)
        return value

    @field_validator("api_keys")
    @classmethod
    def _keys_are_long(cls, keys: tuple[SecretStr, ...]) -> tuple[SecretStr, ...]:
        for key in keys:
            if len(key.get_secret_value().rpartition(":")[2]) < 16:
                raise ValueError("every key needs at least 16 characters (scope:key or key)")
        return keys

    @field_validator("jwt_secret")
    @classmethod
    def _secret_is_long(cls, secret: SecretStr | None) -> SecretStr | None:
        if secret is not None and len(secret.get_secret_value()) < 32:
            raise ValueError("a JWT secret needs at least 32 characters")
        return secret

    @field_validator(
        "intent_api_key",
        "rerank_api_key",
        "openai_api_key",
        "gemini_api_key",
        "tmdb_api_key",
        "tmdb_bearer_token",
        "trakt_client_id",
        "trakt_client_secret",
        "plex_token",
        "jellyfin_api_key",
        "radarr_api_key",
        "sonarr_api_key",
    )
    @classmethod
    def _key_is_real(cls, key: SecretStr | None) -> SecretStr | None:
        if key is not None and not _CAN_BE_SENT.fullmatch(key.get_secret_value()):
            raise ValueError("a key is one word of ASCII characters")
        if key is not None and _PLACEHOLDER.search(key.get_secret_value()):
            raise ValueError("this is a placeholder, not a key; unset it or fill it in")
        return key

    @field_validator("database_url")
    @classmethod
    def _url_is_postgres(cls, url: SecretStr | None) -> SecretStr | None:
        """Its parts are not repeated in the message: one of them is a password."""
        if url is None:
            return None
        of_libpq(url.get_secret_value())
        return url

    @field_validator("cors_origins")
    @classmethod
    def _origins_are_origins(cls, origins: tuple[str, ...]) -> tuple[str, ...]:
        for origin in origins:
            # "null" is what every sandboxed page and local file calls itself.
            if origin != "*" and not _ORIGIN.fullmatch(origin):
                raise ValueError("each is scheme://host or scheme://host:port, without a path")
        return origins

    @field_validator("trusted_proxies")
    @classmethod
    def _proxies_are_networks(cls, proxies: tuple[str, ...]) -> tuple[str, ...]:
        for proxy in proxies:
            try:
                ipaddress.ip_network(proxy)
            except ValueError as error:
                raise ValueError("each is an address or a network such as 10.0.0.0/8") from error
        return proxies

    @field_validator("refresh_schedule", "sync_schedule")
    @classmethod
    def _schedule_is_cron(cls, schedule: str) -> str:
        if schedule == OFF:
            return schedule
        # Five fields: croniter would also take seconds, years and names such as @daily.
        if len(schedule.split()) != 5 or not croniter.is_valid(schedule):
            raise ValueError(f'a cron expression of five fields is needed, or "{OFF}"')
        return schedule

    @model_validator(mode="after")
    def _endpoints_speak_openai(self) -> Self:
        for task, endpoint, provider in (
            ("INTENT", self.intent_endpoint, self.intent_provider),
            ("RERANK", self.rerank_endpoint, self.rerank_provider),
        ):
            if endpoint and provider == "gemini":
                raise ValueError(
                    f"{task}_ENDPOINT is for {task}_PROVIDER=openai; GEMINI_ENDPOINT moves Gemini"
                )
        return self

    @model_validator(mode="after")
    def _cors_origins_are_named(self) -> Self:
        if "*" in self.cors_origins:
            raise ValueError("CORS_ORIGINS must name origins; * would let any page read answers")
        if (self.jwt_secret or self.jwt_jwks_url) and not (self.jwt_issuer and self.jwt_audience):
            raise ValueError("JWT_ISSUER and JWT_AUDIENCE are needed to check a JWT")
        return self

    @cached_property
    def ranking(self) -> Ranking:
        """The numbers of RANKING_PATH under the environment's overrides."""
        values = {name: getattr(self, name.lower()) for name in ENVIRONMENT_OVERRIDES}
        given = {name: value for name, value in values.items() if value is not None}
        return load_ranking(self.ranking_path, given)

    @cached_property
    def strategies(self) -> Mapping[str, StrategyFile]:
        """Every strategy by its name: ranking.toml as it stands, and the files beside it."""
        reranker = RerankerNumbers(
            provider=self.rerank_provider if self.rerank_enabled else "none",
            model=self.rerank_model,
            window=self.small_rerank_input_window,
            output_limit=self.small_rerank_output_limit,
            rank_weight=self.small_rerank_rank_weight,
        )
        return load_strategies(self.strategies_path, self.ranking, reranker)

    @property
    def catalogue_dir(self) -> Path:
        """Where this machine's copies of the published catalogue lie."""
        return self.data_dir / "catalogue"

    @property
    def refresh_cron(self) -> str | None:
        """When workers queue a refresh, as cron in UTC; None for never."""
        return None if self.refresh_schedule == OFF else self.refresh_schedule

    @property
    def sync_cron(self) -> str | None:
        """When workers queue a sync, as cron in UTC; None for never."""
        return None if self.sync_schedule == OFF else self.sync_schedule

    @property
    def accepts_credentials(self) -> bool:
        """Whether the environment names a credential (keys may also be in the database)."""
        return bool(self.api_keys or self.jwt_secret or self.jwt_jwks_url)

    @property
    def binds_loopback(self) -> bool:
        """Whether HOST reaches this machine alone."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def language_model_seconds(self) -> float:
        """What all language models of one request may take together."""
        return max(self.intent_timeout, self.rerank_timeout)

    @classmethod
    def load(cls, environment: Mapping[str, Any] | None = None) -> "Settings":
        """Reads environment and `.env`, or only `environment` when one is given.

        Warns of names in `.env` that are nearly a setting's and have no effect. Raises
        ConfigurationError with one sentence that names the first wrong value's variable.
        """
        surrounding = os.environ if environment is None else environment
        try:
            if environment is None:
                if file := cls.model_config.get("env_file"):
                    tell_of_slips(Path(str(file)), cls)
                settings = cls()
            else:
                lowered = {name.lower(): value for name, value in environment.items()}
                settings = _Isolated(**lowered)
        except ValidationError as error:
            raise ConfigurationError(_sentence(error)) from error
        if "justwatch_country" not in settings.model_fields_set:
            country = country_of_locale(surrounding) or settings.justwatch_country
            settings = settings.model_copy(update={"justwatch_country": country})
        _ = settings.strategies  # a wrong number must stop the boot, not the first request
        return settings


def country_of_locale(environment: Mapping[str, Any]) -> str | None:
    """The country of this machine's language settings: "DE" of LANG=de_DE.UTF-8, or None."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if found := _LOCALE.match(str(environment.get(name) or "")):
            return found[1] if found[1] in CODES else None
    return None


class _Isolated(Settings):
    """Settings that neither the process environment nor `.env` touches."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return (init_settings,)


def _sentence(error: ValidationError) -> str:
    first = error.errors()[0]
    entry, message = first_wrong(error)
    if not entry:
        return f"{message}."
    name = entry.partition(".")[0].upper()
    # A wrong secret must not be shown in the message that complains about it.
    field = Settings.model_fields.get(name.lower())
    secret = field is not None and "SecretStr" in str(field.annotation)
    # Nor the password of a URL, which may not even be written as one; nor a key in its query.
    is_private = secret or _MAY_HIDE_A_KEY.search(str(first["input"]))
    return f"{name}: {message if is_private else with_value(message, error)}."
