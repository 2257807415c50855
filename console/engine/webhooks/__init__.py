"""Takes the webhooks of Stream: what no socket brings, such as recorded frames."""
