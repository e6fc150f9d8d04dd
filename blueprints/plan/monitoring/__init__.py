"""Monitoring of a stack: CloudWatch alarms, the dashboard, and alarms near flip points."""
