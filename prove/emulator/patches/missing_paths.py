"""Step Functions fails an execution whose InputPath or OutputPath is not in the data; the emulator continues with null."""

from typing import Any

from ministack.services import stepfunctions


def _resolves(path: str, data: Any) -> bool:
    """Return whether a path names a part of the data; a wildcard names a list, which may be empty."""
    values = [data]
    for kind, key in stepfunctions._parse_jsonpath_tokens(path) or ():
        if kind == "field":
            values = [value[key] for value in values if isinstance(value, dict) and key in value]
        elif kind == "index":
            values = [value[key] for value in values if isinstance(value, list) and key < len(value)]
        else:
            return True
    return bool(values)


def install() -> None:
    """Raise `States.Runtime` for a path that names nothing."""
    for property in ("InputPath", "OutputPath"):
        name = "_apply_input_path" if property == "InputPath" else "_apply_output_path"
        setattr(stepfunctions, name, _checked(getattr(stepfunctions, name), property))


def _checked(apply: Any, property: str) -> Any:
    def applied(state: dict[str, Any], data: Any, context: Any = None) -> Any:
        path = state.get(property, "$")
        if isinstance(path, str) and path.startswith("$") and path[:2] != "$$" and not _resolves(path, data):
            raise stepfunctions._ExecutionError("States.Runtime", f"Invalid path '{path}': it is not in the data.")
        return apply(state, data, context)

    return applied
