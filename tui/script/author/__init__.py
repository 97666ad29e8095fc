"""What an author sees of a script: preview, paths, drawings, comparison, results, JSON Schema."""
