"""Measurements: the bot beside a bare echo, over a stand-in of the Bot API in a process of its own."""
