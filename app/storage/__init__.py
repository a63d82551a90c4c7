"""The encrypted store: engine, schema, op log, repositories and queries."""
