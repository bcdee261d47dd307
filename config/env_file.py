"""The file `.env`: what in it would have no effect, because its name is a setting's but for a slip.

Other names may be there, such as those of docker-compose.yml. Of the environment itself nothing is
said: it has names of everybody's.
"""

import logging
from difflib import get_close_matches
from pathlib import Path

from pydantic_settings import BaseSettings, DotEnvSettingsSource

from api.platform.errors import ConfigurationError

ENCODING = "utf-8-sig"  # editors of Windows put a mark first, which would be part of the first name
# Of the letters two names share. No two settings are as near to each other.
_A_SLIP = 0.9
_OF_OTHERS = frozenset({"WORKER"})  # the Makefile's, beside WORKERS

log = logging.getLogger(__name__)


def tell_of_slips(path: Path, settings: type[BaseSettings]) -> None:
    """Warns of a name that is none of the settings and nearly one of them: it may be somebody's.

    A file that is not there, or is none, has no names. Raises ConfigurationError for one that
    cannot be read as text.
    """
    try:
        written = DotEnvSettingsSource(settings, env_file=path, env_file_encoding=ENCODING).env_vars
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{path.name} is not UTF-8.") from error
    known = [name.upper() for name in settings.model_fields]
    for name in map(str.upper, written):
        if name in known or name in _OF_OTHERS:
            continue
        for meant in get_close_matches(name, known, n=1, cutoff=_A_SLIP):
            log.warning("%s: there is no setting %s; did you mean %s?", path.name, name, meant)
