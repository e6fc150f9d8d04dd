"""Alarms of the stated time of a whole run: an execution may take longer and still succeed.

The timeout of a workflow leaves time for every retry of every step, so it can be far above the stated time. CloudWatch has the time
of an execution when it has ended, so the alarm goes off then, and the alarm on time-outs at the latest.
https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html (read 2026-12-01)

So does a durable function, whose executions have a metric of their own
(https://docs.aws.amazon.com/lambda/latest/dg/durable-monitoring.html, read 2026-12-01). Scheduled tasks and AWS Batch jobs are steps
of a workflow, whose time includes theirs. Jobs on Kubernetes have no alarm of this kind: no metric of Container Insights here
measures the time of a job.
"""

from collections.abc import Iterator, Mapping

from advisor.architecture import Node
from advisor.design import Design
from advisor.text import Text
from advisor.vocabulary.units import words
from blueprints import settings
from blueprints.plan.monitoring.alarms import Alarm, alarm_of, measured, shown_in_alarms
from blueprints.traits import AlarmRule, lambda_durable, traits_of_node

_WHOLE, _RUN = "whole_run_s", "longest_run_s"


def run_alarms(design: Design, names: Mapping[str, str]) -> Iterator[Alarm]:
    """Yield an alarm for each workflow and durable function whose runs are stated to end before its timeout."""
    components = {one.id: one for one in design.requirements.of_kind("component")}
    for node in design.architecture.nodes:
        measure, known = traits_of_node(node).measures.get(_RUN), measured(node)
        component = components.get(node.subject)
        if measure is None or known is None or component is None:
            continue
        whole, timeout_s = component.answers.get(_WHOLE), _timeout_s(node)
        if not isinstance(whole, int | float) or timeout_s is None or whole >= timeout_s:
            continue
        time = words(whole, "s")
        said = Text(
            f"{{}}: an execution took longer than the stated {time.en}",
            f"{{}}: 実行が、想定の {time.ja} より長くかかった",
        )
        rule = AlarmRule("LateAlarm", measure.metric, measure.statistic, whole * measure.scale, said)
        yield alarm_of(node, names[node.id], *known, rule, shown_in_alarms(design.architecture, node))


def _timeout_s(node: Node) -> int | None:
    """Return the timeout of a whole run, or None if a node does not run all of it."""
    if node.role == "workflow":
        return settings.number(node, "timeout_s")
    return settings.number(node, "execution_timeout_s") if lambda_durable.durable(node) else None
