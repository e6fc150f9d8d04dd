"""How long a store keeps an item, where its service deletes what has expired.

Amazon S3 counts whole days (https://docs.aws.amazon.com/AmazonS3/latest/API/API_LifecycleExpiration.html, read 2026-12-01). A year of
the calendar has a fraction of a day more than 365, so that a time from a day on is rounded up to whole days: nothing is deleted
too early.
"""

import math

from advisor.sizing.service_settings import offers
from advisor.sizing.sized import Sized, Values, seconds
from advisor.text import Text
from advisor.vocabulary.store import IMMUTABLE, KEPT

_DAY_S = 86400
#: What counts whole days.
_BY_DAY = ("s3",)
_SOURCES = {
    "s3": "https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-expire-general-considerations.html",
    "dynamodb": "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ttl-expired-items.html",
}


def set_retention(sized: Sized, service: str, values: Values) -> None:
    """Set how long a store keeps an item, in seconds, and whether it is locked meanwhile; nothing where no time was stated."""
    stated = values.get(KEPT)
    if stated is None or not offers(service, KEPT):
        return
    by_day = service in _BY_DAY or stated >= _DAY_S
    kept_s = math.ceil(stated / _DAY_S) * _DAY_S if by_day else math.ceil(stated)
    ground = Text("The stated retention is {stated}.", "要件の保存期間（{stated}）です。")
    if kept_s != stated:
        ground = Text(
            "The stated retention is {stated}, rounded up to whole days.",
            "要件の保存期間（{stated}）を日単位に切り上げた値です。",
        )
    sized.put(
        KEPT, kept_s, unit="s", en=ground.en, ja=ground.ja, source=_SOURCES.get(service, ""), stated=seconds(stated)
    )
    if values.get(IMMUTABLE):
        sized.settings[IMMUTABLE] = True
