"""The command ``audit``."""

from __future__ import annotations

import atexit
import gc
import os
import sys
import threading


def main() -> None:
    """Console entry point. Loading the program takes a moment, in which an interruption must be as quiet as later."""
    # Nearly everything that one report needs lives to the end: looking for garbage costs a tenth of its time. What
    # works on many reports turns the search on again.
    gc.disable()
    try:
        from auditor.cli.main import main as run

        run()
    except KeyboardInterrupt:
        print("已中断", file=sys.stderr, flush=True)
        # Half-loaded modules are not worth an orderly end, which could be interrupted again.
        os._exit(130)
    except SystemExit as ending:
        if threading.active_count() > 1 or not isinstance(ending.code, int):
            raise
        # Everything is written and said; taking a whole rule book apart would cost a twentieth of a run.
        atexit._run_exitfuncs()
        os._exit(ending.code)
