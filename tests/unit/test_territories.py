"""Weekends and home zones, as CLDR has them."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from babel.core import get_global

from bot.adapters.i18n.territories import SATURDAY_AND_SUNDAY, home_zone, weekdays, weekend

FRIDAY_AND_SATURDAY = frozenset({4, 5})


@pytest.mark.parametrize(
    ("zone", "days"),
    [
        ("Europe/Amsterdam", SATURDAY_AND_SUNDAY),
        ("Africa/Nairobi", SATURDAY_AND_SUNDAY),
        ("Africa/Cairo", FRIDAY_AND_SATURDAY),
        ("Asia/Amman", FRIDAY_AND_SATURDAY),
        ("Asia/Kabul", {3, 4}),
        ("Asia/Tehran", {4}),
        ("Africa/Kampala", {6}),
        ("Asia/Kolkata", {6}),
    ],
)
def test_the_weekend_is_that_of_the_territory(zone: str, days: set[int]) -> None:
    assert weekend(zone) == days


def test_a_former_name_of_a_zone_has_the_same_weekend() -> None:
    assert weekend("Asia/Calcutta") == weekend("Asia/Kolkata") != SATURDAY_AND_SUNDAY


@pytest.mark.parametrize(
    "zone", ["Etc/UTC", "UTC", "Antarctica/McMurdo", "Antarctica/Davis", "Nowhere/At_All", ""]
)
def test_a_place_without_a_weekend_of_its_own_has_that_of_the_world(zone: str) -> None:
    assert weekend(zone) == SATURDAY_AND_SUNDAY


@pytest.mark.parametrize(
    ("first", "last", "days"), [(5, 6, {5, 6}), (4, 4, {4}), (6, 0, {6, 0}), (5, 0, {5, 6, 0})]
)
def test_days_run_over_the_end_of_the_week(first: int, last: int, days: set[int]) -> None:
    assert weekdays(first, last) == days


@pytest.mark.parametrize(
    ("language", "zone"),
    [
        ("am", "Africa/Addis_Ababa"),
        ("ne", "Asia/Kathmandu"),
        ("bn", "Asia/Dhaka"),
        ("hi", "Asia/Kolkata"),
        ("iw", "Asia/Jerusalem"),
        ("sn", "Africa/Harare"),
    ],
)
def test_a_language_of_one_place_has_a_home(language: str, zone: str) -> None:
    assert home_zone(language) == zone


@pytest.mark.parametrize("language", ["en", "fr", "es", "pt", "ar", "sw", "id", "nl"])
def test_a_language_of_several_zones_has_none(language: str) -> None:
    assert home_zone(language) is None


@pytest.mark.parametrize(
    ("tag", "zone"),
    [
        ("fr-SN", "Africa/Dakar"),
        ("fr-sn", "Africa/Dakar"),
        ("fr_SN", "Africa/Dakar"),
        ("sw-TZ", "Africa/Dar_es_Salaam"),
        ("zh-Hant-TW", "Asia/Taipei"),
        ("bn-IN", "Asia/Kolkata"),
        ("pt-BR", None),
        ("am-US", None),
        ("es-419", None),
    ],
)
def test_a_region_decides_whatever_the_language(tag: str, zone: str | None) -> None:
    assert home_zone(tag) == zone


@pytest.mark.parametrize("tag", ["", "-", "am-", "tlh", "not a language", "am-ET-u-nu-latn", "x" * 5000])
def test_a_tag_that_makes_no_sense_has_no_home(tag: str) -> None:
    assert home_zone(tag) is None


def test_every_home_is_a_zone_that_exists() -> None:
    tags = [
        *get_global("likely_subtags"),
        *(f"en-{territory}" for territory in get_global("territory_zones")),
    ]
    homes = {zone for tag in tags if (zone := home_zone(tag))}
    assert len(homes) > 100
    assert {ZoneInfo(zone).key for zone in homes} == homes
