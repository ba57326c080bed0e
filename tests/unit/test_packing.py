from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.packing import pack, unpack, unpack_line
from bot.core.text import Figures, Text, Value, Weekday, say, say_count, say_in

NAIROBI = ZoneInfo("Africa/Nairobi")
VALUES: list[Value] = [
    "",
    "Partner A",
    '{"t": 1}',
    0,
    -3,
    10**12,
    Figures("4 2 ? 0"),
    Weekday.MONDAY,
    Weekday.SUNDAY,
    date(2027, 4, 3),
    time(15, 30),
    datetime(2027, 4, 3, 15, 30, tzinfo=NAIROBI),
    datetime(2027, 4, 3, 15, 30, 1, 7, tzinfo=UTC),
    NAIROBI,
    (),
    ("A", say("B"), Figures("3=4")),
    Text("Your round"),
    say_in("state", "Open"),
    say_count("{count} day", "{count} days", 2, name="Partner A"),
    Text("Is {decision} fine?", {"decision": "A"}, context="pat.agree", template="How is {decision}?"),
    say("{what}: {who}", what=say("{day}", day=Weekday.FRIDAY), who=("A", say("B", n=1))),
]


def there_and_back(value: Value) -> Value:
    return unpack(json.loads(json.dumps(pack(value))))


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_every_kind_of_value_comes_back_as_it_was(value: Value) -> None:
    back = there_and_back(value)
    assert back == value
    assert type(back) is type(value)


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_every_kind_of_value_comes_back_from_within_a_message(value: Value) -> None:
    message = say("{value}", value=value)
    assert unpack_line(json.loads(json.dumps(pack(message)))) == message


@pytest.mark.parametrize("line", ["Partner A", Figures("4 2"), say("Open")], ids=repr)
def test_a_line_comes_back_as_a_line(line: Text | str) -> None:
    back = unpack_line(json.loads(json.dumps(pack(line))))
    assert back == line
    assert type(back) is type(line)


def test_a_moment_keeps_whose_time_it_is() -> None:
    back = there_and_back(datetime(2027, 4, 3, 15, 30, tzinfo=NAIROBI))
    assert isinstance(back, datetime)
    assert back.tzinfo is NAIROBI


def test_figures_inside_a_list_and_a_message_stay_figures() -> None:
    back = there_and_back(say("{row} {rows}", row=Figures("42"), rows=(Figures("31"),)))
    assert isinstance(back, Text)
    assert isinstance(back.args["row"], Figures)
    assert isinstance(back.args["rows"][0], Figures)  # type: ignore[index]


@given(
    words=st.text(), number=st.integers(), day=st.dates(), hour=st.times(), weekday=st.sampled_from(Weekday)
)
def test_whatever_stands_in_a_message_comes_back(
    words: str, number: int, day: date, hour: time, weekday: Weekday
) -> None:
    message = say("{a}", a=words, b=number, c=day, d=hour, e=weekday, f=(words, Figures(words)))
    assert there_and_back(message) == message


@pytest.mark.parametrize(
    "packed",
    [
        None,
        1.5,
        [],
        ["A"],
        {},
        {"x": 1},
        {"t": "Open"},
        {"t": 1, "a": {}},
        {"t": "{a}", "a": {"a": None}},
        {"t": "{a}", "a": {"a": ["A"]}},
        {"l": ["A", 1]},
        {"l": [{"d": "2027-04-03"}]},
        {"d": "soon"},
        {"w": 9},
    ],
    ids=repr,
)
def test_what_is_of_an_unknown_kind_is_an_error(packed: Any) -> None:
    with pytest.raises(ValueError, match=r".") as raised:
        unpack(packed)
    assert "Partner" not in str(raised.value)


@pytest.mark.parametrize("packed", [None, 3, [], {}, {"w": 1}, {"d": "2027-04-03"}, {"l": []}], ids=repr)
def test_what_is_no_line_is_an_error(packed: Any) -> None:
    with pytest.raises(ValueError, match="unknown kind"):
        unpack_line(packed)
