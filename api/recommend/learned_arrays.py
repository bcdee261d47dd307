"""Numbers that were learned from judged requests, a file for each model of texts.

Where none was learned for a model, its vectors stay as they are.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

import numpy as np

from api.domain.arrays import Floats

Learned = TypeVar("Learned")


def read_learned(folder: Path, made_of: Callable[..., Learned]) -> dict[str, Learned]:
    """Those of a folder by the name of their model, each made of the arrays of its file."""
    return {path.stem: made_of(**_read(path)) for path in sorted(folder.glob("*.npz"))}


def write_learned(folder: Path, model: str, parts: Mapping[str, Floats]) -> Path:
    """In half precision, which moves no cosine by more than a thousandth."""
    path = folder / f"{model}.npz"
    np.savez(path, allow_pickle=False, **{name: part.astype("f2") for name, part in parts.items()})
    return path


def _read(path: Path) -> dict[str, Floats]:
    with np.load(path, allow_pickle=False) as parts:
        return {name: parts[name].astype("f4") for name in parts}
