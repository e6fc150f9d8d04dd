"""README.md: description, deployment, usage and deletion of the project, its idle costs, and its reasons."""

from typing import Any

from advisor.architecture import Node
from advisor.text import Lang, Text
from advisor.vocabulary import FIELDS
from advisor.vocabulary.formats import period
from advisor.vocabulary.units import words
from blueprints.parameters.outside import SMS_SUFFIX
from blueprints.plan import Plan, region_of
from blueprints.plan.callers.authorizers import ANSWER_KEPT_S
from blueprints.plan.monitoring.expiry_alarms import QUESTIONS
from blueprints.project.delivery import GIVEN
from blueprints.project.documents.program_tasks import what_it_does
from blueprints.project.documents.readme_sections.callers import (
    awaiting_callbacks,
    balancer_sign_in,
    called_with_keys,
    confirmed_subscriptions,
    filed_items,
    isolates_tenants,
    mailing_programs,
    reading_parts,
    registering_programs,
    routed_types,
    senders_of,
    shares_items,
    unmatched_reads,
)
from blueprints.project.documents.readme_sections.capacity import bounds
from blueprints.project.documents.readme_sections.copies import cached, copies, forgotten
from blueprints.project.documents.readme_sections.dead_letters import (
    dead_kinds,
    dead_letters,
    dead_targets,
    only_starts_in_order,
    records_kept_h,
)
from blueprints.project.documents.readme_sections.deliveries import deliveries
from blueprints.project.documents.readme_sections.domain_names import domain_names
from blueprints.project.documents.readme_sections.downloads import downloads
from blueprints.project.documents.readme_sections.executions import (
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
from blueprints.project.documents.readme_sections.late_messages import latest, ordered, superseding
from blueprints.project.documents.readme_sections.network_access import (
    behind_shared,
    content_delivery,
    existing_vpc,
    express_placement,
    has_ecs_services,
    outgoing_addresses,
)
from blueprints.project.documents.readme_sections.release_roles import release_permissions
from blueprints.project.documents.readme_sections.repeated_requests import (
    calls_again,
    recorded_effects,
    repeated_requests,
)
from blueprints.project.documents.readme_sections.repetitions import duplicate_ids, duplicates
from blueprints.project.documents.readme_sections.retention import retentions
from blueprints.project.documents.readme_sections.services import choices, identical_parts, served_by, service_title
from blueprints.project.documents.readme_sections.subscriptions import subscriptions
from blueprints.project.documents.readme_sections.tenants import tenants
from blueprints.project.documents.readme_sections.totals import totals
from blueprints.project.documents.request_flow import request_flow
from blueprints.project.documents.standing_costs import costs_without_use, priced_costs, retained_resources
from blueprints.project.documents.trials.smoke_commands import trials
from blueprints.project.documents.trials.trial import Trial
from blueprints.project.programs.authorizer_functions import checks
from blueprints.project.programs.code import Code
from blueprints.project.programs.entry_point import LOOP
from blueprints.project.render import render, tidy
from blueprints.project.site import site_values
from blueprints.project.testing.integration_cases import cases_of
from blueprints.project.testing.integration_tests import untested, untested_why
from blueprints.traits import (
    kinesis,
    traits_of,
)
from blueprints.traits.function_snapshots import Reason, left_cold, why_cold

#: A dead-letter queue keeps a message for 14 days.
_DEAD_LETTERS_KEPT_H = 14 * 24


def readme(plan: Plan, codes: tuple[Code, ...], lang: Lang, shared: dict[str, Any]) -> bytes:
    """Return the README in one language; `shared` are the values that all project files are made from."""
    requirements = plan.design.requirements
    totalling = [code for code in codes if code.service == "summary" and code.entry_point.kind != LOOP]
    values = {
        **shared,
        "title": requirements.title.in_(lang) or "Workload",
        "summary": requirements.summary.in_(lang),
        "parts": [
            (service_title(node, lang), served_by(plan, node))
            for node in plan.architecture.nodes
            if node.kind == "service"
        ],
        "services": list(behind_shared(plan)),
        "story": request_flow(plan.architecture, lang),
        "parameters": [(p.id, p.description.in_(lang), p.default, p.example) for p in plan.parameters],
        "asked": any(not p.default and p.id not in GIVEN for p in plan.parameters),
        "existing_vpc": existing_vpc(plan),
        "outgoing_addresses": outgoing_addresses(plan),
        "alike": identical_parts(plan),
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
        **confirmed_subscriptions(plan),
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
        "choices": choices(plan, lang),
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
        "ecs_services": has_ecs_services(plan),
        "backlog_alarms": any(QUESTIONS["retention_s"] in alarm.name for alarm in plan.alarms if alarm.expires),
        "priced_parameters": any("USD" in parameter.description.en for parameter in plan.parameters),
        "looping": [code.folder for code in codes if code.entry_point.shell == LOOP],
        "streamed_to": [code.folder for code in codes if _reads_records(code)],
        **repeated_requests(plan, codes),
        "effects": [recorded_effects(code) for code in codes if code.effects_env],
        "calling_again": [code.folder for code in codes if calls_again(plan, code)],
        "measured": _measured(codes),
        "handed_on": any(_hands_on(plan.architecture.node(e.source), e.verb) for e in plan.architecture.edges),
        "kept_s": ANSWER_KEPT_S,
        **balancer_sign_in(plan, codes),
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
            (plan.architecture.node(edge.target).note.in_(lang), plan.name(edge.id)) for edge in called_with_keys(plan)
        ],
        "awaiting": list(awaiting_callbacks(plan, codes)),
        "polling": polling(plan, codes, lang),
        "searching": [
            (code.folder, code.vectors, code.entry_point.owned) for code in codes if code.vectors is not None
        ],
        "filing": list(filed_items(plan, codes, lang)),
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
            (node.note.in_(lang), types, traits_of(node.service).noun, registering_programs(codes, node))
            for node in plan.architecture.nodes
            if (types := routed_types(plan, node))
        ],
        **mailing_programs(codes),
        "sharing": [
            (
                code.folder,
                senders_of(plan, code),
                reading_parts(plan, codes, code, lang),
                code.sender_owner,
                isolates_tenants(plan, code),
            )
            for code in codes
            if shares_items(plan, code)
        ],
        "checks": [check.folder for check in checks(plan)],
        "site": site_values(plan),
        **content_delivery(plan, codes),
        "express": express_placement(plan),
        "languages": _other_languages(codes, lang, shared["typescript"]),
        "unmatched": list(unmatched_reads(plan, codes, lang)),
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
