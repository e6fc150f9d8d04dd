"""The largest body that a program accepts: what every store and channel holds that the item gets to."""

from advisor.advise import advise
from advisor.book import Book
from advisor.design import Design
from advisor.requirements.reading import read_requirements
from blueprints import build
from blueprints.plan import plan_for
from blueprints.project.programs.code import LARGEST_ITEM, Code
from blueprints.project.programs.composition import codes
from blueprints.sam.translation import parse_template
from blueprints.traits import dynamodb, sns, sqs, traits_of
from tests.blueprints.answers import design_from

#: An API that keeps its items in a relational database, whose rows have no limit, and publishes them.
_API = """
schema: 2
workload: {priorities: [low-operations, cost]}
components:
- {id: api, title: API, trigger: request, rate_peak_rps: 40, longest_run_s: 2, authentication: sign-up, reads: [orders],
   writes: [orders], publishes: [events]}
- {id: sender, title: Sender, trigger: message, listens_to: events, longest_run_s: 20%s}
channels:
- {id: events, title: Events, carries: event}
stores:
- {id: orders, title: Orders, access: relational}
- {id: sent, title: Sent, access: %s}
"""


def _api(book: Book, writes: str, access: str) -> Code:
    text = _API % (f", writes: [{writes}]" if writes else "", access)
    design = advise(read_requirements(text.encode()), book)
    return next(code for code in codes(plan_for(design)) if code.id == "api")


def _limit(service: str) -> int:
    client = traits_of(service).client
    assert client is not None
    return client.largest_item


def test_the_store_of_a_consumer_limits_the_body(book: Book) -> None:
    api = _api(book, "sent", "key-value")
    assert api.largest_item == _limit(dynamodb.TRAITS.service) < _limit(sqs.TRAITS.service)


def test_a_consumer_that_looks_the_item_up_keeps_it_twice(book: Book) -> None:
    api = _api(book, "sent], reads: [orders", "key-value")
    assert api.largest_item == _limit(dynamodb.TRAITS.service) // 2


def test_a_consumer_without_such_a_store_does_not(book: Book) -> None:
    assert _api(book, "sent", "objects").largest_item == _limit(sqs.TRAITS.service)
    assert _api(book, "", "key-value").largest_item == _limit(sqs.TRAITS.service)


def test_a_channel_to_which_a_run_sends_each_item_limits_the_body(book: Book) -> None:
    run = "- {id: settle, trigger: schedule, longest_run_s: 600, reads: [orders], publishes: [payouts]}\n"
    payout = "- {id: payout, trigger: message, listens_to: payouts, longest_run_s: 5}\n"
    letter = "- {id: letter, trigger: message, listens_to: payouts, longest_run_s: 5}\n"
    text = _API.replace(", publishes: [events]", "") % ("", "objects")
    channel = "channels:\n- {id: payouts, carries: event%s}\n"

    def limit(rate: str) -> int:
        made = text.replace("channels:\n", run + payout + letter + channel % rate)
        design = advise(read_requirements(made.encode()), book)
        return next(code.largest_item for code in codes(plan_for(design)) if code.id == "api")

    assert limit(", rate_average_rps: 20") == _limit(sns.TRAITS.service) < limit("")


def test_no_program_of_a_story_accepts_more_than_its_own_dependencies_hold(designs: dict[str, Design]) -> None:
    limited = 0
    for design in designs.values():
        for code in codes(plan_for(design)):
            own = [a.client.largest_item for a in (*code.writes, *code.channels, *code.calls) if a.client.largest_item]
            assert code.largest_item <= min(own, default=LARGEST_ITEM)
            limited += bool(own)
    assert limited > 5


def test_the_description_of_an_api_says_that_bodies_have_a_limit(book: Book) -> None:
    template = parse_template(
        build(design_from("open-reads", book), "sam", lang="en", extras={})["template.yaml"].decode()
    )
    (api,) = (one for one in template["Resources"].values() if one["Type"] == "AWS::Serverless::Api")
    paths = api["Properties"]["DefinitionBody"]["paths"]
    limited = {
        (path, method): "413" in asked["responses"]
        for path, methods in paths.items()
        for method, asked in methods.items()
    }
    assert [key for key, has in limited.items() if has] == [("/items", "post"), ("/items/{id}", "put")]
