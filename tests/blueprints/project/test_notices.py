"""Outside parties get notices without items where the data must not leave, and the texts say so."""

from typing import Any

import pytest

import blueprints
from advisor.advise import advise
from advisor.book import Book
from advisor.requirements import make_requirements
from advisor.text import Lang
from blueprints.plan import plan_for
from blueprints.refusals import refusals
from blueprints.stack.assembly import stack_of
from blueprints.values import Ref

TARGETS = [target.id for target in blueprints.TARGETS]
API = {
    "id": "api",
    "trigger": "request",
    "authentication": "sign-up",
    "reads": ["claims"],
    "writes": ["claims"],
    "publishes": ["notices"],
}
LETTER = {"id": "letter", "trigger": "message", "listens_to": "notices", "writes": ["letters"]}
TWICE = "each message is sent twice"
EN, JA = "its messages do not contain the data of items", "メッセージに項目のデータは含まれません"


def given(kind: str, *, heard: bool = False, service: str = "", **workload: Any) -> dict[str, Any]:
    """Return requirements with a channel to a party outside, and to a component if it is `heard`."""
    channel = {"id": "notices", "carries": "event", "destinations": [{"kind": kind}]}
    return {
        "workload": workload,
        "components": [API, *([LETTER] if heard else [])],
        "channels": [channel | ({"pins": {"messaging": service}} if service else {})],
        "stores": [{"id": "claims"}, *([{"id": "letters"}] if heard else [])],
    }


def project(
    book: Book, target: str, kind: str, lang: Lang = "en", *, heard: bool = False, **workload: Any
) -> tuple[str, str]:
    """Return the code of the publisher, and the README."""
    design = advise(make_requirements(given(kind, heard=heard, **workload)), book)
    found = blueprints.build(design, target, lang=lang, extras={})
    (code,) = [text for path, text in found.items() if path.startswith(("src/api/channel_", "src/api/channel-"))]
    return code.decode(), found["README.md"].decode()


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("kind", ["partner-http", "email"])
@pytest.mark.parametrize("workload", [{"data_stays": True}, {"data_class": "regulated"}])
def test_the_data_does_not_leave(target: str, kind: str, workload: dict[str, Any], book: Book) -> None:
    code, readme = project(book, target, kind, **workload)
    assert "_notice(message)" in code or "noticeOf(message)" in code
    assert EN in readme


@pytest.mark.parametrize(("kind", "brief"), [("email", True), ("partner-http", False)])
def test_people_read_no_confidential_data_in_emails(kind: str, brief: bool, book: Book) -> None:
    code, _ = project(book, "sam", kind, data_class="confidential")
    assert ("_notice(message)" in code) is brief


def test_channels_of_components_alone_are_published_once(book: Book) -> None:
    code, readme = project(book, "sam", "partner-http", heard=True, data_class="internal")
    assert "_notice" not in code
    assert EN not in readme
    assert "_notice" not in project(book, "sam", "email", data_class="internal")[0]


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("kind", ["partner-http", "email"])
@pytest.mark.parametrize("service", ["sns", "eventbridge-bus"])
def test_components_get_items_and_outside_parties_notices(target: str, kind: str, service: str, book: Book) -> None:
    if (kind, service) == ("email", "eventbridge-bus"):
        return  # A bus sends no email.
    code, readme = project(book, target, kind, heard=True, data_class="regulated", service=service)
    assert any(twice in code for twice in ("Message=json.dumps(message", "JSON.stringify(message)", "_entry(message"))
    assert "_notice(message)" in code or "noticeOf(message)" in code
    assert TWICE in readme


@pytest.mark.parametrize(("service", "kind"), [("sns", "email"), ("sns", "partner-http"), ("eventbridge-bus", "saas")])
def test_each_recipient_takes_one_of_both_messages(service: str, kind: str, book: Book) -> None:
    design = advise(make_requirements(given(kind, heard=True, data_class="regulated", service=service)), book)
    resources = stack_of(plan_for(design), "en").resources
    taken = {
        str(one["Properties"].get("FilterPolicy") or one["Properties"].get("EventPattern"))
        for one in resources.values()
        if one["Type"] in ("AWS::SNS::Subscription", "AWS::Events::Rule")
        and one["Properties"].get("TopicArn") != Ref("AlarmTopic")
    }
    audience = {"{'audience': ['outside']}", "{'audience': [{'exists': False}]}"}
    prefix = {"prefix": "notices."}
    source = {str({"source": [prefix]}), str({"source": [{"anything-but": prefix}]})}
    assert taken == (audience if service == "sns" else source)


def test_other_senders_of_items_are_refused(book: Book) -> None:
    answers = given("email", heard=True, data_class="regulated", service="sns")
    answers["channels"][0]["source"] = "other-account"
    (found,) = refusals(plan_for(advise(make_requirements(answers), book)))
    assert found.where == "notices.messaging"
    assert "a channel of their own" in found.reason.en
    assert "専用のチャネル" in found.reason.ja


def test_a_refusal_names_the_kind_of_a_destination_without_a_title(book: Book) -> None:
    answers = given("email", heard=True, data_class="regulated", service="sns")
    answers["channels"][0]["destinations"] += [{"kind": "other-account"}]
    (found,) = refusals(plan_for(advise(make_requirements(answers), book)))
    assert '"Another AWS account"' in found.reason.en
    assert "「別の AWS アカウント」" in found.reason.ja


@pytest.mark.parametrize(("lang", "words"), [("en", EN), ("ja", JA)])
def test_the_readme_says_so(lang: Lang, words: str, book: Book) -> None:
    assert words in project(book, "sam", "email", lang, data_stays=True)[1]


RUN = {
    "id": "nightly", "trigger": "schedule", "schedule_expression": "cron(0 2 * * ? *)", "longest_run_s": 20,
    "reads": ["claims"], "publishes": ["notices"],
}  # fmt: skip


@pytest.mark.parametrize("target", TARGETS)
def test_a_notice_is_measured_as_it_is_sent(target: str, book: Book) -> None:
    given = {
        "workload": {"data_stays": True},
        "components": [{**API, "publishes": []}, RUN],
        "channels": [
            {"id": "notices", "carries": "event", "rate_average_rps": 20, "destinations": [{"kind": "partner-http"}]}
        ],
        "stores": [{"id": "claims"}],
    }
    found = blueprints.build(advise(make_requirements(given), book), target, lang="en", extras={})
    start = ("src/nightly/channel_", "src/nightly/channel-")
    (code,) = [text.decode() for path, text in found.items() if path.startswith(start)]
    notices = "messages.map(noticeOf)" if target == "cdk-typescript" else "[_notice(one) for one in messages]"
    assert f"fitting({notices}, LARGEST" in code
    said = "".join(text.decode() for path, text in found.items() if path.startswith(("template", "stacks/", "lib/")))
    assert "TooLargeAlarm" in said
    assert "MessagesTooLarge" in said
    assert "items too large for a message were left out of a run" in found["README.md"].decode()


def test_the_table_of_programs_names_what_is_published(book: Book) -> None:
    given = {
        "components": [API, RUN],
        "channels": [{"id": "notices", "carries": "event", "destinations": [{"kind": "email"}]}],
        "stores": [{"id": "claims"}],
    }
    for lang, words in (("en", "aggregates all items and publishes the result to"), ("ja", "全項目を集計、結果を")):
        found = blueprints.build(advise(make_requirements(given), book), "sam", lang=lang, extras={})  # type: ignore[arg-type]
        assert words in found["README.md"].decode()


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("data_stays", [True, False])
def test_work_that_sends_notices_alone_has_no_test_of_items_passed_on(
    target: str, data_stays: bool, book: Book
) -> None:
    given = {
        "workload": {"data_stays": data_stays},
        "components": [
            {**API, "publishes": ["jobs"]},
            {"id": "clerk", "trigger": "message", "listens_to": "jobs", "writes": ["claims"], "publishes": ["notices"]},
        ],
        "channels": [
            {"id": "jobs", "carries": "work"},
            {"id": "notices", "carries": "event", "destinations": [{"kind": "partner-http"}]},
        ],
        "stores": [{"id": "claims"}],
    }
    found = blueprints.build(advise(make_requirements(given), book), target, lang="en", extras={})
    tests = "".join(found[path].decode() for path in ("tests/test_clerk.py", "tests/clerk.test.ts") if path in found)
    titles = ("test_the_item_of_a_message_is_passed_on", "passes on the item of a message")
    assert any(title in tests for title in titles) is not data_stays
