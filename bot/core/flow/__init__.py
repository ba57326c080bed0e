"""The flow engine: questions kept as data, one pure state machine, cards as values."""
