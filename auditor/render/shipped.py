"""The templates and style sheets that come with the program."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

_FOLDER = Path(__file__).with_name("templates")


@lru_cache(maxsize=8)
def template(name: str) -> Template:
    """A template in which every value is escaped and a forgotten one is an error."""
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(name)


@lru_cache(maxsize=8)
def shipped_text(name: str) -> str:
    """The text of a file."""
    return (_FOLDER / name).read_text("utf-8")
