"""Refuses to start on vectors that this process's text encoder cannot be compared with."""

from api.catalogue.embeddings.active_vectors import active_vectors
from api.models.model_identity import identify
from api.platform.database import Database
from api.platform.errors import ConfigurationError


def refuse_other_model(database: Database, embed_model: str) -> None:
    """Raises ConfigurationError when the vectors in use are not those of `embed_model`.

    Version and template may differ: they change the titles' texts, not how a query is encoded. A
    process that is running when the vectors change says so on /readyz.
    """
    vectors = active_vectors(database)
    if vectors is None:
        return
    configured = identify(embed_model)
    if configured.name != vectors.model:
        raise ConfigurationError(
            f"The vectors in use are of {vectors.model}, but EMBED_MODEL={embed_model}: run "
            "`make embed`, which builds vectors of the new model and switches to them, or set "
            f"EMBED_MODEL back to {vectors.model}."
        )
    if configured.dimension not in (None, vectors.dimension):
        raise ConfigurationError(
            f"The vectors in use have {vectors.dimension} dimensions, but the model in "
            f"{embed_model} gives {configured.dimension}: put back the model that they were made "
            "with, or give the new one's folder another name and run `make embed`."
        )
