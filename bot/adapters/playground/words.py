"""The words of the playground's own page: what stands around the phones, not what the bot says on them."""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.text import Text, say

# Translators: a button; it answers in the place of a representative whom nobody wants to play.
FILL_IN = say("Fill in for me")
NOT_THERE = say("That is no longer there.")

WORDS: Mapping[str, Text] = {
    # The top of the page.
    "bot": say("Power reflection bot"),
    "playground": say("playground"),
    "about": say("All phones side by side. Nobody is real, nothing leaves this machine."),
    "page_language": say("Language of this page"),
    # Translators: the name of a group of buttons that let time pass.
    "clock": say("Clock"),
    # Translators: the time where people are, under the time in UTC.
    "local": say("{time} in {zone}"),
    "hour": say("An hour later"),
    "day": say("A day later"),
    "date": say("To the next date"),
    "year": say("A whole year"),
    "start_over": say("Start over"),
    # Translators: stands before a sentence that says what to do next.
    "next": say("Next"),
    # The phones.
    "phones": say("Phones"),
    "facilitator": say("Facilitator"),
    "guides": say("sets up and guides"),
    "represents": say("representative"),
    "group": say("Our partnership"),
    "everybody": say("The group of all partners"),
    "language": say("Language"),
    "speak_as": say("Speak as"),
    # Translators: who speaks in the group; one of a list to choose from.
    "as": say("as {name}"),
    "fill_in": FILL_IN,
    "fills_in": say("Takes the seat, or answers what is open"),
    # What Telegram says on a phone.
    "messages": say("Messages"),
    # Translators: stands in an empty box to write in.
    "message": say("Message"),
    "send": say("Send"),
    "send_file": say("Send a file"),
    "commands": say("Commands"),
    # Translators: the button that begins to talk with a bot, as Telegram calls it.
    "start": say("Start"),
    # Translators: under a message that was changed, as Telegram says it.
    "edited": say("edited {time}"),
    "protected": say("Cannot be forwarded or saved"),
    "picture": say("Picture"),
    "copied": say("Copied"),
    "bot_added": say("The bot was added to the group"),
    "supergroup": say("The group became a supergroup"),
    "topic_opened": say("A topic was opened"),
    # Questions, and what goes wrong.
    "on_whose_phone": say("On whose phone?"),
    "whose_link": say("A link belongs to the person it was made for."),
    "not_now": say("Not now"),
    "sure": say("Start over?"),
    "what_is_lost": say("All messages and answers of this playground are thrown away."),
    "keep_going": say("Keep going"),
    "silence": say("The playground does not answer. Is it still running?"),
    "failed": say("That did not work. The terminal may say why."),
    "waiting": say("Waiting for the playground to answer …"),
}
"""What the page calls a text -> the text. The page fills in ``{time}`` and ``{name}`` itself."""
