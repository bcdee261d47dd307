"""The contract of a text encoder: what queries, titles and synopses become vectors with.

Implementations: `OnnxEncoder` (serves requests and jobs) and `SentenceTransformerEncoder` (the
reference it is measured against); `load_encoder` chooses.
"""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class Encoder(Protocol):
    """Turns texts into points whose inner product is their cosine similarity.

    Holds no state between calls and may be called from several threads at once.
    """

    @property
    def name(self) -> str:
        """Identifies the vectors: stored ones are comparable when their encoder's name is equal."""
        ...

    @property
    def dimension(self) -> int:
        """Components of one vector."""
        ...

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return an array (len(texts), dimension), row i for text i, every row of L2 norm 1.

        No texts give (0, dimension). An empty text is encoded like any other; a text beyond the
        model's token limit is cut there. A vector does not depend on the texts beside it, up to
        float32 rounding (1e-6). Raises TypeError for a bare string, which would otherwise be
        encoded letter by letter. Source: mean-pooled sentence embeddings, Reimers & Gurevych 2019.
        """
        ...


def refuse_bare_string(texts: Sequence[str]) -> None:
    """Raise TypeError for a string, which type checkers accept as a sequence of strings."""
    if isinstance(texts, str):
        raise TypeError("encode() takes a sequence of texts, got one string")
