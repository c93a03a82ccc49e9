"""Rule books: YAML files read, checked and compiled into what the engine applies."""
