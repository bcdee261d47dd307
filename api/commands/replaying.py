"""What a replay is made of."""

from contextlib import closing
from functools import partial
from uuid import UUID

from api.catalogue.names.read_text_names import read_text_names
from api.experiments.replay import Replay, Replayed
from api.language.interpreter import Interpreter
from api.models.load_encoder import configured_encoder
from api.models.local_encoder import LocalEncoder
from api.platform.database import Database
from api.platform.resident import Resident
from api.recommend.build_pipeline import build_strategy
from api.recommend.evidence.registry import EVIDENCE
from config.explanations import ExplanationTemplatesFile
from config.settings import Settings

_ENCODER_SECONDS = 120.0  # loading included: nobody waits for an answer


def replay_list(settings: Settings, database: Database, slate_id: UUID) -> Replayed:
    """Recomputes one list."""
    encoder = LocalEncoder(
        partial(configured_encoder, settings, threads=1, for_requests=True),
        timeout_seconds=_ENCODER_SECONDS,
    )
    names = Resident("text names", partial(read_text_names, database))
    interpreter = Interpreter(names.current)
    with closing(encoder), closing(interpreter):
        build = partial(
            build_strategy,
            settings,
            database,
            encoder=encoder,
            interpreter=interpreter,
            refiner=None,
            rerank_model=None,
            templates=ExplanationTemplatesFile(
                settings.explanation_templates_path, EVIDENCE.reason_forms
            ),
        )
        return Replay(database, build).of(slate_id)
