"""The command ``audit``."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Console entry point. Loading the program takes a moment, in which an interruption must be as quiet as later."""
    try:
        from auditor.cli.main import main as run

        run()
    except KeyboardInterrupt:
        print("已中断", file=sys.stderr, flush=True)
        # Half-loaded modules are not worth an orderly end, which could be interrupted again.
        os._exit(130)
