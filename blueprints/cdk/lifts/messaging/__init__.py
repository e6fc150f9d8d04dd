"""Lifts of messaging: queues, topics, events, streams, email."""
