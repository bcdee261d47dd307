"""`python -m tests.attack.shapes`: generated requests to every route, as three identities.

Schemathesis makes them from /openapi.json, half of them wrong on purpose. No answer may be of 5xx,
of a status, type or shape that is not documented, or have anything of somebody else in it. It needs
the extra `attack`: `make attack` brings it.
"""

import argparse
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Any

import httpx2
import hypothesis
import schemathesis
from schemathesis import GenerationMode
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.core.result import Err
from schemathesis.specs.openapi import checks

from api.platform.settings_needs import PROJECT_ROOT
from tests.attack.target import SEENEMALL, Target, target
from tests.doubles.tokens import ACCESS, ADMIN, CLIENT, bearer, token

_CHECKS = [
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]
_OWN, _OTHER = "dana", "somebody-else"
# In everything that is held of somebody else: nobody but a keeper may ever read it.
CANARY = "canaryofsomebodyelse"
_TITLES = ("movie:603", "movie:862", "movie:8587", "movie:949", "imdb:tt0133093", "1", "movie:1")
_REAL = 0.6  # of the requests name a user, profile and title that are there


@dataclass
class Findings:
    """What came back."""

    statuses: Counter[int] = field(default_factory=Counter)
    operations: set[str] = field(default_factory=set)
    failures: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)  # the first of each failure

    def fail(self, kind: str, example: str) -> None:
        """Notes a failure."""
        self.failures[kind] += 1
        self.examples.setdefault(kind, example)

    def __str__(self) -> str:
        told = [f"{n} times {kind}\n{self.examples[kind]}" for kind, n in self.failures.items()]
        return "\n".join(
            (
                f"{self.statuses.total()} requests to {len(self.operations)} operations",
                f"statuses {dict(sorted(self.statuses.items()))}",
                *told,
                f"failures {self.failures.total()}",
            )
        )


@dataclass(frozen=True)
class Trial:
    """Generated requests to one service."""

    url: str
    seed: int
    ends: float  # on the monotonic clock
    findings: Findings
    only: re.Pattern[str] = re.compile("")  # of operations, by their methods and paths

    def run(self, cases: int) -> None:
        """So many requests, spread over all operations; fewer where the time is over before."""
        document = httpx2.get(f"{self.url}/openapi.json", headers=bearer(CLIENT), timeout=60).json()
        schema = schemathesis.openapi.from_dict(document)
        schema.config.update(base_url=self.url)
        every = [_described(found) for found in schema.get_all_operations()]
        operations = [one for one in every if self.only.search(one.label)]
        identities = cycle(("user", "client", "admin"))
        for operation in operations:
            for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
                self._ask(operation, mode, identities, -(-cases // (2 * len(operations))))

    def _ask(self, operation: Any, mode: Any, identities: Iterator[str], cases: int) -> None:
        if time.monotonic() >= self.ends:  # what is not sent takes its time to make, too
            return
        draw = random.Random(f"{self.seed} {operation.label}")

        @hypothesis.seed(self.seed)
        @hypothesis.settings(
            max_examples=cases,
            deadline=None,
            database=None,
            phases=[hypothesis.Phase.generate],
            suppress_health_check=list(hypothesis.HealthCheck),
        )
        @hypothesis.given(case=operation.as_strategy(generation_mode=mode))
        def ask(case: Any) -> None:
            if time.monotonic() < self.ends:
                self._judge(case, next(identities), draw)

        with suppress(hypothesis.errors.Unsatisfiable):  # what takes nothing cannot be asked wrong
            ask()

    def _judge(self, case: Any, identity: str, draw: random.Random) -> None:
        if draw.random() < _REAL:
            name_what_is_there(case, draw)
        headers = bearer(_CREDENTIALS[identity])
        answer = case.call(headers=headers, timeout=60, allow_redirects=False)
        label = case.operation.label
        self.findings.operations.add(label)
        self.findings.statuses[answer.status_code] += 1
        example = f"{identity}: {case.as_curl_command(headers=headers)[:1500]}\n{answer.text[:600]}"
        # A 503 that is documented is an answer: /readyz has one while the model is loading.
        if answer.status_code >= 500 and answer.status_code != 503:
            self.findings.fail(f"{answer.status_code} of {label}", example)
        if identity == "user" and CANARY in answer.text:
            self.findings.fail(f"somebody else's in the answer of {label}", example)
        try:
            case.validate_response(answer, checks=_CHECKS)
        except FailureGroup as group:
            for failure in group.exceptions:
                self._note(label, failure, answer.status_code, example)

    def _note(self, label: str, failure: Failure, status: int, example: str) -> None:
        told = f"{failure.message[:300]}\n{example}"
        self.findings.fail(f"{failure.title} ({status}) of {label}", told)


def _described(found: Any) -> Any:
    """An operation; raises what is wrong with its description."""
    if isinstance(found, Err):
        raise found.err()
    return found.ok()


_CREDENTIALS = {"user": token(_OWN, exp=2**31), "client": CLIENT, "admin": ADMIN}


def name_what_is_there(case: Any, draw: random.Random) -> None:
    """Puts a user, a profile and a title that there are in place of the generated ones."""
    user_id = draw.choice((_OWN, _OWN, _OTHER))
    known = {
        "user_id": user_id,
        "profile": draw.choice(("kids", "work" if user_id == _OWN else CANARY)),
        "item": draw.choice(_TITLES),
        "q": "toy",
    }
    for part in (case.path_parameters, case.query, case.body):
        if isinstance(part, dict):
            part.update({name: known[name] for name in known if isinstance(part.get(name), str)})
            if isinstance(part.get("items"), list) and draw.random() < 0.5:
                part["items"] = [known["item"]]
            if isinstance(part.get("members"), list):
                part["members"] = [{"user_id": user_id}, {"user_id": _OWN, "profile": "kids"}]


def set_up(url: str) -> None:
    """Two users, of whom the generated tokens speak for one."""
    with httpx2.Client(base_url=url, headers=bearer(CLIENT), timeout=60) as keeper:
        for user_id in (_OWN, _OTHER):
            for profile in (None, "kids", CANARY if user_id == _OTHER else "work"):
                viewer = {"user_id": user_id} | ({} if profile is None else {"profile": profile})
                events = {**viewer, "items": ["movie:862"], "event_type": "liked"}
                keeper.post("/user/history", json=events).raise_for_status()
        named = {"name": CANARY}
        keeper.put(f"/users/{_OTHER}/profiles/{CANARY}", json=named).raise_for_status()
        rows = f"tmdb_id,type,title\n1,movie,{CANARY}\n".encode()
        brought = {"file": (f"{CANARY}.csv", rows)}
        keeper.post("/imports", data={"user_id": _OTHER}, files=brought).raise_for_status()
        keeper.get("/recommend", params={"user_id": _OTHER, "query": CANARY}).raise_for_status()


def main() -> int:
    """Prints what was found; 1 when anything did not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="a copy of a data folder; else the sample's")
    parser.add_argument("--cases", type=int, default=20_000)
    parser.add_argument("--only", default="", help="a pattern of operations: 'POST /admin'")
    parser.add_argument("--minutes", type=float, default=30, help="at most")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="seenemall-shapes-") as folder:
        rules = Path(folder, "business_rules.json")
        shutil.copy(PROJECT_ROOT / "config" / "business_rules.json", rules)
        data_dir = arguments.data or Path(folder)
        with target(data_dir, ACCESS | {"BUSINESS_RULES_PATH": str(rules)}) as service:
            if arguments.data is None:
                environment = {**os.environ, "DATA_DIR": folder}
                subprocess.run([*SEENEMALL, "job", "sample"], env=environment, check=True)
            findings = _tried(service, arguments)
    print(findings)
    return int(bool(findings.failures))


def _tried(service: Target, arguments: argparse.Namespace) -> Findings:
    findings = Findings()
    url = f"http://127.0.0.1:{service.port}"
    set_up(url)
    ends = time.monotonic() + arguments.minutes * 60
    only = re.compile(arguments.only)
    Trial(url, arguments.seed, ends, findings, only).run(arguments.cases)
    return findings


if __name__ == "__main__":
    sys.exit(main())
