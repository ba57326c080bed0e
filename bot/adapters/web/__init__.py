"""The HTTP server of ``run``: updates that Telegram brings, and whether all is well."""
