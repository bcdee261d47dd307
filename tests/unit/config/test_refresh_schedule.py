"""REFRESH_SCHEDULE: a cron expression, or off; anything else stops the boot in one sentence."""

import pytest

from api.platform.errors import ConfigurationError
from config.settings import Settings


@pytest.mark.parametrize("cron", ["15 3 * * *", "*/30 * * * *", "0 4 * * mon"])
def test_a_cron_expression_is_taken(cron: str) -> None:
    assert Settings.load({"REFRESH_SCHEDULE": cron}).refresh_cron == cron


def test_it_can_be_switched_off() -> None:
    assert Settings.load({"REFRESH_SCHEDULE": "off"}).refresh_cron is None


@pytest.mark.parametrize("wrong", ["daily", "@daily", "61 3 * * *", "* * * * * *", "3 * *"])
def test_anything_else_is_one_sentence(wrong: str) -> None:
    with pytest.raises(ConfigurationError) as refused:
        Settings.load({"REFRESH_SCHEDULE": wrong})
    assert str(refused.value) == (
        f'REFRESH_SCHEDULE: a cron expression of five fields is needed, or "off", not {wrong!r}.'
    )
