"""The country that offers are of where nobody names one."""

import pytest

from config.settings import Settings


@pytest.mark.parametrize(
    ("environment", "country"),
    [
        ({"LANG": "de_DE.UTF-8"}, "DE"),
        ({"LANG": "de_AT"}, "AT"),
        ({"LC_ALL": "fr_CA.UTF-8", "LANG": "de_DE.UTF-8"}, "CA"),
        ({"LC_MESSAGES": "pt_BR", "LANG": "C"}, "BR"),
        ({"LANG": "sr_RS@latin"}, "RS"),
        ({"LANG": "C.UTF-8"}, "IL"),
        ({"LANG": "POSIX"}, "IL"),
        ({"LANG": "en_ZZ.UTF-8"}, "IL"),
        ({"LANG": "de_DE.UTF-8", "JUSTWATCH_COUNTRY": "GB"}, "GB"),
        ({}, "IL"),
    ],
)
def test_the_country_is_that_of_the_machines_language(
    environment: dict[str, str], country: str
) -> None:
    assert Settings.load(environment).justwatch_country == country
