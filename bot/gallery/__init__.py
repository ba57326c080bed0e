"""Every card of the bot in every language: found by walking through a partnership, written on one page to review."""
