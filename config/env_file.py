"""The file `.env`: what in it would have no effect, because its name is a setting's but for a slip.

Other names may be there, such as those of docker-compose.yml. Of the environment itself nothing is
said: it has names of everybody's.
"""

from difflib import get_close_matches
from pathlib import Path

from pydantic_settings import BaseSettings, DotEnvSettingsSource

from api.platform.errors import ConfigurationError

ENCODING = "utf-8-sig"  # editors of Windows put a mark first, which would be part of the first name
# Of the letters two names share. No two settings are as near to each other.
_A_SLIP = 0.9


def refuse_slips(path: Path, settings: type[BaseSettings]) -> None:
    """Raises ConfigurationError for a name that is none of the settings and nearly one of them.

    A file that is not there, or is none, has no names.
    """
    try:
        written = DotEnvSettingsSource(settings, env_file=path, env_file_encoding=ENCODING).env_vars
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{path.name} is not UTF-8.") from error
    known = [name.upper() for name in settings.model_fields]
    for name in map(str.upper, written):
        if name in known:
            continue
        for meant in get_close_matches(name, known, n=1, cutoff=_A_SLIP):
            raise ConfigurationError(
                f"{path.name}: there is no setting {name}; did you mean {meant}?"
            )
