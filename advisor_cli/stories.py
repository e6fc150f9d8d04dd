"""`advisor stories`: example requirements files."""

from typing import TYPE_CHECKING, Any

import click

from advisor_cli.console import CHECK_FAILED, Stop, book_command, command, say
from advisor_cli.opening import open_dated
from advisor_cli.usage_errors import not_one_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from advisor.design import Design
    from advisor.text import Lang


@command()
@click.argument("name", required=False)
@click.option(
    "--covers", is_flag=True, help="List the stories that cover each use case; exit code 1 if a use case has none."
)
@book_command
def stories(name: str | None, covers: bool, lang: "Lang", as_of: str | None, folder: str | None) -> None:
    """List the example stories, or print the story NAME as a requirements file.

    \b
    Examples:
      advisor stories
      advisor stories scheduled-batch > batch.yaml
      advisor stories --covers
    """
    import rules

    if covers:
        _covers(lang, as_of, folder)
    elif name is None:
        width = max(map(len, rules.STORIES))
        say("".join(f"{s:{width}}  {rules.load_story(s).title.in_(lang)}\n" for s in rules.STORIES))
    elif name in rules.STORIES:
        say(rules.story_bytes(name))
    else:
        raise not_one_of("NAME", name, rules.STORIES)


def _covers(lang: "Lang", as_of: str | None, folder: str | None) -> None:
    import rules
    from advisor.advise import advise
    from advisor.requirements import make_requirements
    from advisor_cli.story_coverage import missing, story_rows

    dated = open_dated(folder, as_of, lang)
    designs = {name: advise(rules.load_story(name), dated) for name in rules.STORIES}
    table = story_rows()
    width = max(len(row.id) for row in table)

    def decided(raw: "Mapping[str, Any]") -> "Design":
        return advise(make_requirements(raw), dated)

    gaps = [gap for row in table for gap in missing(row, designs, decided)]
    for row in table:
        say(f"{row.id:{width}}  {', '.join(row.stories) or '-'}  ({row.words.in_(lang)})\n")
    if gaps:
        raise Stop(CHECK_FAILED, *gaps)
