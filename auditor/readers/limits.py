"""How much one file may take. Sizes in bytes, times in seconds."""

from __future__ import annotations

MIB = 1024 * 1024
MAX_FILE = 64 * MIB
"""Largest file of any kind; a report with photographs in it stays far below."""
MAX_PART = 24 * MIB
"""Largest XML part of a container, unpacked."""
MAX_UNPACKED = 64 * MIB
"""All parts that are unpacked from one container together."""
MAX_ELEMENTS = 1_000_000
"""Tags in one XML part: with what hangs on them, some 250 MiB in memory."""
MAX_DEPTH = 200
MAX_ENTRIES = 20_000
MAX_DIRECTORY = 4 * MIB
"""Central directory of a zip container."""
MAX_RATIO = 300
"""Unpacked size over packed size, for parts above 1 MiB."""
MAX_PAGES = 500
MAX_TEXT = 2_000_000
"""Characters, the same limit as for plain text."""
SECONDS = 20
MEMORY = 1024 * MIB
OUT_OF_MEMORY = 9
"""Exit code of a child process that met its limit."""
