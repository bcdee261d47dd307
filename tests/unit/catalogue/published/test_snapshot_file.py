"""A snapshot is read whole as it was written, or not at all."""

import errno
import hashlib
import mmap
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from api.catalogue.published import snapshot_file
from api.catalogue.published.snapshot_file import (
    UnusableSnapshot,
    open_snapshot,
    write_snapshot,
)

_ARRAYS = {
    "ids": np.arange(5, dtype=np.int32),
    "days": np.array(["2026-11-01", "NaT"], dtype="datetime64[D]"),
    "empty": np.zeros(0, dtype=np.float32),
    "table": np.arange(6, dtype=np.float64).reshape(2, 3),
}


def opened(path: Path) -> dict[str, NDArray[Any]]:
    return open_snapshot(path, size=path.stat().st_size)


def test_reads_every_array_as_it_was_written(tmp_path: Path) -> None:
    digest = write_snapshot(tmp_path / "one", _ARRAYS)
    assert digest == hashlib.sha256((tmp_path / "one").read_bytes()).hexdigest()
    read = opened(tmp_path / "one")
    assert list(read) == list(_ARRAYS)
    for name, array in _ARRAYS.items():
        assert read[name].dtype == array.dtype
        np.testing.assert_array_equal(read[name], array)
        assert not read[name].flags.writeable


def test_notices_a_file_cut_off_anywhere_even_if_that_is_its_size(tmp_path: Path) -> None:
    path = tmp_path / "one"
    write_snapshot(path, _ARRAYS)
    whole = path.read_bytes()
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        with pytest.raises(UnusableSnapshot):
            open_snapshot(path, size=len(whole))
        with pytest.raises(UnusableSnapshot):
            opened(path)


@pytest.mark.parametrize("foreign", [b"", b"x" * 4096, b"SEENCAT1" + bytes(4096)])
def test_notices_a_foreign_and_a_missing_file(tmp_path: Path, foreign: bytes) -> None:
    (tmp_path / "foreign").write_bytes(foreign)
    with pytest.raises(UnusableSnapshot):
        opened(tmp_path / "foreign")
    with pytest.raises(UnusableSnapshot, match="is missing"):
        open_snapshot(tmp_path / "missing", size=10)


def test_a_refused_write_leaves_the_one_before_and_nothing_else(tmp_path: Path) -> None:
    write_snapshot(tmp_path / "one", _ARRAYS)
    with pytest.raises(ValueError, match="names"):
        write_snapshot(tmp_path / "one", {"names": np.array(["a"], dtype=object)})
    assert [file.name for file in tmp_path.iterdir()] == ["one"]
    assert list(opened(tmp_path / "one")) == list(_ARRAYS)


def test_a_full_disk_leaves_the_one_before_and_nothing_else(tmp_path: Path) -> None:
    write_snapshot(tmp_path / "one", _ARRAYS)
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
    assert list(opened(tmp_path / "one")) == list(_ARRAYS)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells how a file is mapped")
@pytest.mark.parametrize("is_large", [True, False])
def test_around_rows_of_a_large_file_nothing_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_large: bool
) -> None:
    """In the pages that hold rows alone: the two at their ends are shared, what is read whole is
    left as it is."""
    path, page = tmp_path / "snapshot", mmap.PAGESIZE
    arrays = {"facts.ages": np.arange(6 * page), "rows": np.arange(6 * page)}
    write_snapshot(path, arrays)
    monkeypatch.setattr(snapshot_file, "_LARGE", path.stat().st_size + (not is_large))
    opened = open_snapshot(path, size=path.stat().st_size, read_whole=("facts.",))
    for name, array in arrays.items():
        np.testing.assert_array_equal(opened[name], array)
    at_random = [
        int(last, 16) - int(first, 16)
        for first, last, flags in re.findall(
            rf"^([0-9a-f]+)-([0-9a-f]+) .*{re.escape(str(path))}\n(?:\w+:.*\n)*?VmFlags:(.*)$",
            Path("/proc/self/smaps").read_text(),
            re.MULTILINE,
        )
        if "rr" in flags.split()  # of random reads
    ]
    rows = arrays["rows"].nbytes
    assert at_random == [rows - page] if is_large else at_random == []
