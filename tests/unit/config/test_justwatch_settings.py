"""The countries whose offers are fetched."""

import pytest

from api.platform.errors import ConfigurationError
from config.settings import Settings


def test_countries_are_separated_by_commas() -> None:
    settings = Settings.load({"JUSTWATCH_COUNTRIES": "IL, GB,"})
    assert settings.justwatch_countries == ("IL", "GB")
    assert settings.justwatch_country == "IL"


@pytest.mark.parametrize("written", ["il", "IL;GB", "Israel"])
def test_what_is_no_country_is_one_sentence(written: str) -> None:
    with pytest.raises(ConfigurationError, match=r"^JUSTWATCH_COUNTRIES: .*\.$"):
        Settings.load({"JUSTWATCH_COUNTRIES": written})


@pytest.mark.parametrize("rate", ["0", "-1", "1000", "fast"])
def test_a_rate_that_is_none_is_one_sentence(rate: str) -> None:
    with pytest.raises(ConfigurationError, match=r"^JUSTWATCH_RATE_PER_SECOND: .*\.$"):
        Settings.load({"JUSTWATCH_RATE_PER_SECOND": rate})
