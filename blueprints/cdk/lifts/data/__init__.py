"""Lifts of data stores: tables, relational databases, buckets, file systems."""
