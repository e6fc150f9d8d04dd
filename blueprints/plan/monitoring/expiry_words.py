"""Sentences of the alarms near a limit: how far a setting can be raised, and beyond which value a design changes."""

from advisor.book import Book
from advisor.sensitivity.analysis import FlipPoint
from advisor.text import Text


def raised(setting: Text, at: Text, awaited: Text | None, usual: Text | None = None) -> Text:
    """Return how far a setting can be raised.

    `awaited` is after which time callers receive no result if their endpoint waits less, and `usual` how far it can be raised
    without an increase of a quota.
    """
    if usual is not None:
        return Text(
            f"This {setting.en} can be raised to {usual.en}, and to {at.en} after an increase of the quota of the account for it. ",
            f"この{setting.ja}は、最大{usual.ja}に設定できます。アカウントのクォータの引き上げを申請すると、最大{at.ja}に設定できます。",
        )
    if awaited is None:
        return Text(f"This {setting.en} can be raised to {at.en}. ", f"この{setting.ja}は、最大{at.ja}に設定できます。")
    return Text(
        f"This {setting.en} can be raised to {at.en}, but callers receive no result after the timeout of their endpoint "
        f"({awaited.en}). ",
        f"この{setting.ja}は、最大{at.ja}に設定できますが、エンドポイントのタイムアウト（{awaited.ja}）を過ぎると、呼び出し元は結果を"
        "受け取れません。",
    )


def beyond(flip: FlipPoint, at: Text) -> Text:
    """Return the condition under which a design needs the changes of a flip point."""
    above = flip.relation == "above"
    if flip.field == "retention_s":
        more = Text(f"more than {at.en}", f"{at.ja}を超えて") if above else Text(f"{at.en} or more", f"{at.ja}以上")
        return Text(f"To retain messages for {more.en}", f"メッセージを{more.ja}保持するには")
    if above:
        return Text(f"Above {at.en}", f"{at.ja}を超える場合は")
    return Text(f"At {at.en} or more", f"{at.ja}以上の場合は")


def is_preferred(book: Book, flip: FlipPoint) -> bool:
    """Return whether the decision rules select other services beyond a flip point that is no limit of the present ones."""
    changed = [move for move in flip.moves if move.before is not None]
    # The place of a role that needs no service, such as code, has no entry among the services.
    services = [book.services[before] for move in changed if (before := str(move.before)) in book.services]
    limits = {(limit.role, limit.field) for service in services for limit in service.limits}
    others = all(move.after is not None for move in changed)
    return bool(changed) and others and not any((move.role, flip.field) in limits for move in changed)
