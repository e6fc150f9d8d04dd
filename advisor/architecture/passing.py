"""The verbs by which items, and messages about them, get from one part of an architecture to another."""

READING = ("read", "read-write")
WRITING = ("write", "read-write")
#: How a message, an event or an item gets to a program.
LEADING = ("publish", "deliver", "consume", "stream", "emit", "start", "run", "call", "pipe", "enrich")
#: How what a program writes or sends gets on, also through stores.
PASSING = (*WRITING, *LEADING)
