"""When a container that polls a queue receives a failed message again: the programs and the receive count agree on it."""

#: A failed message is hidden for 5 s, then for four times as long after each failure.
FIRST_S, GROWTH = 5, 4
#: The longest wait of a message that is set aside after few failures.
LONGEST_S = 60
#: With fewer receives, a fault of a minute would set everything aside.
FEW_RECEIVES = 5


def longest_s(receives: int, visible_s: int) -> int:
    """Return the longest wait in seconds, from the receive count and the visibility timeout of the queue.

    More receives than few ones last through an outage. Each of them then counts for the visibility timeout, as with a
    message whose consumer was ended.
    """
    return max(LONGEST_S, visible_s) if receives > FEW_RECEIVES else LONGEST_S


def wait_s(failures: int, most_s: int) -> int:
    """Return the seconds after which a message is received again that has failed so often."""
    return min(most_s, int(FIRST_S * GROWTH ** (failures - 1)))


def lasts_s(receives: int, visible_s: int) -> int:
    """Return the seconds between the first and the last receive of a message that fails at once each time."""
    most_s = longest_s(receives, visible_s)
    return sum(wait_s(failures, most_s) for failures in range(1, receives))
