"""One thing to try, and the values that the commands send."""

from collections.abc import Mapping
from dataclasses import dataclass

from advisor.text import Text, spaced
from blueprints.plan import Plan
from blueprints.plan.monitoring.alarms import subject_title
from blueprints.project.documents.trials.trial_items import (
    Line,
)

MESSAGE = '{"id":"m-1","name":"desk","amount":12.5}'
ITEM = '{"name":"desk","price":12.5}'
#: The same where messages about one entity stay in order.
KEYED_ITEM = '{"name":"desk","price":12.5,"ordering_key":"account-1"}'
#: The attribute by which subscriptions of a topic that routes select.
TYPED = """ --message-attributes '{"type":{"DataType":"String","StringValue":"{}"}}'"""


@dataclass(frozen=True, slots=True)
class Trial:
    """One thing to try: a heading, and the commands."""

    heading: Text
    commands: tuple[Line, ...]
    #: Whether it answers the callback of a run, which has to be started before.
    answers: bool = False


#: A program that files of clients start.
UPLOADED = Text(
    "# Upload a file as shown above. It starts this component. Then view the results below or its logs.",
    "# 上記の手順でファイルをアップロードすると、このコンポーネントが起動します。その後、以下の手順またはログで結果を確認します。",
)


def trial_heading(plan: Plan, words: Text, subject: str) -> Text:
    """Return a heading with the title of a part in the place of `{}`."""
    title = subject_title(plan.architecture, subject)
    if title.en == subject:
        title = next((one.title for one in plan.design.decision.subjects if one.id == subject and one.title.en), title)
    return spaced(Text(words.en.replace("{}", title.en), words.ja.replace("{}", title.ja)))


def filled(command: str, values: Mapping[str, str]) -> str:
    """Return a command with values in the places that name them."""
    for place, value in values.items():
        command = command.replace(place, value)
    return command
