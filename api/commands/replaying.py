"""What a replay is made of."""

from contextlib import closing
from functools import partial
from uuid import UUID

from api.inference.load_encoder import load_encoder
from api.inference.local_encoder import LocalEncoder
from api.services.interpreter import Interpreter
from api.services.replay import Replay, Replayed
from api.storage.database import Database
from api.storage.names import read_names
from api.strategies import build_strategy
from config.explanations import ExplanationTemplatesFile
from config.settings import Settings

_ENCODER_SECONDS = 120.0  # loading included: nobody waits for an answer


def replay_list(settings: Settings, database: Database, slate_id: UUID) -> Replayed:
    """Recomputes one list."""
    encoder = LocalEncoder(
        partial(
            load_encoder,
            settings.embed_model,
            cache_dir=settings.data_dir / "models",
            threads=1,
            batch_size=settings.embed_batch,
            backend=settings.embed_backend,
        ),
        timeout_seconds=_ENCODER_SECONDS,
    )
    interpreter = Interpreter(partial(read_names, database))
    with closing(encoder), closing(interpreter):
        build = partial(
            build_strategy,
            settings,
            database,
            encoder=encoder,
            interpreter=interpreter,
            refiner=None,
            judge=None,
            templates=ExplanationTemplatesFile(settings.explanation_templates_path),
        )
        return Replay(database, build).of(slate_id)
