"""cloudformation-validate over many templates: jobs are {"rules": a file of Rego rules or null, "paths": […]}.

Each line is a path and its diagnostics: errors of AWS's rules, and of the Rego rules of the job.
"""

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from cloudformation_validate import (
    CompositeEngine,
    CompositeEngineConfig,
    ExternalRuleSource,
    Severity,
    ValidateConfig,
)


@cache
def engine(rules: str | None) -> Any:
    """Return an engine with its own rules and those of a file."""
    if rules is None:
        return CompositeEngine()
    with open(rules, encoding="utf-8") as file:
        sources = [ExternalRuleSource(name=name, content=content) for name, content in json.load(file)]
    return CompositeEngine(CompositeEngineConfig(rego_rules=sources))


def answers(jobs: dict[str, Any]) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """Validate every template."""
    validator, config = engine(jobs["rules"]), ValidateConfig(severity_level=Severity.WARN)
    for path in jobs["paths"]:
        rows = [
            {
                "rule": diagnostic.rule_id,
                "place": "/".join(
                    filter(None, (diagnostic.entity and diagnostic.entity.logical_id, diagnostic.property_path))
                ),
                "message": diagnostic.message,
                "type": (diagnostic.entity and diagnostic.entity.resource_type) or "",
            }
            for diagnostic in validator.validate_template(path, config).diagnostics
        ]
        yield path, rows
