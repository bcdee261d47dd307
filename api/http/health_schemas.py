"""What probes read."""

from typing import Literal

from pydantic import BaseModel


class Alive(BaseModel):
    """All is well."""

    status: Literal["ok"] = "ok"
