"""Verifies unused answers: an unused answer changes none of the files, every other answer changes some."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from typing import Any

import blueprints
from advisor.advise import advise
from advisor.book import Book, dated
from advisor.decision import Choice
from advisor.design import Design
from advisor.design import unused as answers_used
from advisor.design.opposites import opposites
from advisor.design.outcome import outcome_of
from advisor.design.project import read_by_project
from advisor.report.records import budgets_data, settings_data
from advisor.requirements import Requirements
from blueprints.permissions import permissions
from blueprints.plan import plan_for, tags
from blueprints.project import project_files
from renderers import mermaid


class Outputs:
    """The content that a design is shown and generated as; files are generated once."""

    def __init__(self, design: Design) -> None:
        self.design = design
        self._files: dict[str, dict[str, bytes] | str] = {}

    def differ(self, other: "Outputs") -> bool:
        """Return whether the decision, the drawing or a file of a project differs."""
        if self.shown != other.shown:
            return True
        return any(self.files(target.id) != other.files(target.id) for target in blueprints.TARGETS)

    @cached_property
    def shown(self) -> list[Any]:
        """The readable content of the design, without the texts that repeat its answers."""
        decision, architecture = self.design.decision, self.design.architecture
        choices = [_plain(choice) for subject in decision.subjects for choice in subject.choices]
        settings = [(row["node"], row["setting"], row["value"]) for row in settings_data(architecture, "en")]
        budgets = [(row["kind"], row["have"], row["allowed"]) for row in budgets_data(architecture, "en")]
        # An open point about the whole workload is the answer itself.
        warnings = [(w.subject, w.id, w.role or w.sentence) for w in decision.warnings]
        fields = [conflict.fields for conflict in decision.conflicts]
        return [choices, settings, budgets, warnings, fields, mermaid.write(architecture, "", "", "en")]

    @property
    def settings(self) -> dict[str, Any]:
        """The settings of each node, also those that only a project reads."""
        return {node.id: node.settings for node in self.design.architecture.nodes}

    @property
    def built(self) -> bool:
        """Whether any target makes a project of it."""
        return any(isinstance(self.files(target.id), dict) for target in blueprints.TARGETS)

    def files(self, target: str) -> dict[str, bytes] | str:
        """Return the files of a project, without certificate and digest of the answers, or why there are none."""
        if target not in self._files:
            self._files[target] = _files(self.design, target)
        return self._files[target]


def lost(requirements: Requirements, book: Book) -> Iterator[str]:
    """Yield a sentence for each answer of which a design says what its files do not show."""
    then = dated(book)
    stated, unused = answers_used.unused_of(requirements, then)
    outputs = Outputs(advise(requirements, then))
    for one in stated:
        place = f"{one.subject or 'workload'}.{one.field.id}: {one.entry}"
        others = [*opposites(requirements, one)]
        allowed = [other for other in others if outcome_of(other, then) is not None]
        if one not in unused and read_by_project(outputs.design.architecture, one, requirements) and not outputs.built:
            continue
        others_made = [Outputs(advise(o, then)) for o in allowed]
        changes = len(allowed) < len(others) or any(map(outputs.differ, others_made))
        if not changes and not outputs.built and any(other.settings != outputs.settings for other in others_made):
            continue  # Only a project would show the setting.
        if changes == (one in unused):
            yield f"{place} is {'called unused and changes something' if changes else 'said to count and changes nothing'}"


def _plain(choice: Choice) -> tuple[Any, ...]:
    rejected = [(rejected.service, [reason.id for reason in rejected.because]) for rejected in choice.rejected]
    return choice.role, choice.service, [reason.id for reason in (*choice.because, *choice.violates)], rejected


def _files(design: Design, target: str) -> dict[str, bytes] | str:
    found = next(iter(blueprints.check(design, target)), None)
    if found is not None:
        return str(found)
    form, whole = blueprints.targets.target(target), plan_for(design)
    # An alarm before a decision expires shows what would change, which is more than what an answer changed.
    plan = replace(whole, alarms=tuple(alarm for alarm in whole.alarms if not alarm.expires))
    stack = form.stack(plan, "en")
    files = {**project_files(plan, target, "en", permissions(stack)), **form.printed(stack)}
    digest = tags.decision(design).encode()
    return {path: content.replace(digest, b"") for path, content in files.items()}
