"""Questions as an author might write them: a small round, and a larger one for other tests to spoil."""

from __future__ import annotations

OWN = """\
flow: office
version: 1
title: Our office
use: round
about: How we run the office together.
offers: [Who may open the office, Who keeps the keys]
scales:
  say:
    - {value: 0, label: No word}
    - {value: 1, label: A word}
    - {value: 2, label: Some words}
    - {value: 3, label: Many words}
    - {value: 4, label: The last word}
stages:
  contribute:
    steps:
      - id: decisions
        type: list
        items: {min: 1, max: 5, length: 100}
        ask: What should we look at in the office?
  answer:
    params: {decisions: items, partners: items}
    steps:
      - id: actual
        type: matrix
        rows: params.decisions
        columns: params.partners
        scale: say
        unknown: true
        ask: |-
          {row}

          Whose word counts?
      - id: check
        type: review
        ask: Is this right?
"""
