"""The use cases: functions (command, unit of work) -> result."""
