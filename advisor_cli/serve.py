"""`advisor serve`: starts the web application. No other module of the command line imports it."""

import gc
from typing import TYPE_CHECKING

import click

from advisor_cli.console import BAD_INPUT, Stop, book_command, command
from advisor_cli.opening import open_dated
from advisor_cli.usage_errors import WholeNumber

if TYPE_CHECKING:
    from advisor.text import Lang


@command()
@click.option("--port", type=WholeNumber(1, 65535), default=8501, show_default=True, help="TCP port.")
@click.option(
    "--workers", type=WholeNumber(1, 64), default=1, show_default=True,
    help="Number of server processes. For many users, use one for each CPU core.",
)  # fmt: skip
@book_command
def serve(port: int, workers: int, lang: "Lang", as_of: str | None, folder: str | None) -> None:
    """Start the web application on this computer.

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
