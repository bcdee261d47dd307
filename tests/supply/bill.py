"""The bill of materials of what `requirements.lock` installs: CycloneDX, and a page with licences.

Names, versions and hashes are the lock's; a licence is what the installed package says of itself.
"""

import json
import re
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from api import __version__

_PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)(?:\s*;\s*([^\\]+))?")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
# As older packages write them, in words of SPDX.
_SPDX = {
    "3-Clause BSD License": "BSD-3-Clause",
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
}
# Installed on other systems alone: read from their packages.
_ELSEWHERE = {"colorama": "BSD-3-Clause", "httpx2-jsfetch": "BSD-3-Clause"}


@dataclass(frozen=True, slots=True)
class Locked:
    """One package of a lock."""

    name: str
    version: str
    marker: str | None  # where it is installed; None: everywhere
    hashes: tuple[str, ...]  # SHA-256 of the files that are taken


def locked_in(lock: str) -> list[Locked]:
    """The packages of a lock's text, in its order."""
    found: list[Locked] = []
    for block in re.split(r"\n(?=\S)", lock):
        if pinned := _PINNED.match(block):
            name, version, marker = pinned.groups()
            hashes = tuple(_HASH.findall(block))
            found.append(Locked(name, version, marker and marker.strip(), hashes))
    return found


def licence_of(name: str) -> str:
    """As an expression of SPDX; raises LookupError for a package that does not say."""
    if name in _ELSEWHERE:
        return _ELSEWHERE[name]
    told = metadata.metadata(name)
    if "License-Expression" in told:
        return told["License-Expression"]
    classifiers = told.get_all("Classifier") or []
    named = [one.rsplit(" :: ", 1)[1] for one in classifiers if one.startswith("License :: ")]
    named = [one for one in named if one != "OSI Approved"]
    if named:
        return " OR ".join(_SPDX[one] for one in named)
    written: str = (told.get_all("License") or [""])[0]
    if not 0 < len(written) < 60:
        raise LookupError(f"{name} does not say its licence.")
    return _SPDX.get(written, written)


def bill(packages: list[Locked], licences: dict[str, str]) -> dict[str, Any]:
    """CycloneDX 1.6, the same for the same lock."""
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {"type": "application", "name": "seenemall", "version": __version__}
        },
        "components": [_component(one, licences[one.name]) for one in packages],
    }


def _component(package: Locked, licence: str) -> dict[str, Any]:
    purl = f"pkg:pypi/{package.name}@{package.version}"
    return {
        "type": "library",
        "bom-ref": purl,
        "name": package.name,
        "version": package.version,
        "purl": purl,
        "licenses": [{"expression": licence}],
        "properties": [{"name": "sha256", "value": one} for one in package.hashes],
    }


def page(packages: list[Locked], licences: dict[str, str]) -> str:
    """docs/reference/dependencies.md."""
    rows = [
        f"| {one.name} | {one.version} | {licences[one.name]} | {one.marker or 'everywhere'} |"
        for one in packages
    ]
    return "\n".join(
        (_HEAD, "| package | version | licence | installed |", "|---|---|---|---|", *rows, "")
    )


_HEAD = (
    "# Dependencies\n\n"
    "What `requirements.lock` installs, with the licence that each package names. `make bill` "
    "writes this page and `sbom.cdx.json`, the same as CycloneDX with the hashes, from the lock; a "
    "test holds both to it. `make audit` asks an advisory database about every locked package, "
    "those of the tests too.\n"
)


def write(root: Path) -> None:
    """Writes both files."""
    packages = locked_in((root / "requirements.lock").read_text(encoding="utf-8"))
    licences = {one.name: licence_of(one.name) for one in packages}
    text = json.dumps(bill(packages, licences), indent=1) + "\n"
    (root / "docs" / "reference" / "sbom.cdx.json").write_text(text, encoding="utf-8")
    written = page(packages, licences)
    (root / "docs" / "reference" / "dependencies.md").write_text(written, encoding="utf-8")
