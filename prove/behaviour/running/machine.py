"""State machines in this process: Amazon States Language as far as generated definitions use it.

https://states-language.net (checked 2026-11-27). Failures end the execution with `Failed`; retries, timeouts and
waiting times are not emulated.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from prove.behaviour.running.cloud import Json, NotRun

#: Runs a task: its resource, and its parameters as the worker gets them; returns the result.
Work = Callable[[str, Json], Any]
#: Lists what an ItemReader reads.
Listed = Callable[[Json], list[Json]]
#: Writes the results of items and the inputs of those that failed as a ResultWriter does, and returns where they are listed.
Writing = Callable[[Json, list[tuple[Any, Any]], list[Any]], Json]


class Failed(Exception):
    """The execution failed."""


@dataclass
class Execution:
    """One execution of a state machine, or of the item processor of a map."""

    name: str
    work: Work
    listed: Listed
    write: Writing = lambda _writer, _results, _failed: {}
    given: Any = None
    visited: list[str] = field(default_factory=list)
    #: The inputs of the items that the last map went past.
    failed: list[Any] = field(default_factory=list)
    done_items: int = 0
    #: Whether errors lead on to where their states catch them; otherwise the first one ends the execution.
    catches: bool = False

    def run(self, definition: Json, given: Any) -> Any:
        """Run states from the first one on and return the output. Raises Failed if a state fails and nothing catches it."""
        self.given = given if self.given is None else self.given
        name, data = definition["StartAt"], given
        for _ in range(200):
            state = definition["States"][name]
            self.visited.append(name)
            if state["Type"] == "Succeed":
                return data
            if state["Type"] == "Fail":
                raise Failed(_path(state["ErrorPath"], data, {}) if "ErrorPath" in state else state.get("Cause", name))
            if state["Type"] == "Choice":
                name = self._choice(state, data)
                continue
            try:
                data = self._state(state, data)
            except Failed as error:
                catcher = self._catcher(state, error)
                if catcher is None:
                    raise
                caught = {"Error": _name_of(error), "Cause": str(error)}
                name, data = catcher["Next"], _placed(catcher.get("ResultPath", "$"), caught, data)
                continue
            if state.get("End"):
                return data
            name = state["Next"]
        raise Failed("The execution goes round in a circle.")

    def _catcher(self, state: Json, error: Failed) -> Json | None:
        """Return the first catcher of a state for an error."""
        catchers: list[Json] = state.get("Catch", []) if self.catches else []
        names = {_name_of(error), "States.ALL"}
        return next((one for one in catchers if names & {*one["ErrorEquals"]}), None)

    def _state(self, state: Json, data: Any) -> Any:
        context = self._context()
        taken = _path(state.get("InputPath", "$"), data, context)
        result = _KINDS[state["Type"]](self, state, taken) if state["Type"] in _KINDS else None
        if state["Type"] not in _KINDS:
            raise NotRun(f"a state of the type {state['Type']}")
        if "ResultSelector" in state:
            result = filled(state["ResultSelector"], result, context)
        return _path(state.get("OutputPath", "$"), _placed(state.get("ResultPath", "$"), result, taken), context)

    def _context(self, item: Json | None = None) -> Json:
        execution = {
            "Name": self.name,
            "Id": f"arn:aws:states:execution:{self.name}",
            "Input": self.given,
            "StartTime": "2026-11-27T00:00:00Z",
        }
        # A program compares this time with that of its clock.
        entered = {"EnteredTime": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")}
        return {
            "Execution": execution,
            "State": entered,
            "Task": {"Token": "token"},
            **({"Map": {"Item": item}} if item else {}),
        }

    def _pass(self, state: Json, taken: Any) -> Any:
        return filled(state["Parameters"], taken, self._context()) if "Parameters" in state else taken

    def _choice(self, state: Json, data: Any) -> str:
        """Return the state that a choice selects."""
        return next((str(rule["Next"]) for rule in state["Choices"] if _holds(rule, data)), str(state["Default"]))

    def _task(self, state: Json, taken: Any) -> Any:
        if state["Resource"].endswith(":aws-sdk:sfn:describeMapRun"):
            filled(state["Parameters"], taken, self._context())
            return {"ItemCounts": {"Failed": len(self.failed), "Succeeded": self.done_items, "Total": self.all_items}}
        return self.work(state["Resource"], filled(state["Parameters"], taken, self._item_context))

    @property
    def _item_context(self) -> Json:
        return self._context(self._item)

    _item: Json | None = None

    def _map(self, state: Json, taken: Any) -> Any:
        reader = state.get("ItemReader")
        found = self.listed(filled(reader, taken, self._context())) if reader else _path(state["ItemsPath"], taken, {})
        given = []
        for index, value in enumerate(found):
            context = self._context({"Index": index, "Value": value})
            given.append(
                (index, value, filled(state["ItemSelector"], taken, context) if "ItemSelector" in state else value)
            )
        distributed = state["ItemProcessor"].get("ProcessorConfig", {}).get("Mode") == "DISTRIBUTED"
        if not {"ToleratedFailurePercentage", "ToleratedFailureCount"} & state.keys():
            results = [(one[2], self._one(state, distributed, *one)) for one in _batches(state, given)]
        else:
            results = self._tolerantly(state, distributed, _batches(state, given))
        return self._written(state, results)

    def _written(self, state: Json, results: list[tuple[Any, Any]]) -> Any:
        """Return the result of a map: the location of the results, if a ResultWriter has written them."""
        if "ResultWriter" not in state:
            return [result for _, result in results]
        writer = filled(state["ResultWriter"], {}, self._context())
        return {"MapRunArn": "arn:aws:states:map-run", "ResultWriterDetails": self.write(writer, results, self.failed)}

    def _tolerantly(self, state: Json, distributed: bool, given: list[tuple[int, Any, Any]]) -> list[tuple[Any, Any]]:
        """Go on past items that fail, as far as the map tolerates that."""
        results, lost, last = [], list[Any](), ""
        for one in given:
            try:
                results.append((one[2], self._one(state, distributed, *one)))
            except Failed as error:
                lost, last = [*lost, one[2]], str(error)
        failed = len(lost)
        most = float(state.get("ToleratedFailureCount", 0)), float(state.get("ToleratedFailurePercentage", 0))
        if failed and failed > most[0] and failed * 100 > most[1] * len(given):
            raise Failed(f"The specified tolerated failure threshold was exceeded: {last}")
        self.failed, self.done_items = lost, len(results)
        return results

    @property
    def all_items(self) -> int:
        """The number of items of the last map that went on past failures."""
        return len(self.failed) + self.done_items

    def _one(self, state: Json, distributed: bool, index: int, value: Any, given: Any) -> Any:
        # A distributed map runs each item as an execution of its own, with a name and an input of its own.
        name = f"child-{index}" if distributed else self.name
        child = Execution(name, self.work, self.listed, self.write, None if distributed else self.given)
        child._item = None if distributed else {"Index": index, "Value": value}
        return child.run(state["ItemProcessor"], given)


def _name_of(error: Failed) -> str:
    """Return the name of an error: a function reports the type of its exception, a container none."""
    return type(error.__cause__).__name__ if error.__cause__ else "States.TaskFailed"


_KINDS: dict[str, Callable[[Execution, Json, Any], Any]] = {
    "Pass": Execution._pass,
    "Wait": lambda _execution, _state, taken: taken,
    "Task": Execution._task,
    "Map": Execution._map,
}


def _batches(state: Json, given: list[tuple[int, Any, Any]]) -> list[tuple[int, Any, Any]]:
    """Return the items in batches, as an ItemBatcher hands them over: `{"Items": […]}`."""
    batcher = state.get("ItemBatcher")
    if not batcher:
        return given
    size = int(batcher["MaxItemsPerBatch"])
    groups = [given[start : start + size] for start in range(0, len(given), size)]
    return [(number, None, {"Items": [item for _, _, item in group]}) for number, group in enumerate(groups)]


def _placed(path: str | None, result: Any, data: Any) -> Any:
    if path is None:
        return data
    if path == "$":
        return result
    *middle, last = path.removeprefix("$.").split(".")
    if middle:
        raise NotRun(f"the result path {path}")
    return {**(data if isinstance(data, dict) else {}), last: result}


def _path(path: str | None, data: Any, context: Json) -> Any:
    """Return the value of a path in the data or in the context object."""
    if path is None:
        return {}
    value: Any = context if path.startswith("$$") else data
    for step in re.findall(r"\.([A-Za-z_][\w-]*)|\[(\d+)\]", path.lstrip("$")):
        try:
            value = value[step[0]] if step[0] else value[int(step[1])]
        except (KeyError, TypeError, IndexError) as error:
            raise Failed(f"{path} names nothing in the input") from error
    return value


def _is_present(path: str, asked: Any, data: Any) -> bool:
    try:
        _path(path, data, {})
    except Failed:
        return str(asked).lower() == "false"
    return str(asked).lower() == "true"


#: The tests of a choice: path, what is compared with, data -> whether it is so.
_COMPARISONS: Mapping[str, Callable[[str, Any, Any], bool]] = {
    "IsPresent": _is_present,
    "IsString": lambda path, asked, data: isinstance(_path(path, data, {}), str) is (str(asked).lower() == "true"),
    "NumericLessThanPath": lambda path, most, data: bool(_path(path, data, {}) < _path(most, data, {})),
    "BooleanEquals": lambda path, asked, data: _path(path, data, {}) is (str(asked).lower() == "true"),
    "StringEquals": lambda path, text, data: bool(_path(path, data, {}) == text),
}


def _holds(rule: Json, data: Any) -> bool:
    """Return whether a rule of a choice holds. The rules of an `And` are tried in their order, until one does not hold."""
    if "And" in rule:
        return all(_holds(one, data) for one in rule["And"])
    if "Not" in rule:
        return not _holds(rule["Not"], data)
    tests = [name for name in rule if name not in ("Variable", "Next")]
    if len(tests) != 1 or tests[0] not in _COMPARISONS:
        raise NotRun(f"a choice by {tests}")
    return _COMPARISONS[tests[0]](rule["Variable"], rule[tests[0]], data)


def filled(template: Any, data: Any, context: Json) -> Any:
    """Return a payload template with its paths and intrinsic functions evaluated."""
    if isinstance(template, list):
        return [filled(value, data, context) for value in template]
    if not isinstance(template, dict):
        # The normal form of a stack writes numbers as text.
        return int(template) if isinstance(template, str) and template.isdigit() else template
    return {
        key.removesuffix(".$"): _evaluated(str(value), data, context)
        if key.endswith(".$")
        else filled(value, data, context)
        for key, value in template.items()
    }


def _evaluated(text: str, data: Any, context: Json) -> Any:
    if not text.startswith("States."):
        return _path(text, data, context)
    name, rest = text.split("(", 1)
    words = [_argument(word, data, context) for word in _arguments(rest.removesuffix(")"))]
    if name == "States.Format":
        given = iter(words[1:])
        return re.sub(r"\{\}", lambda _match: _text(next(given)), words[0])
    functions: dict[str, Callable[..., Any]] = {
        "States.JsonToString": lambda value: json.dumps(value),
        "States.StringToJson": json.loads,
        "States.ArrayRange": lambda first, last, step: list(range(int(first), int(last) + 1, int(step))),
        "States.Array": lambda *values: list(values),
        "States.ArrayLength": len,
        "States.JsonMerge": lambda one, other, _deep: {**one, **other},
        "States.UUID": lambda: "00000000-0000-4000-8000-000000000000",
        "States.Hash": lambda value, _algorithm: f"hash-of-{_text(value)}",
    }
    if name not in functions:
        raise NotRun(f"the intrinsic function {name}")
    return functions[name](*words)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _arguments(text: str) -> list[str]:
    """Split the arguments of an intrinsic function at its own commas."""
    found, depth, quoted = [""], 0, False
    for character in text:
        quoted ^= character == "'"
        depth += 0 if quoted else (character == "(") - (character == ")")
        if character == "," and not quoted and not depth:
            found.append("")
        else:
            found[-1] += character
    return [word.strip() for word in found if word.strip()]


def _argument(word: str, data: Any, context: Json) -> Any:
    if word.startswith("'"):
        return word[1:-1]
    if word.startswith(("$", "States.")):
        return _evaluated(word, data, context)
    return json.loads(word)
