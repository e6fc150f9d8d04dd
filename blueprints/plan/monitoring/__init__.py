"""What watches a stack in operation: CloudWatch alarms, the dashboard, and the alarms of answers about to change."""
