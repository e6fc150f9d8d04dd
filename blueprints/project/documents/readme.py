"""README.md: description, deployment, usage and deletion of the project, its idle costs, and its reasons."""

from collections.abc import Iterator
from typing import Any

from advisor.architecture import Edge, Node
from advisor.architecture.balancing import path_of, sharing
from advisor.graph_builder.unmatched_reads import UNMATCHED
from advisor.sizing.outside_effects import calls_outside
from advisor.text import Lang, Text, repeats
from advisor.vocabulary import FIELDS
from advisor.vocabulary.channel import CALLED_OVER_HTTPS
from advisor.vocabulary.formats import listed, period
from advisor.vocabulary.store import KEPT
from advisor.vocabulary.units import words
from blueprints import settings
from blueprints.parameters.deployment import APPROVER
from blueprints.parameters.outside import SMS_SUFFIX
from blueprints.plan import Plan, region_of
from blueprints.plan.callers.authorizers import ANSWER_KEPT_S
from blueprints.plan.callers.owners import isolated, read_by_people, readers_of
from blueprints.plan.callers.sign_in import asks_provider, sign_ins
from blueprints.plan.monitoring.expiry_alarms import QUESTIONS
from blueprints.plan.network import ways_out
from blueprints.plan.routes import paths_of
from blueprints.project.delivery import GIVEN
from blueprints.project.documents.capacity import bounds
from blueprints.project.documents.copies import cached, copies, forgotten
from blueprints.project.documents.dead_letters import (
    dead_kinds,
    dead_letters,
    dead_targets,
    only_starts_in_order,
    records_kept_h,
)
from blueprints.project.documents.deliveries import deliveries
from blueprints.project.documents.domain_names import domain_names
from blueprints.project.documents.downloads import downloads
from blueprints.project.documents.executions import (
    asking,
    dated_objects,
    given_items,
    item_messages,
    listed_objects,
    machines,
    polling,
    programmed_starts,
    undoing_before_approval,
    undoing_for_others,
)
from blueprints.project.documents.late_messages import latest, ordered, superseding
from blueprints.project.documents.program_tasks import what_it_does
from blueprints.project.documents.release_roles import release_permissions
from blueprints.project.documents.repetitions import duplicate_ids, duplicates
from blueprints.project.documents.request_flow import request_flow
from blueprints.project.documents.retention import retentions
from blueprints.project.documents.smoke_commands import Trial, trials
from blueprints.project.documents.standing_costs import costs_without_use, priced_costs, retained_resources
from blueprints.project.documents.subscriptions import subscriptions
from blueprints.project.documents.tenants import tenants
from blueprints.project.documents.totals import totals
from blueprints.project.programs.authorizer_functions import checks
from blueprints.project.programs.code import Code
from blueprints.project.programs.entry_point import LOOP
from blueprints.project.render import one_line, render, tidy
from blueprints.project.site import site_values
from blueprints.project.testing.integration_tests import cases_of, untested, untested_why
from blueprints.shared.event_types import event_types
from blueprints.shared.network import nat_zones, outgoing_address
from blueprints.traits import (
    appsync,
    cloudfront,
    eventbridge_bus,
    kinesis,
    lambda_function_url,
    sns,
    sns_fifo,
    traits_of,
)
from blueprints.traits.api_gateway_rest import CACHE_S
from blueprints.traits.appsync import schema_of
from blueprints.traits.callbacks import RESUME
from blueprints.traits.ecs_express import express, in_public
from blueprints.traits.function_snapshots import Reason, left_cold, why_cold
from blueprints.traits.outside_effects import requires_ids, table_id
from blueprints.traits.state_machine_states import EXPRESS

#: A dead-letter queue keeps a message for 14 days.
_DEAD_LETTERS_KEPT_H = 14 * 24
#: The roles of services that a project has once for all of its programs.
_SHARED_BY_ALL = ("registry", "observability", "secrets")
#: The entry point of a program that AppSync calls.
_GRAPHQL = "lambda_graphql"


def readme(plan: Plan, codes: tuple[Code, ...], lang: Lang, shared: dict[str, Any]) -> bytes:
    """Return the README in one language; `shared` are the values that all project files are made from."""
    requirements = plan.design.requirements
    totalling = [code for code in codes if code.service == "summary" and code.entry_point.kind != LOOP]
    values = {
        **shared,
        "title": requirements.title.in_(lang) or "Workload",
        "summary": requirements.summary.in_(lang),
        "parts": [(_called(node, lang), _of(plan, node)) for node in plan.architecture.nodes if node.kind == "service"],
        "services": list(_behind_shared(plan)),
        "story": request_flow(plan.architecture, lang),
        "parameters": [(p.id, p.description.in_(lang), p.default, p.example) for p in plan.parameters],
        "asked": any(not p.default and p.id not in GIVEN for p in plan.parameters),
        "existing_vpc": _existing_vpc(plan),
        "outgoing_addresses": _outgoing_addresses(plan),
        "alike": _alike(plan),
        "dashboard": plan.dashboard,
        "alarms": len(plan.alarms),
        "redriven": dead_letters(plan),
        "dead_kinds": dead_kinds(plan),
        "dead_targets": dead_targets(plan, lang),
        "records_kept": words(records_kept_h(plan) * 3600, "s").in_(lang),
        "records_go_first": 0 < records_kept_h(plan) < _DEAD_LETTERS_KEPT_H,
        "machines": machines(plan),
        "ends_in_fail": any(machine.fails for machine in machines(plan)),
        "archives": sorted({store.subject for code in codes for store in code.archives}),
        "undoing": undoing_for_others(plan),
        "undoing_before": undoing_before_approval(plan),
        "asking": asking(plan, codes, lang),
        "listed_objects": listed_objects(plan),
        "item_messages": item_messages(codes),
        "dated_objects": dated_objects(plan, codes),
        "given_items": given_items(plan, codes),
        "programmed": programmed_starts(plan, lang),
        "only_starts": only_starts_in_order(plan),
        "ordered": any(traits_of(node.service).fifo for node in plan.architecture.nodes),
        "superseding": superseding(plan, codes),
        **_confirmed(plan),
        "faults": [(alarm.name, alarm.description.in_(lang)) for alarm in plan.alarms if not alarm.expires],
        "expiries": [(alarm.name, alarm.description.in_(lang)) for alarm in plan.alarms if alarm.expires],
        "trials": [
            (trial.heading.in_(lang), _lines(trial, lang)) for trial in trials(plan, codes, shared["typescript"])
        ],
        "bounds": bounds(plan.architecture, lang),
        "source": _source(shared, lang),
        "idle": [text.in_(lang) for text in costs_without_use(plan, typescript=shared["typescript"])],
        "standing": [(text.in_(lang), url) for text, url in priced_costs(plan)],
        "kept": [(what.in_(lang), output, command) for what, output, command in retained_resources(plan)],
        "snapshots": any("snapshot" in what.en for what, _, _ in retained_resources(plan)),
        "choices": _choices(plan, lang),
        "read_on": period(*plan.design.read_between).in_(lang),
        "folders": [(code.folder, what_it_does(plan, code).in_(lang)) for code in codes],
        "texting": [parameter.id for parameter in plan.parameters if parameter.id.endswith(SMS_SUFFIX)],
        "integrated": bool(cases_of(plan, codes)),
        "untested": untested(plan, codes),
        "untested_why": untested_why(plan, codes).in_(lang),
        "duplicates": duplicates(plan, lang),
        "duplicate_ids": duplicate_ids(plan, codes, lang),
        "corrected_totals": [code.folder for code in totalling],
        "sent_totals": [code.folder for code in totalling if code.channels],
        "domain_names": domain_names(plan, lang),
        "release_permissions": release_permissions(plan, shared, lang),
        "ecs_services": _ecs_services(plan),
        "backlog_alarms": any(QUESTIONS["retention_s"] in alarm.name for alarm in plan.alarms if alarm.expires),
        "priced_parameters": any("USD" in parameter.description.en for parameter in plan.parameters),
        "looping": [code.folder for code in codes if code.entry_point.shell == LOOP],
        "streamed_to": [code.folder for code in codes if _reads_records(code)],
        **_repeats(plan, codes),
        "effects": [_effects(code) for code in codes if code.effects_env],
        "calling_again": [code.folder for code in codes if _calls_again(plan, code)],
        "measured": _measured(codes),
        "handed_on": any(_hands_on(plan.architecture.node(e.source), e.verb) for e in plan.architecture.edges),
        "kept_s": ANSWER_KEPT_S,
        **_sign_in(plan, codes),
        "receiving": [
            (code.folder, plan.name(edge.target), code.keyed, code.resumes, bool(code.channels), bool(code.writes))
            for code in codes
            for edge in plan.architecture.leaving(code.plan.node.id, "verify")
        ],
        "deliveries": deliveries(plan, codes),
        "unused_secrets": [
            (code.folder, secret.module) for code in codes for secret in code.secrets if secret not in code.signs
        ],
        "keyed_calls": [
            (plan.architecture.node(edge.target).note.in_(lang), plan.name(edge.id)) for edge in _called_with_keys(plan)
        ],
        "awaiting": list(_awaiting(plan, codes)),
        "polling": polling(plan, codes, lang),
        "searching": [
            (code.folder, code.vectors, code.entry_point.owned) for code in codes if code.vectors is not None
        ],
        "filing": list(_filing(plan, codes, lang)),
        "totals": list(totals(plan, codes, lang)),
        "copied": copies(plan, codes, lang),
        "caching": cached(codes, lang),
        "forgetting": forgotten(plan, codes, lang),
        "in_order": ordered(plan, codes, lang),
        "states": latest(plan, codes, lang),
        "in_parts": [
            (code.folder, [store.result for store in code.completes], code.combines)
            for code in codes
            if code.numbered and code.completes
        ],
        "settled": [(code.folder, code.settling, code.approvals) for code in codes if code.settling],
        "subscribed": list(subscriptions(plan, codes, lang)),
        "retention": retentions(plan, codes, lang),
        "routing": [
            (node.note.in_(lang), types, traits_of(node.service).noun, _registering(codes, node))
            for node in plan.architecture.nodes
            if (types := _routed(plan, node))
        ],
        **_mailing(codes),
        "sharing": [
            (
                code.folder,
                _senders(plan, code),
                _reading(plan, codes, code, lang),
                code.sender_owner,
                _isolating(plan, code),
            )
            for code in codes
            if _shares(plan, code)
        ],
        "checks": [check.folder for check in checks(plan)],
        "site": site_values(plan),
        **_content_delivery(plan, codes),
        "express": _express(plan),
        "languages": _other_languages(codes, lang, shared["typescript"]),
        "unmatched": list(_unmatched(plan, codes, lang)),
        "downloads": downloads(plan, codes, lang),
        "sparse": sorted({store.subject for code in codes for store in code.stores if store.sparse}),
        "tenants": tenants(plan, codes),
        "cold": _cold(plan, codes, shared["typescript"]),
    }
    return tidy(render(f"prose/README.{lang}.md.j2", values)).encode()


def _source(shared: dict[str, Any], lang: Lang) -> str:
    """Return the files that contain the settings of the programs."""
    paths = {"sam": "`template.yaml`", "cdk-python": "`stacks/components/`", "cdk-typescript": "`lib/components/`"}
    path = paths[shared["target"]]
    pods = Text(f"{path} or, for pods, in `kubernetes/base/`", f"{path}（Pod は `kubernetes/base/`）")
    return pods.in_(lang) if shared["kubernetes"] else path


def _lines(trial: Trial, lang: Lang) -> list[str]:
    return [line.in_(lang) if isinstance(line, Text) else line for line in trial.commands]


def _measured(codes: tuple[Code, ...]) -> dict[str, Any] | None:
    """Return the metrics that functions count, and their namespace, or None if none counts."""
    counting = [code for code in codes if code.measured and (code.service != "items" or code.can_create)]
    metrics = sorted({code.counted for code in counting})
    return {"namespace": counting[0].namespace, "metrics": metrics} if counting else None


def _hands_on(entry: Node, verb: str) -> bool:
    """Whether an entry hands requests on to a channel or a workflow without a program."""
    return entry.role == "entry" and verb in ("publish", "start")


def _reads_records(code: Code) -> bool:
    """Whether a program reads the records of a stream, itself or through a pipe."""
    return kinesis.TRAITS.service in (code.entry_point.kind, code.entry_point.records)


def _repeats(plan: Plan, codes: tuple[Code, ...]) -> dict[str, Any]:
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


def _effects(code: Code) -> tuple[str, str, bool, bool, bool, bool]:
    """Return the folder of a program with effects on another system, the output with its table, and what holds for them.

    That is: whether it refuses messages without an id, whether its steps are compensated, whether a redrive of its failed
    run continues, and whether it acts for items that callers may delete meanwhile.
    """
    workflow = code.entry_point.workflow
    resumed = workflow is not None and workflow.service != EXPRESS
    table, items = f"{table_id(code.plan.node)}Name", bool(code.completes)
    return code.folder, table, requires_ids(code.plan.node), code.compensates, resumed, items


def _calls_again(plan: Plan, code: Code) -> bool:
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


def _shares(plan: Plan, code: Code) -> bool:
    """Whether callers with another kind of identity than those that send items to a program read all of them."""
    hooked = code.entry_point.webhook and code.can_create
    return (
        code.entry_point.shared or code.names_owners or (hooked and read_by_people(plan.architecture, code.plan.node))
    )


def _senders(plan: Plan, code: Code) -> str:
    """Return who sends the items of a program that others read: `webhook`, `machines` for people, or `others`.

    It is `inside` for webhooks that callers with items of their own do not list.
    """
    if code.entry_point.webhook:
        return "inside" if code.names_owners else "webhook"
    signs = traits_of(code.entry_point.identity).identity == "credentials"
    return "machines" if signs and read_by_people(plan.architecture, code.plan.node) else "others"


def _isolating(plan: Plan, code: Code) -> bool:
    """Whether tenants who are isolated from each other read what becomes of the items of a program's senders."""
    tenants = isolated(plan.design)
    return any(one.subject in tenants for one in readers_of(plan.architecture, code.plan.node))


def _reading(plan: Plan, codes: tuple[Code, ...], code: Code, lang: Lang) -> str:
    """Return the programs, or the APIs without one, whose callers read what becomes of the items of a program's own callers."""
    folders = {one.plan.node.id: one.folder for one in codes}
    nodes = readers_of(plan.architecture, code.plan.node)
    names = [f"`{folders.get(node.id, node.subject)}`" for node in nodes if node.id != code.plan.node.id]
    return listed([Text(name, name) for name in names]).in_(lang)


def _unmatched(plan: Plan, codes: tuple[Code, ...], lang: Lang) -> Iterator[tuple[str, str, bool]]:
    """Yield the programs that read a store by an id which none of its writers uses, with the sentence, and whether they serve items."""
    for warning in plan.design.decision.warnings:
        for code in codes if warning.id == UNMATCHED else ():
            if code.plan.node.subject == warning.subject:
                yield code.folder, warning.sentence.in_(lang), code.service == "items"
                break


def _filing(plan: Plan, codes: tuple[Code, ...], lang: Lang) -> Iterator[tuple[str, str, str]]:
    """Yield the programs that let callers delete items with files, with the buckets that keep the files, and how long in words, or ""."""
    for code in codes:
        if code.uploads is not None and code.uploads.of_item and code.can_change:
            kept_s = settings.number(plan.architecture.node(code.uploads.store), KEPT)
            yield code.folder, plan.name(code.uploads.store), words(kept_s, "s").in_(lang) if kept_s else ""


def _awaiting(plan: Plan, codes: tuple[Code, ...]) -> Iterator[tuple[str, str, str, int]]:
    """Yield the state machines that wait for a callback, with the folders of the programs that ask and that take the answers."""
    for code in codes:
        workflow = code.entry_point.workflow
        if workflow is not None and code.callback_env:
            answering = {edge.source for edge in plan.architecture.entering(workflow.id, RESUME)}
            for other in (other for other in codes if other.plan.node.id in answering):
                yield plan.name(workflow.id), code.folder, other.folder, code.largest_answer


def _mailing(codes: tuple[Code, ...]) -> dict[str, list[str]]:
    """Return the programs that send emails to the recipients of items, and those whose callers are their recipients, or nobody."""
    asked = [code for code in codes if code.reserves_recipients and code.takes_items]
    return {
        "mailing": [code.folder for code in codes if any(channel.addressed for channel in code.channels)],
        "addressed": [code.folder for code in asked if code.addressed],
        "unaddressed": [code.folder for code in asked if not code.addressed],
        "mails_no_undoing": [code.folder for code in codes if code.compensates and len(code.retracts) < len(code.told)],
    }


def _sign_in(plan: Plan, codes: tuple[Code, ...]) -> dict[str, list[Any]]:
    """Return the programs behind load balancers that check callers.

    Those that verify the signature of the load balancer that signs their callers in, those that cannot, and those that check
    the tokens of their callers, each with whether it verifies their signature.
    """
    behind = [code for code in codes if any(sign_ins(plan.architecture, code.plan.node))]
    verifying = [code.folder for code in behind if code.entry_point.signed]
    tokened = [(code.folder, code.entry_point.reaches_keys) for code in codes if code.entry_point.tokened]
    trusting = [code.folder for code in behind if code.folder not in verifying]
    return {"verifying": verifying, "trusting": trusting, "tokened": tokened}


def _called_with_keys(plan: Plan) -> Iterator[Edge]:
    """Yield the connections by which event buses call systems outside AWS, with an API key each."""
    graph = plan.architecture
    for bus in eventbridge_bus.TRAITS.nodes(graph):
        for edge in graph.leaving(bus.id, "deliver"):
            if graph.node(edge.target).service in eventbridge_bus.WITH_KEY:
                yield edge


def _confirmed(plan: Plan) -> dict[str, Any]:
    """Return the parameters with what must confirm a subscription before it receives messages, and whether there are HTTPS endpoints."""
    graph = plan.architecture
    edges = [edge for node in sns.TRAITS.nodes(graph) for edge in graph.leaving(node.id, "deliver")]
    ends = [graph.node(edge.target) for edge in edges]
    found = {plan.parameter(end.id).id: end.service for end in ends if end.service in sns.CONFIRMING}
    approver = [APPROVER.id] if plan.approvals is not None else []
    over_https = any(service in CALLED_OVER_HTTPS for service in found.values())
    return {"confirmed": [*approver, *sorted(found)], "confirmed_https": over_https}


def _content_delivery(plan: Plan, codes: tuple[Code, ...]) -> dict[str, Any]:
    """Return the programs and the buckets before which CloudFront is, with the outputs that callers need.

    Responses are told apart by headers, a function URL is closed to all but CloudFront, some responses are stored nowhere, and
    the paths of an API lead to it where its site has the others. A load balancer is inside the VPC. The last value is whether
    the API or its program checks who calls.
    """
    graph, programs = plan.architecture, []
    for entry in graph.nodes:
        distribution = cloudfront.delivered(graph, entry.id)
        behind = [code for code in codes if any(edge.source == entry.id for edge in code.plan.invoked)]
        if distribution is not None:
            headers = ["Authorization"] * bool(graph.leaving(entry.id, "authorize"))
            headers += ["x-api-key"] * settings.flag(entry, "api_keys")
            private = any(code.entry_point.delivered for code in behind)
            public = any(code.entry_point.cached and code.can_read for code in behind)
            folder = behind[0].folder if behind else entry.subject
            closed = entry.service == lambda_function_url.TRAITS.service
            paths = paths_of(graph, entry) if cloudfront.with_its_pages(graph, entry.id) else ()
            inside = bool(traits_of(entry.service).load_balancer)
            checked = bool(headers) or any(code.entry_point.webhook for code in behind)
            output = f"{plan.name(distribution.id)}Url"
            programs.append(
                (
                    folder,
                    output,
                    closed,
                    headers,
                    "public" if public else "private" if private else "",
                    paths,
                    inside,
                    checked,
                )
            )
    buckets = [
        (plan.name(bucket.id), f"{plan.name(distribution.id)}Url", f"{plan.name(distribution.id)}Id")
        for bucket, distribution in cloudfront.stores(graph)
    ]
    return {"delivered": programs, "delivered_buckets": buckets}


def _ecs_services(plan: Plan) -> bool:
    """Whether the stack has services of Amazon ECS, which start tasks from the images."""
    running = [program for program in plan.programs if program.run in ("service", "worker")]
    return any(traits_of(one.node.service).state == "task" for one in running)


def _express(plan: Plan) -> str:
    """Return the placement of ECS Express Mode services, public before private, or none if there are none."""
    services = [node for node in plan.architecture.nodes if express(node)]
    return "public" if any(in_public(plan.architecture, node) for node in services) else "private" if services else ""


def _existing_vpc(plan: Plan) -> dict[str, Any] | None:
    """Return the endpoints that an existing VPC must provide, or None if the project creates the VPC.

    `provider`: an internal load balancer signs users in at an existing identity provider, whose token and user info endpoints it
    calls over IPv4: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html and
    https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_SetIpAddressType.html (both read 2026-12-01).
    """
    if plan.network is None or not plan.network.existing:
        return None
    services, internet = ways_out(plan.architecture, plan.network.own)
    fixed = any(one.answers.get("fixed_outgoing_ip") for _, one in plan.design.requirements.subjects())
    public = plan.network.public
    provider = not public and asks_provider(plan.architecture, tokens=False)
    return {"services": services, "internet": internet or fixed, "public": public, "fixed": fixed, "provider": provider}


def _outgoing_addresses(plan: Plan) -> list[str]:
    """Return the outputs with the addresses from which programs call other systems, if they are fixed."""
    network = plan.network
    if network is None or not network.fixed_address or network.existing:
        return []
    return [outgoing_address(zone) for zone in nat_zones(network)]


def _alike(plan: Plan) -> list[tuple[str, int]]:
    """Return the parts that represent several identical ones, with their number; what exists already is not in the project."""
    represented = {node.subject for node in plan.architecture.nodes if node.count > 1}
    return [(s.id, s.count) for s in plan.design.decision.subjects if s.count > 1 and s.id in represented]


def _of(plan: Plan, node: Node) -> str:
    """Return which components a part belongs to or serves, as code of Markdown without its ends."""
    users = [plan.node(edge.source) for edge in plan.architecture.entering(node.id) if node.role in _SHARED_BY_ALL]
    served = dict.fromkeys([node.subject, *(user.subject for user in users if user.kind == "service")])
    return "`, `".join(sharing(node) or served)


def _behind_shared(plan: Plan) -> Iterator[tuple[str, str, str]]:
    """Yield each service that shares a load balancer: its component, its path, and the output with its URL."""
    for edge in plan.architecture.edges:
        if path := path_of(edge):
            yield plan.node(edge.target).subject, path, f"{plan.name(edge.target)}Url"


def _called(node: Node, lang: Lang) -> str:
    note = "" if repeats(node.heading, node.note) else node.note.in_(lang)
    return f"{node.heading.in_(lang)}: {note}" if note else node.heading.in_(lang)


def _choices(plan: Plan, lang: Lang) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Return for each role its purpose, the service, and the reasons with their sources."""
    choices = []
    for subject in plan.design.decision.subjects:
        for choice in subject.choices:
            if choice.service in (None, "none"):
                continue
            name = plan.design.book.services[str(choice.service)].name.in_(lang)
            role = plan.design.book.role(choice.role).title.in_(lang)
            # Two rules can give the same reason.
            reasons = [*dict.fromkeys((r.sentence.in_(lang), r.source.url if r.source else "") for r in choice.because)]
            choices.append((f"{one_line(subject.title.in_(lang) or subject.id)}: {role}", name, reasons))
    return choices


def _other_languages(codes: tuple[Code, ...], lang: Lang, typescript: bool) -> list[tuple[str, str]]:
    """Return the components whose code was asked for in another language than it is written in.

    Python is the default language; it is not an argument against a project in TypeScript.
    """
    written = ("python", "nodejs") if typescript else ("python",)
    languages = [(code.id, str(code.plan.node.settings.get("language", "python"))) for code in codes]
    (field,) = (field for field in FIELDS["component"] if field.id == "language")
    named = {"custom": Text("a custom runtime", "カスタムランタイム")}
    return [
        (id, named.get(language, field.label(language)).in_(lang))
        for id, language in languages
        if language not in written
    ]


def _cold(plan: Plan, codes: tuple[Code, ...], typescript: bool) -> list[tuple[str, Reason]]:
    """Return the folders of functions with cold starts that the requirements do not tolerate, and why they have these."""
    region = region_of(plan.design)
    left = [c for c in codes if left_cold(plan.architecture, c.plan.node, region, typescript=typescript)]
    known = {id: subject.known.values for id, subject in plan.design.verdict.subjects.items()}
    tenants = {id for id, values in known.items() if values.get("isolation") == "per-tenant"}
    return [(c.folder, why_cold(c.plan.node, tenants=c.id in tenants, typescript=typescript)) for c in left]


def _pushing(plan: Plan, codes: tuple[Code, ...]) -> list[tuple[str, str, bool]]:
    """Return the channels with push notifications: the subject, the logical name, and whether devices can register."""
    found = {channel.node.id: channel for code in codes for channel in code.channels if channel.pushes}
    asked = {channel.node.id for code in codes for channel in code.registering}
    return [(channel.subject, plan.name(id), id in asked) for id, channel in sorted(found.items())]


def _registering(codes: tuple[Code, ...], topic: Node) -> list[str]:
    """Return the folders of the programs that devices register with for the messages of a topic."""
    return [code.folder for code in codes if any(one.pushes and one.node.id == topic.id for one in code.channels)]


def _routed(plan: Plan, node: Node) -> tuple[str, ...]:
    """Return the event types from which the rules of a bus or the filter policies of a topic select."""
    routing = (eventbridge_bus.TRAITS.service, sns.TRAITS.service, sns_fifo.TRAITS.service)
    return event_types(plan, node) if node.service in routing else ()
