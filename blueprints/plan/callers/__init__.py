"""Who calls a workload, how an entry knows them, and what belongs to whom."""
