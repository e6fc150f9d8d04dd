"""What the README says of repeated requests, versions of items, and effects on other systems."""

from typing import Any

from advisor.sizing.outside_effects import calls_outside
from blueprints import settings
from blueprints.plan import Plan
from blueprints.project.programs.code import Code
from blueprints.traits import (
    appsync,
)
from blueprints.traits.api_gateway_rest import CACHE_S
from blueprints.traits.appsync import schema_of
from blueprints.traits.outside_effects import requires_ids, table_id
from blueprints.traits.state_machine_states import EXPRESS

#: The entry point of a program that AppSync calls.
_GRAPHQL = "lambda_graphql"


def repeated_requests(plan: Plan, codes: tuple[Code, ...]) -> dict[str, Any]:
    """Return the section on repeated requests, and the programs that record messages to people."""
    creating = [code for code in codes if code.service == "items" and code.can_create and not code.entry_point.webhook]
    return {
        "creating": "kept" if any(code.keeps_new or code.digests for code in creating) else "sent" if creating else "",
        "uncompared": [code.folder for code in creating if not code.keeps_new and not code.digests],
        "placing": [code.folder for code in codes if code.arrivals_env],
        **_versions(plan, codes),
        "unread": [
            _unread(code) for code in codes if code.service == "items" and code.can_create and _only_writes(code)
        ],
        "shared_keys": any(not (code.entry_point.owned or code.entry_point.binds_keys) for code in creating),
        "hearing_undone": [code.folder for code in codes if code.hears_undone],
        "refreshing": [code.folder for code in codes if code.refreshes],
        "working_once": [code.folder for code in codes if len(code.unheard) > 1],
        "recording": [code.folder for code in codes if any(channel.recorded for channel in code.channels)],
        "apart": sorted({channel.subject for code in codes for channel in code.channels if channel.apart}),
        "brief": sorted({channel.subject for code in codes for channel in code.channels if channel.brief}),
        "notifying": [
            (code.folder, bool(code.registering)) for code in codes if any(channel.pushes for channel in code.channels)
        ],
        "pushing": _pushing(plan, codes),
        "everybodys": [code.folder for code in codes if code.registering and not code.entry_point.owned],
    }


def _versions(plan: Plan, codes: tuple[Code, ...]) -> dict[str, Any]:
    """Return the programs, and the APIs without one, whose items have versions: those that ask for one, and those whose store has no conditional writes."""
    apis = {node.subject: schema_of(plan.architecture, node.id) for node in appsync.TRAITS.nodes(plan.architecture)}
    direct = {name: schema.strong for name, schema in apis.items() if schema.direct}
    versioned = [code for code in codes if code.service == "items" and code.can_change]
    shown = {name for code in codes for name, _, _ in code.beside}
    return {
        "listing": [code.folder for code in codes if code.service == "items" and code.can_read],
        "unnamed": [(code.folder, code.hides_owner) for code in codes if code.unnamed and code.service == "work"],
        "among_items": [
            (code.folder, one, one.beside in shown) for code in codes for one in code.keeps if one.among_items
        ],
        "mixed": [(code.folder, one) for code in codes for one in code.completes if one.others],
        "versioned": [*(code.folder for code in versioned), *direct],
        "versioned_http": any(code.entry_point.shell != _GRAPHQL for code in versioned),
        "versioned_graphql": bool(direct) or any(code.entry_point.shell == _GRAPHQL for code in versioned),
        "required": [code.folder for code in versioned if code.conditional] + [name for name in direct if direct[name]],
        "optional": any(not code.conditional for code in versioned) or not all(direct.values()),
        "written_by_others": _written_by_others(codes, versioned),
        "cached_s": CACHE_S if any(_cached(plan, code) for code in versioned) else 0,
        "unconditional": [
            (code.folder, code.primary.subject)
            for code in versioned
            if code.primary is not None and code.primary.client.checks_first
        ],
    }


def _cached(plan: Plan, code: Code) -> bool:
    """Whether an API caches what a program returns."""
    entries = plan.architecture.entering(code.plan.node.id, "invoke")
    return any(settings.flag(plan.architecture.node(edge.source), "caching") for edge in entries)


def _written_by_others(codes: tuple[Code, ...], versioned: list[Code]) -> bool:
    """Whether other programs write to the stores whose items callers change."""
    served = {code.primary.node.id for code in versioned if code.primary is not None}
    return any(store.node.id in served for code in codes if code not in versioned for store in code.writes)


def recorded_effects(code: Code) -> tuple[str, str, bool, bool, bool, bool]:
    """Return the folder of a program with effects on another system, the output with its table, and what holds for them.

    That is: whether it refuses messages without an id, whether its steps are compensated, whether a redrive of its failed
    run continues, and whether it acts for items that callers may delete meanwhile.
    """
    workflow = code.entry_point.workflow
    resumed = workflow is not None and workflow.service != EXPRESS
    table, items = f"{table_id(code.plan.node)}Name", bool(code.completes)
    return code.folder, table, requires_ids(code.plan.node), code.compensates, resumed, items


def calls_again(plan: Plan, code: Code) -> bool:
    """Whether a program calls another system each time that a message is delivered: it does not record these calls."""
    component = next((one for one in plan.design.requirements.of_kind("component") if one.id == code.id), None)
    started = code.service == "work" and not code.effects_env
    return started and component is not None and calls_outside(component.answers)


def _only_writes(code: Code) -> bool:
    """Whether the API of a program has no access to what its callers send."""
    return bool(code.writes) and code.primary not in code.writes and not code.entry_point.webhook


def _unread(code: Code) -> tuple[str, list[str], str]:
    """Return the folder of such a program, the stores that it writes, and the one that it reads, or ""."""
    return code.folder, [store.subject for store in code.writes], code.primary.subject if code.primary else ""


def _pushing(plan: Plan, codes: tuple[Code, ...]) -> list[tuple[str, str, bool]]:
    """Return the channels with push notifications: the subject, the logical name, and whether devices can register."""
    found = {channel.node.id: channel for code in codes for channel in code.channels if channel.pushes}
    asked = {channel.node.id for code in codes for channel in code.registering}
    return [(channel.subject, plan.name(id), id in asked) for id, channel in sorted(found.items())]
