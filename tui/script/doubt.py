"""What speaks against an answer that was typed. It is kept all the same: a question is never a trap."""

from __future__ import annotations

from tui.script.model import Step


def doubt(step: Step, text: str) -> str:
    """One sentence when a typed number is none, or outside of what the question expects; else empty."""
    if step.type != "number":
        return ""
    try:
        number = float(text.strip().replace(",", "."))
    except ValueError:
        return f"Kept, but a number was expected: {text}"
    if step.min is not None and number < step.min:
        return f"Kept, but {text} is less than {step.min:g}"
    if step.max is not None and number > step.max:
        return f"Kept, but {text} is more than {step.max:g}"
    return ""
