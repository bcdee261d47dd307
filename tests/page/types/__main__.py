"""Prints the service's OpenAPI document, from which the types are made."""

import sys

import orjson

from api.http.application import create_app
from config.settings import Settings

sys.stdout.buffer.write(orjson.dumps(create_app(Settings.load({})).openapi()))
