"""What `seenemall serve --examples` prints once the service answers."""

from urllib.parse import urlsplit

import pytest

from api.http.examples import announce_when_ready
from tests.acceptance.conftest import Service


def test_the_first_requests_are_told_with_where_the_data_is(
    sample: Service, capsys: pytest.CaptureFixture[str]
) -> None:
    address = urlsplit(sample.url)
    announce_when_ready(str(address.hostname), address.port or 0, kept_in="/srv/films").join(30)
    told = capsys.readouterr().out
    assert f"Seen'emAll is ready:  {sample.url}" in told
    assert "The data stays in /srv/films." in told
