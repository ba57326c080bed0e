"""The playground: a strict stand-in of Telegram's Bot API, the people on the other side of it, and a page."""
