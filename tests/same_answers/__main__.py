"""`python -m tests.same_answers`: whether two versions of the service answer alike.

For changes that must change no answer: a thousand requests are asked of the code before and of the
code after, and every place, score, reason and word is compared.

    prepare DATA_DIR        draws titles, and lets viewers tell their histories; once
    record OUT --data-dir DATA_DIR [--code CHECKOUT] [--texts FILE ...] [--setting NAME=VALUE ...]
    compare BEFORE AFTER [--tolerance 1e-6]

DATA_DIR has an embedded database with a catalogue and its vectors. After `prepare`, let
`make neighbours` learn from the viewers; then stop whatever serves it. Each recording starts from a
copy, speaks to the service over HTTP alone, and is started by `launcher.py` with a clock that
stands and chance that follows from each request: the same code on the same data makes the same
file. `--code` names the checkout that is asked, with this Python; this one unless given. Texts of
real requests, one a line or one JSON object with a `text` a line, are asked beside our own.

Settings turn on what the defaults leave out; a pair of recordings more with

    --setting RERANK_PROVIDER=small --setting BUSINESS_RULES_PATH=tests/same_answers/rules.json

takes the small reranker, the business rules and their words in. Language models, TMDB's search and
the jobs are not asked; they have tests of their own.

A checkout in which `FEWEST_TITLES` of api/catalogue/published/publish.py is beyond any catalogue
answers from the rows: whether the published catalogue says what they do is told by its recording.

`compare` exits with 1 when anything differs.
"""

import argparse
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tests.same_answers.comparing import compare, told
from tests.same_answers.recording import prepare, read, record, write

_HERE = Path(__file__).resolve().parents[2]


def main() -> int:
    """0; 1 when answers differ, or nothing can be recorded."""
    asked = _arguments()
    try:
        if asked.command == "compare":
            return _compare(asked)
        started = time.perf_counter()
        if asked.command == "prepare":
            steps = prepare(asked.code.resolve(), asked.data_dir.resolve())
            print(f"{steps} steps of viewers told.")
            return 0
        texts = [text for file in asked.texts for text in _texts(file, asked.most_texts)]
        recorded = record(
            asked.code.resolve(),
            asked.data_dir.resolve(),
            texts=texts,
            settings=dict(asked.setting),
            scratch=asked.scratch,
        )
        write(recorded, asked.out)
        seconds = time.perf_counter() - started
        print(f"{len(recorded):,} answers in {seconds:.0f} s: {asked.out}")
    except (OSError, RuntimeError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _compare(asked: argparse.Namespace) -> int:
    before, after = read(asked.before), read(asked.after)
    found = compare(before, after, asked.tolerance)
    print(told(before, after, found, asked.examples))
    return 1 if found else 0


def _texts(file: Path, most: int) -> Sequence[str]:
    """The first texts of a file."""
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    if file.suffix == ".jsonl":
        lines = [json.loads(line)["text"] for line in lines[:most]]
    return lines[:most]


def _setting(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError("NAME=VALUE is needed")
    # The checkout that is asked has a folder of its own.
    return name, str(Path(value).resolve()) if Path(value).exists() else value


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.same_answers")
    commands = parser.add_subparsers(dest="command", required=True)
    preparing = commands.add_parser("prepare", help="let viewers tell their histories; once")
    preparing.add_argument("data_dir", type=Path)
    recording = commands.add_parser("record", help="ask everything and keep the answers")
    recording.add_argument("out", type=Path)
    recording.add_argument("--data-dir", type=Path, required=True, help="prepared, and stopped")
    recording.add_argument("--texts", type=Path, action="append", default=[], metavar="FILE")
    recording.add_argument("--most-texts", type=int, default=50, help="of each file")
    recording.add_argument(
        "--setting", type=_setting, action="append", default=[], metavar="NAME=VALUE"
    )
    recording.add_argument("--scratch", type=Path, help="where the copy is made")
    for command in (preparing, recording):
        command.add_argument("--code", type=Path, default=_HERE, help="the checkout that is asked")
    comparing = commands.add_parser("compare", help="tell what differs")
    comparing.add_argument("before", type=Path)
    comparing.add_argument("after", type=Path)
    comparing.add_argument("--tolerance", type=float, default=0.0, help="of scores and the like")
    comparing.add_argument("--examples", type=int, default=5, help="of each kind of difference")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
