"""`seenemall backup` and `seenemall restore`."""

from pathlib import Path

import typer

from api.platform.backup.dump import back_up
from api.platform.backup.restore import restore
from api.platform.database import opened_database
from api.platform.errors import ConfigurationError
from config.settings import Settings


def write_backup(path: Path, passphrase_file: Path | None) -> None:
    """Writes the database to a new file, and says whether it is sealed."""
    settings = Settings.load()
    passphrase = _passphrase(settings, passphrase_file)
    with opened_database(settings) as database:
        size = back_up(database, path, passphrase)
    typer.echo(f"Wrote {path}, {size:,} bytes, {'sealed' if passphrase else 'not sealed'}.")
    if not passphrase:
        typer.echo(
            "Whoever reads it reads every history; set BACKUP_PASSPHRASE to seal it.", err=True
        )


def read_backup(path: Path, passphrase_file: Path | None, *, replace: bool) -> None:
    """Makes the database what the file holds, and brings its schema to head."""
    settings = Settings.load()
    passphrase = _passphrase(settings, passphrase_file)
    with opened_database(settings) as database:
        revision = restore(database, path, passphrase, replace=replace)
    typer.echo(f"Restored {path}, made under schema {revision}.")


def _passphrase(settings: Settings, file: Path | None) -> str | None:
    """That of the file, else of the setting."""
    if file is None:
        given = settings.backup_passphrase
        return given.get_secret_value() if given else None
    try:
        passphrase = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"The passphrase in {file} cannot be read.") from error
    if not passphrase:
        raise ConfigurationError(f"{file} holds no passphrase.")
    return passphrase
