"""The command ``audit``."""

from auditor.cli.main import main

__all__ = ["main"]
