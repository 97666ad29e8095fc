"""What concerns the rep: their settings, and their first start."""
