"""What is known of a model without loading it: the name of its vectors, and their dimension."""

from dataclasses import dataclass

from api.models.model_folder import read_model_folder
from api.models.model_source import find_model
from api.platform.errors import EncoderUnavailable


@dataclass(frozen=True, slots=True)
class ModelIdentity:
    """`dimension` is None where only loading the model would show it."""

    name: str
    dimension: int | None


def identify(model: str) -> ModelIdentity:
    """The identity of the model that a setting names; looks at the disk only.

    What names no model at all goes by that name: no stored vectors have it.
    """
    try:
        source = find_model(model)
    except EncoderUnavailable:
        return ModelIdentity(model, None)
    if source.folder is None:
        return ModelIdentity(source.name, None)
    try:
        folder = read_model_folder(source.folder, name=source.name)
    except EncoderUnavailable:  # one that only the torch backend can read
        return ModelIdentity(source.name, None)
    return ModelIdentity(source.name, folder.dimension)
