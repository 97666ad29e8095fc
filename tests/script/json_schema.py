"""As much of JSON Schema (draft 7) as our schemas use."""

import re
from typing import Any

Part = dict[str, Any] | bool


def accepts(schema: dict[str, Any], value: Any) -> bool:
    """Whether a value fits the schema."""
    return _Schema(schema.get("definitions", {})).fits(value, schema)


class _Schema:
    def __init__(self, definitions: dict[str, Any]) -> None:
        self.definitions = definitions

    def fits(self, value: Any, part: Part) -> bool:
        if isinstance(part, bool):
            return part
        if "$ref" in part:
            return self.fits(value, self.definitions[part["$ref"].rsplit("/", 1)[1]])
        rules = [self.fits(value, one) for one in part.get("allOf", ())]
        if "anyOf" in part:
            rules.append(any(self.fits(value, one) for one in part["anyOf"]))
        if "if" in part:
            rules.append(self.fits(value, part.get("then" if self.fits(value, part["if"]) else "else", True)))
        if "enum" in part:
            rules.append(any(value == one and type(value) is type(one) for one in part["enum"]))
        if "const" in part:
            rules.append(value == part["const"])
        if "type" in part:
            kinds = part["type"] if isinstance(part["type"], list) else [part["type"]]
            rules.append(any(_is_a(value, kind) for kind in kinds))
        if isinstance(value, dict):
            rules.append(self.fits_object(value, part))
        return all(rules) and self.fits_rest(value, part)

    def fits_object(self, value: dict[str, Any], part: dict[str, Any]) -> bool:
        known, others = part.get("properties", {}), part.get("additionalProperties", True)
        if not all(name in value for name in part.get("required", ())):
            return False
        if len(value) < part.get("minProperties", 0):
            return False
        if not all(self.fits(str(name), part.get("propertyNames", True)) for name in value):
            return False
        for name, rule in part.get("dependencies", {}).items():
            if name in value and not self.fits(value, {"required": rule} if isinstance(rule, list) else rule):
                return False
        patterns = part.get("patternProperties", {})
        for name, child in value.items():
            fitting = [rule for pattern, rule in patterns.items() if re.search(pattern, str(name))]
            if not all(self.fits(child, rule) for rule in fitting or [known.get(name, others)]):
                return False
        return True

    def fits_rest(self, value: Any, part: dict[str, Any]) -> bool:
        if isinstance(value, list):
            if len(value) < part.get("minItems", 0):
                return False
            return all(self.fits(one, part.get("items", True)) for one in value)
        if isinstance(value, str) and "pattern" in part:
            return re.search(part["pattern"], value) is not None
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return bool(part.get("minimum", value) <= value <= part.get("maximum", value))
        return True


def _is_a(value: Any, kind: str) -> bool:
    kinds = {"string": str, "boolean": bool, "object": dict, "array": list, "null": type(None)}
    if kind in kinds:
        return isinstance(value, kinds[kind])
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return number and (kind == "number" or isinstance(value, int))
