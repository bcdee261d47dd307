"""README.md prints what its first two requests really answer on the sample catalogue."""

from pathlib import Path

import pytest

from api.models.load_encoder import load_encoder
from api.platform.database import Database
from api.platform.embedded import EmbeddedPostgres
from config.settings import Settings
from etl.embeddings.embed import Embed
from etl.neighbours.build import build_neighbours
from etl.running.foreground import SUCCESS
from etl.running.job import Work
from tests import readme_example
from tests.acceptance.conftest import starting
from tests.conftest import DatabaseFactory, build_template, opened
from tests.doubles.jobs import run


@pytest.fixture
def demo(
    postgres: EmbeddedPostgres,
    run_dir: Path,
    data_dir: Path,
    clone: DatabaseFactory,
    sample_template: str,
) -> str:
    """The URL of a database with what `make demo` serves: vectors of the default template."""
    settings = Settings.load({})

    def embed_anew(database: Database) -> None:
        encoder = load_encoder(
            settings.embed_model, cache_dir=data_dir / "models", threads=2, batch_size=64
        )
        jobs: tuple[tuple[str, Work], ...] = (
            ("embed", Embed(encoder, settings.embed_version, settings.embed_template)),
            ("neighbours", build_neighbours),
        )
        for job, work in jobs:
            outcome = run(database, work, job=job)
            assert outcome.status == SUCCESS, outcome.err

    return clone(build_template(postgres, run_dir, "template_demo", sample_template, embed_anew))


def test_the_example_and_its_picture_are_a_real_answer(demo: str, data_dir: Path) -> None:
    with opened(demo) as database, starting(database, data_dir) as start:
        answer = readme_example.ask(start().http)
    assert readme_example.printed() == readme_example.shortened(answer)
    assert readme_example.PICTURE.read_text(encoding="utf-8") == readme_example.picture(answer)
