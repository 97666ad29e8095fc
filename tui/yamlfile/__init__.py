"""YAML that people edit: text-only scalars, exact positions, problems with a caret and a hint. A leaf."""
