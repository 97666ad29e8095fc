"""Call scripts: the language trainers write, the reader's place in a script, and its checker."""
