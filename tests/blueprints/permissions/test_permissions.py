"""IAM permissions: the table is what the SAM template allows, no less and no more."""

import json
from collections.abc import Mapping

import pytest
from click.testing import CliRunner

import blueprints
import rules
from advisor.advise import advise
from advisor.book import Book
from advisor.design import Design
from advisor.requirements import make_requirements
from advisor.text import LANGS
from advisor_cli.main import cli
from blueprints import sam
from blueprints.permissions import permissions, permissions_of
from blueprints.permissions.purposes import purpose, purpose_of_url
from blueprints.permissions.reasons import RECORDED
from blueprints.plan import plan_for
from blueprints.project.documents.iam import to_markdown
from blueprints.shared.roles import role, trust
from blueprints.stack.assembly import stack_of
from blueprints.stack.scope import allow
from blueprints.values import unique
from tests.blueprints.permissions.allowed import held, table
from tests.blueprints.translation import translated


@pytest.mark.parametrize("story", rules.STORIES)
def test_the_table_is_what_the_template_allows(story: str, designs: Mapping[str, Design]) -> None:
    plan = plan_for(designs[story])
    assert table(permissions_of(plan)) == held(translated(sam.files(plan, "en")))


@pytest.mark.parametrize("story", rules.STORIES)
def test_every_row_says_who_on_what_and_why_in_both_languages(story: str, designs: Mapping[str, Design]) -> None:
    graph = designs[story].architecture
    keys = {(edge.source, edge.verb, edge.target): edge for edge in graph.edges}
    for one in permissions_of(plan_for(designs[story])):
        assert all(text.en and text.ja for text in (one.words, one.why, *(r.words for r in one.resources)))
        if one.edge is not None:
            edge = keys[one.edge]
            said = purpose(edge, one.actions, graph.node(edge.source if edge.grantee == "target" else edge.target))
            assert one.why in (said, purpose_of_url(graph.node(edge.source), edge, one.actions), RECORDED)


def test_a_statement_of_one_action_has_a_purpose_of_its_own(designs: Mapping[str, Design]) -> None:
    rows = permissions_of(plan_for(designs["relational-web-app"]))
    reads = next(one for one in rows if one.actions == ("secretsmanager:GetSecretValue",))
    assert reads.why.en.startswith("Reads the database password")
    lists = next(
        one for one in permissions_of(plan_for(designs["mobile-backend"])) if one.actions == ("s3:ListBucket",)
    )
    assert "404" in lists.why.en


def test_a_public_function_url_lets_in_all_callers_by_two_actions(book: Book) -> None:
    hook = {"id": "hook", "trigger": "request", "packaging": "code", "shape": "rare"}
    url = {**hook, "pins": {"compute": "lambda", "entry": "lambda-function-url"}}
    rows = permissions_of(plan_for(advise(make_requirements({"schema": 2, "components": [url]}), book)))
    let_in = {one.actions: one for one in rows if one.role == "*"}
    assert {one.words.en for one in let_in.values()} == {"All callers (no IAM authentication)"}
    assert "requires both actions" in let_in[("lambda:InvokeFunction",)].why.en
    assert "invokes" in let_in[("lambda:InvokeFunctionUrl",)].why.en


def test_a_statement_that_nobody_has_words_for_is_shown_by_its_id(designs: Mapping[str, Design]) -> None:
    stack = stack_of(plan_for(designs["async-coupling"]), "en")
    queue = stack.architecture.of_service("sqs")[0]
    reads = allow("ReadMetrics", ["sqs:GetQueueAttributes"], [stack.of(queue.id, "arn"), "*", unique("name")])
    role(stack, "MetricsRole", trust("example.amazonaws.com"), [reads], group="cloud")
    row = next(one for one in permissions(stack) if one.role == "MetricsRole")
    assert (row.principal, row.edge, row.why.en, row.actions) == ("", None, "ReadMetrics", ("sqs:GetQueueAttributes",))
    assert [one.template for one in row.resources] == [f"${{{stack.main(queue.id)}.Arn}}", "*", "!Join"]
    assert queue.title.en in row.resources[0].words.en


@pytest.mark.parametrize("target", [target.id for target in blueprints.TARGETS])
@pytest.mark.parametrize("lang", LANGS)
def test_every_project_holds_the_table(target: str, lang: str, designs: Mapping[str, Design]) -> None:
    design = designs["web-application"]
    files = blueprints.build(design, target, lang=lang, extras={})  # type: ignore[arg-type]
    assert files["docs/iam.md"].decode() == to_markdown(permissions_of(plan_for(design)), lang)  # type: ignore[arg-type]


def test_the_command_prints_the_table_in_three_forms() -> None:
    story = rules.story_bytes("scheduled-batch")

    def printed(*words: str) -> str:
        result = CliRunner().invoke(cli, ["iam", "-", *words], input=story)
        assert result.exit_code == 0, result.output
        return result.output

    said = json.loads(printed("--format", "json"))["permissions"]
    reads = next(one for one in said if "dynamodb:Scan" in one["actions"])
    assert reads == {
        "principal": {"node": "aggregate.compute", "words": "AWS Fargate (Aggregation)"},
        "kind": "role",
        "role": "AggregateTaskRole",
        "actions": ["dynamodb:GetItem", "dynamodb:Query", "dynamodb:Scan"],
        "resources": [{"words": "Amazon DynamoDB (Sales)", "template": "${SalesTable.Arn}"}],
        "connection": {"from": "aggregate.compute", "verb": "read", "to": "sales.store"},
        "because": '"Aggregation" reads the "Sales" table',
    }
    assert "AWS Fargate (Aggregation)  [AggregateTaskRole]\n  dynamodb:GetItem" in printed()
    assert "| `AggregateTaskRole` |" in printed("--format", "markdown", "--lang", "ja")


def test_records_of_sent_messages_are_named_and_justified_as_such(designs: Mapping[str, Design]) -> None:
    table = permissions_of(plan_for(designs["mobile-backend"]))
    (row,) = [row for row in table if "dynamodb:PutItem" in row.actions and "SentTable" in row.resources[0].template]
    assert "DynamoDB table that records messages sent through" in row.resources[0].words.en
    assert "送信したメッセージを記録する DynamoDB テーブル" in row.resources[0].words.ja
    assert "prevent duplicates" in row.why.en
    assert "重複を防ぐ" in row.why.ja
