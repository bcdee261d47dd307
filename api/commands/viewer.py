"""`seenemall viewer`: where somebody is and which services they have, read or asked."""

import sys

import typer

from api.catalogue.vocabularies.vocabularies import Vocabularies
from api.domain.limits import NO_LIMITS
from api.platform import migrations
from api.platform.country_codes import country_of
from api.platform.database import Database, opened_database
from api.platform.errors import InvalidInput
from api.viewers.events import ProfileKey
from api.viewers.profiles.profiles import Profiles
from config.settings import Settings

_SHOWN = 12  # services to choose from
# By uq_collaborative_models_active.
_HAS_MODEL = "SELECT EXISTS (SELECT FROM collaborative_models WHERE active)"


def set_up_viewer(viewer: ProfileKey, *, country: str | None, services: str | None) -> None:
    """Sets both for the profile, and says what holds now.

    At a terminal it asks for what is not given; elsewhere the country is the machine's and the
    services stay as they are. Raises InvalidInput for a country or service that is unknown.
    """
    settings = Settings.load()
    with opened_database(settings) as database:
        migrations.upgrade(database)
        database.open_pool()
        machines = settings.justwatch_country
        chosen = _known(country or _asked("Country", machines))
        named = services if services is not None else _asked_services(database, chosen)
        changes: dict[str, object] = {"country": chosen}
        if named is not None:
            changes["services"] = [one.strip() for one in named.split(",") if one.strip()]
        profiles = Profiles(database, default_country=machines)
        after = profiles.change(viewer, changes, by_keeper=True)
        with database.autocommit() as cursor:
            (has_model,) = cursor.execute(_HAS_MODEL).fetchone() or (False,)
    listed = ", ".join(after.services) or "none named, so any"
    typer.echo(f"{viewer.user_id}: country {after.country}; services: {listed}.")
    if not has_model:
        typer.echo("`seenemall ratings` learns from a public set what people like.", err=True)


def _known(country: str) -> str:
    try:
        return country_of(country)
    except ValueError as error:
        raise InvalidInput(f"--country: {error}.") from error


def _asked(what: str, default: str) -> str:
    return str(typer.prompt(what, default=default)) if sys.stdin.isatty() else default


def _asked_services(database: Database, country: str) -> str | None:
    """The answer; None where nobody can be asked, or nothing is offered in the country."""
    if not sys.stdin.isatty():
        return None
    offered = Vocabularies(database, country).services(country, NO_LIMITS)["services"]
    if not offered:
        typer.echo(f"Nothing is known to be offered in {country} yet.", err=True)
        return None
    typer.echo(f"In {country}: {', '.join(one['name'] for one in offered[:_SHOWN])}", err=True)
    return str(typer.prompt("Your services, with commas between them", default=""))
