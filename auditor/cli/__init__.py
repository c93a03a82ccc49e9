"""The command ``audit``."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from typing import Any


def main() -> None:
    """Console entry point. Loading the program takes a moment, in which an interruption must be as quiet as later."""
    # Nearly everything that one report needs lives to the end: looking for garbage costs a tenth of its time. What
    # works on many reports turns the search on again.
    gc.disable()
    try:
        _spare_typing_extensions()
        from auditor.cli.main import main as run

        run()
    except KeyboardInterrupt:
        print("已中断", file=sys.stderr, flush=True)
        # Half-loaded modules are not worth an orderly end, which could be interrupted again.
        os._exit(130)
    except SystemExit as ending:
        if _has_threads() or not isinstance(ending.code, int):
            raise
        # Everything is written and said; taking a whole rule book apart would cost a twentieth of a run.
        atexit._run_exitfuncs()
        os._exit(ending.code)


def _has_threads() -> bool:
    threading = sys.modules.get("threading")
    return threading is not None and threading.active_count() > 1


def _spare_typing_extensions() -> None:
    """Load msgspec as where typing_extensions is not installed.

    It takes three names from there, which Python's own typing has had since 3.11; the rest of that module, with all
    that it loads, costs a run over one report a twentieth of its time.
    """
    name = "typing_extensions"
    if name in sys.modules:
        return
    modules: dict[str, Any] = sys.modules
    modules[name] = None
    try:
        import msgspec  # noqa: F401
    finally:
        del modules[name]
