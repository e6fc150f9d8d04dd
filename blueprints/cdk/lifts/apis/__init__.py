"""Lifts of APIs: HTTP, REST, WebSocket and GraphQL APIs, event APIs, function URLs, VPC links."""
