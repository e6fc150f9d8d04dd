"""The instance of a relational database that projects create: its class, its memory, and the connections that it accepts."""

INSTANCE_CLASS, INSTANCE_SIZE = "m7g", "large"
#: PostgreSQL accepts one connection for each 9,531,392 bytes of the memory that it gets, about nine tenths of that of the
#: instance, and at most 5,000 (max_connections: LEAST({DBInstanceClassMemory/9531392}, 5000);
#: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html, read 2026-11-27).
MEMORY_GIB, MEMORY_SHARE, BYTES_OF_A_CONNECTION, MOST_CONNECTIONS = 8, 0.9, 9_531_392, 5000
MAX_CONNECTIONS = min(MOST_CONNECTIONS, int(MEMORY_SHARE * MEMORY_GIB * 2**30 / BYTES_OF_A_CONNECTION))
