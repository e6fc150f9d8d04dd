"""`advisor serve`: the page on this machine. Of the command line only this module knows the page."""

import gc
from typing import TYPE_CHECKING

import click

from advisor_cli.console import BAD_INPUT, Stop, book_command
from advisor_cli.opening import open_dated

if TYPE_CHECKING:
    from advisor.text import Lang


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True, help="Port to listen on.")
@click.option(
    "--workers", type=click.IntRange(1, 64), default=1, show_default=True,
    help="Processes that serve the page; a visitor stays with one. For many visitors: one for each core.",
)  # fmt: skip
@book_command
def serve(port: int, workers: int, lang: "Lang", as_of: str | None, folder: str | None) -> None:
    """Open the page on this machine.

    \b
    Examples:
      advisor serve --port 8600
      advisor serve --workers 2
      advisor serve --book our-pack --as-of 2026-11-25
    """
    from advisor_ui.serve import PortTaken, WorkersFailed
    from advisor_ui.serve import serve as run

    gc.enable()
    try:
        run(port, open_dated(folder, as_of, lang) if folder or as_of else None, workers)
    except (PortTaken, WorkersFailed) as error:
        raise Stop(BAD_INPUT, str(error)) from error
