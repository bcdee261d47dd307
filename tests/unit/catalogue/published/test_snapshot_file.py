"""A snapshot is read whole as it was written, or not at all."""

import errno
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from api.catalogue.published.snapshot_file import (
    UnusableSnapshot,
    digests_in,
    open_snapshot,
    write_snapshot,
)

_ARRAYS = {
    "ids": np.arange(5, dtype=np.int32),
    "days": np.array(["2026-11-01", "NaT"], dtype="datetime64[D]"),
    "empty": np.zeros(0, dtype=np.float32),
    "table": np.arange(6, dtype=np.float64).reshape(2, 3),
}


def test_reads_every_array_as_it_was_written(tmp_path: Path) -> None:
    digest = write_snapshot(tmp_path / "one", _ARRAYS)
    read = open_snapshot(tmp_path / "one", digest=digest)
    assert list(read) == list(_ARRAYS)
    for name, array in _ARRAYS.items():
        assert read[name].dtype == array.dtype
        np.testing.assert_array_equal(read[name], array)
        assert not read[name].flags.writeable


def test_notices_a_file_cut_off_anywhere(tmp_path: Path) -> None:
    path = tmp_path / "one"
    digest = write_snapshot(path, _ARRAYS)
    whole = path.read_bytes()
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        with pytest.raises(UnusableSnapshot):
            open_snapshot(path, digest=digest)


def test_notices_a_missing_and_another_snapshot(tmp_path: Path) -> None:
    digest = write_snapshot(tmp_path / "one", _ARRAYS)
    write_snapshot(tmp_path / "other", {"ids": np.arange(3)})
    for name in ("other", "missing"):
        with pytest.raises(UnusableSnapshot):
            open_snapshot(tmp_path / name, digest=digest)


def test_a_refused_write_leaves_the_one_before_and_nothing_else(tmp_path: Path) -> None:
    digest = write_snapshot(tmp_path / "one", _ARRAYS)
    with pytest.raises(ValueError, match="names"):
        write_snapshot(tmp_path / "one", {"names": np.array(["a"], dtype=object)})
    assert [file.name for file in tmp_path.iterdir()] == ["one"]
    assert list(open_snapshot(tmp_path / "one", digest=digest)) == list(_ARRAYS)


def test_a_full_disk_leaves_the_one_before_and_nothing_else(tmp_path: Path) -> None:
    digest = write_snapshot(tmp_path / "one", _ARRAYS)
    code = (
        "import resource, signal, sys, numpy as np\n"
        "from pathlib import Path\n"
        "from api.catalogue.published.snapshot_file import write_snapshot\n"
        # A file may not grow beyond this: the write fails as it does where no room is left.
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))\n"
        "try:\n"
        "    write_snapshot(Path(sys.argv[1]), {'many': np.zeros(1_000_000)})\n"
        "except OSError as error:\n"
        "    sys.exit(f'full: {error.errno}')\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "one")],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.stderr.strip() == f"full: {errno.EFBIG}"
    assert [file.name for file in tmp_path.iterdir()] == ["one"]
    assert list(open_snapshot(tmp_path / "one", digest=digest)) == list(_ARRAYS)


def test_says_which_array_differs_between_two_snapshots(tmp_path: Path) -> None:
    write_snapshot(tmp_path / "one", _ARRAYS)
    write_snapshot(tmp_path / "other", {**_ARRAYS, "ids": np.arange(1, 6, dtype=np.int32)})
    one, other = (digests_in(tmp_path / name) for name in ("one", "other"))
    assert [name for name in one if one[name] != other[name]] == ["ids"]
