from __future__ import annotations

import json

import pytest

from bot.core.figures.release import release_line


@pytest.mark.parametrize(
    ("line", "printed"),
    [
        ('{"kind":"level","counts":[0,0,0,0,6],"per_org":1}', '{"word":"high","opposed":false}'),
        ('{"kind":"level","counts":[2,1,0,1,2],"per_org":1}', '{"word":"mixed","opposed":true}'),
        (
            '{"kind":"level","counts":[1,0,1,3,3],"per_org":1,"rungs":true}',
            '{"word":"co_decides","opposed":false}',
        ),
        (
            '{"kind":"level","counts":[0,0,0,0,6],"per_org":1,"rungs":false}',
            '{"word":"high","opposed":false}',
        ),
        ('{"kind":"level","counts":[0,0,0,0,4],"per_org":1}', "null"),
        ('{"kind":"agree","counts":[0,6],"per_org":1,"previous":"{\\"word\\":\\"split\\"}"}', "null"),
        ('{"kind":"level","counts":[0,0,0,0,6],"per_org":2}', "null"),
        ('{"kind":"agree","counts":[1,5],"per_org":1}', '{"word":"most"}'),
        ('{"kind":"agree","counts":[7,3],"per_org":1}', '{"word":"fewer_than_half"}'),
        ('{"kind":"agree","counts":[2,2],"per_org":1}', "null"),
        ('{"kind":"agree","counts":[3,3],"per_org":1,"previous":null}', '{"word":"split"}'),
        ('{"kind":"agree","counts":[3,3],"per_org":1,"previous":"null"}', '{"word":"split"}'),
    ],
)
def test_a_line_is_answered_with_what_would_be_published(line: str, printed: str) -> None:
    assert release_line(line) == printed


@pytest.mark.parametrize("end", ["", "\n"])
def test_last_rounds_line_goes_back_in_as_it_was_printed(end: str) -> None:
    last = release_line('{"kind":"agree","counts":[2,4],"per_org":1}')
    again = {"kind": "agree", "counts": [3, 3], "per_org": 1, "previous": last + end}
    assert release_line(json.dumps(again)) == last == '{"word":"most"}'


def test_joiners_and_leavers_keep_the_old_text_longer() -> None:
    ask = {"kind": "agree", "counts": [5, 5], "per_org": 1, "previous": '{"word":"most"}'}
    assert release_line(json.dumps(ask)) == '{"word":"split"}'
    assert release_line(json.dumps({**ask, "roster_changes": 3})) == '{"word":"most"}'


def test_last_rounds_rung_goes_back_in_as_it_was_printed() -> None:
    ask = {"kind": "level", "counts": [0, 0, 3, 4, 1], "per_org": 1, "rungs": True}
    last = release_line(json.dumps(ask))
    assert release_line(json.dumps({**ask, "counts": [0, 0, 4, 3, 1], "previous": last})) == last


@pytest.mark.parametrize(
    "line",
    [
        "",
        '{"kind":"agree","counts":[4711,5],"per_org":1,"rungs":true}',
        "4711",
        '{"kind":"level","counts":[4711,0,0,0],"per_org":1}',
        '{"kind":"level","counts":[0,0,0,0,-4711],"per_org":1}',
        '{"kind":"agree","counts":[4711,5],"per_org":0}',
        '{"kind":"agree","counts":[4711,5]}',
        '{"kind":"mean","counts":[4711,5],"per_org":1}',
        '{"kind":"agree","counts":[4711,5],"per_org":1,"roster_change":2}',
        '{"kind":"agree","counts":[4711,5],"per_org":1,"roster_changes":-1}',
        '{"kind":"agree","counts":[4711,5],"per_org":1,"previous":"most"}',
        '{"kind":"level","counts":[4711,0,0,0,5],"per_org":1,"previous":"{\\"word\\":\\"most\\"}"}',
    ],
)
def test_a_line_that_is_no_request_is_refused_without_repeating_it(line: str) -> None:
    with pytest.raises(ValueError, match="not a request") as refused:
        release_line(line)
    assert "4711" not in str(refused.value)
