"""`seenemall publish`: the catalogue as it is, for every process to map."""

import typer

from api.catalogue.published.publish import publish
from api.platform.errors import NotPublished
from api.platform.migrations import migrated_database
from api.platform.starter import end_with_starter
from config.settings import Settings


def publish_catalogue(*, ends_with_input: bool) -> None:
    """Publishes and says what; raises NotPublished for a full disk."""
    if ends_with_input:
        end_with_starter()
    settings = Settings.load()
    with migrated_database(settings) as database:
        database.work_in_background()
        try:
            published = publish(database, settings.catalogue_dir)
        except OSError as error:
            raise NotPublished(f"The catalogue was not published: {error}.") from error
    if published is None:
        typer.echo("Nothing to publish: it is published already, or a small catalogue.")
    else:
        typer.echo(
            f"Published version {published.version}: {published.size / 1e6:.1f} MB "
            f"in {published.seconds:.1f} s."
        )
