"""A worker that new files start listens to their store, and to no queue that nobody named."""

import pytest

from advisor_ui.state import draft as drafts
from advisor_ui.state.given_text import draft_of


@pytest.mark.parametrize(
    "text",
    [
        "ファイルが S3 に置かれたら処理するワーカー",
        "ワーカーは S3 にファイルが置かれたら起動する。",
        "A worker converts each file when it is uploaded to S3",
        "A worker that processes images as soon as they are uploaded",
        "An API and a worker. The worker starts when a file is uploaded.",
    ],
)
def test_new_files_start_the_worker(text: str) -> None:
    draft, left = draft_of(text.encode())
    assert not left
    assert not drafts.ids(draft, ("channel",))
    (store,) = drafts.ids(draft, ("store",))
    worker = drafts.ids(draft, ("component",))[-1]
    assert drafts.answer(draft, store, "access") == "objects"
    assert drafts.answer(draft, worker, "listens_to") == store
    assert (drafts.answer(draft, worker, "trigger"), drafts.answer(draft, worker, "event_source")) == (
        ["event"],
        "s3-object",
    )


@pytest.mark.parametrize(
    "text", ["A queue and a worker. The worker resizes images.", "An API, a queue and a worker that converts files"]
)
def test_a_worker_of_a_named_queue_keeps_it(text: str) -> None:
    draft, _ = draft_of(text.encode())
    (queue,) = drafts.ids(draft, ("channel",))
    assert drafts.answer(draft, drafts.ids(draft, ("component",))[-1], "listens_to") == queue
