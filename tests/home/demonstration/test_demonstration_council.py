from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import fields
from datetime import date, timedelta
from statistics import mean

import pytest

from goldenthread.home.demonstration.cast import CAST
from goldenthread.home.demonstration.chance import Chance, apportioned
from goldenthread.home.demonstration.child import Child
from goldenthread.home.demonstration.council import Council, invent_council

pytestmark = pytest.mark.slow

PRACTITIONERS = {"social_worker", "senior_practitioner"}


def test_the_same_seed_and_day_give_the_same_council(council: Council) -> None:
    assert invent_council(2009, today=council.today) == council


def test_another_seed_gives_other_children(council: Council) -> None:
    assert invent_council(2010, today=council.today, scale=0.1).children != council.children


def test_the_council_has_the_open_children_of_a_median_authority(council: Council) -> None:
    assert Counter(child.status for child in council.open_children()) == {
        "looked_after": 550,
        "child_protection": 262,
        "child_in_need": 800,
        "open_assessment": 330,
        "care_leaver": 250,
        "early_help": 108,
    }


def test_276_children_are_on_protection_plans_and_14_of_them_in_care(council: Council) -> None:
    planned = [child for child in council.open_children() if "child_protection" in child.tags]

    assert Counter(child.status for child in planned) == {"child_protection": 262, "looked_after": 14}


def test_twelve_disabled_children_have_short_breaks_and_are_not_counted_as_looked_after(council: Council) -> None:
    children = [child for child in council.open_children() if "short_breaks" in child.tags]

    assert Counter((child.status, child.disabled) for child in children) == {("child_in_need", True): 12}


def test_the_teams_are_the_teams(council: Council) -> None:
    services: dict[str | None, set[str]] = defaultdict(set)
    for team in council.leaf_teams:
        services[team.parent].add(team.name)

    assert services == {
        "Assessment and Duty Service": {"Duty 1", "Duty 2", "Duty 3", "Duty 4"},
        "Safeguarding Service": {f"Safeguarding {n}" for n in (1, 2, 3, 4, 5)},
        "Children Looked After Service": {
            *(f"Looked After {n}" for n in (1, 2, 3, 4)),
            "Leaving Care 1",
            "Leaving Care 2",
            "Fostering",
        },
        "Disabilities and Early Help Service": {
            "Disabilities 1",
            "Disabilities 2",
            "Harbour Lane Family Centre",
            "Millpond Family Centre",
            "Northgate Family Centre",
            "Orchard Family Centre",
            "Tannery Wharf Family Centre",
        },
        "Quality Assurance and Review Service": {"Independent Reviewing Unit", "Quality Assurance Unit"},
    }


def test_every_post_is_filled_today(council: Council) -> None:
    assert Counter(post.kind for post in council.posts_on(council.today)) == {
        "social_worker": 167,
        "senior_practitioner": 48,
        "team_manager": 19,
        "independent_reviewing_officer": 9,
        "family_centre_manager": 5,
        "service_manager": 4,
        "qa_service_manager": 1,
        "qa_officer": 1,
        "childrens_services_manager": 1,
        "service_director": 1,
    }


def test_thirty_people_audit(council: Council) -> None:
    auditing = [post for post in council.posts_on(council.today) if council.person[post.person].is_auditor]

    assert Counter(post.kind for post in auditing) == {
        "service_manager": 4,
        "independent_reviewing_officer": 5,
        "team_manager": 8,
        "family_centre_manager": 4,
        "senior_practitioner": 4,
        "social_worker": 3,
        "childrens_services_manager": 1,
        "service_director": 1,
    }


def test_nobody_holds_two_posts_on_one_day(council: Council) -> None:
    held = defaultdict(list)
    for post in council.posts:
        held[post.person].append((post.started_on, post.ended_on or council.today))

    overlaps = [
        person for person, posts in held.items() for one, two in zip(posts, posts[1:], strict=False) if one[1] >= two[0]
    ]
    assert overlaps == []


def test_over_two_years_people_leave_move_and_go_part_time(council: Council) -> None:
    since = council.today - timedelta(days=730)
    teams = defaultdict(set)
    for post in council.posts:
        teams[post.person].add(post.team)
    today = {post.person for post in council.posts_on(council.today)}

    assert 40 <= sum(person.staff_id not in today for person in council.people) <= 160
    assert sum(len(names) > 1 for names in teams.values()) >= 5
    assert sum(post.share < 1 for post in council.posts_on(council.today)) >= 8
    assert all(post.ended_on is None or post.ended_on > post.started_on for post in council.posts)
    assert sum(post.ended_on is not None and post.ended_on > since for post in council.posts) >= 60


def test_nobody_else_has_a_family_name_of_the_cast(council: Council) -> None:
    cast = {member.family for member in CAST}

    assert sorted(person.family for person in council.people if person.family in cast) == sorted(cast)


def test_no_two_people_share_a_name_or_a_username(council: Council) -> None:
    assert len({person.name for person in council.people}) == len(council.people)
    assert len({person.username for person in council.people}) == len(council.people)


def test_the_cast_is_always_the_same() -> None:
    assert [(member.staff_id, member.username, member.post, member.team) for member in CAST] == [
        ("AM10001", "maya.holt", "qa_service_manager", "Quality Assurance Unit"),
        ("AM10002", "idris.penhallow", "qa_officer", "Quality Assurance Unit"),
        ("AM10003", "grace.adewole", "independent_reviewing_officer", "Independent Reviewing Unit"),
        ("AM10004", "sunita.marchbank", "family_centre_manager", "Harbour Lane Family Centre"),
        ("AM10005", "rafiq.alderton", "team_manager", "Duty 2"),
        ("AM10006", "ffion.carrow", "social_worker", "Duty 2"),
        ("AM10007", "kwame.larkfield", "senior_practitioner", "Safeguarding 1"),
        ("AM10008", "bridget.oakhanger", "service_manager", "Assessment and Duty Service"),
        ("AM10009", "desmond.quayle", "childrens_services_manager", "Children's Social Care"),
        ("AM10010", "helena.summerlath", "service_director", "Children's Social Care"),
        ("AM10011", "zofia.kestrel", "team_manager", "Looked After 1"),
        ("AM10012", "joel.brackenbury", "social_worker", "Looked After 1"),
        ("AM10013", "nadia.rushworth", "service_manager", "Safeguarding Service"),
        ("AM10014", "mei.fairweather", "social_worker", "Leaving Care 1"),
    ]


def test_the_cast_holds_its_posts_in_a_council_of_any_seed_and_size() -> None:
    for seed, scale in ((1, 0.1), (2, 3.0)):
        other = invent_council(seed, today=date(2027, 6, 1), scale=scale)
        held = {(post.person, post.kind, post.team) for post in other.posts_on(date(2027, 6, 1))}
        assert {(member.staff_id, member.post, member.team) for member in CAST} <= held


def test_every_open_case_is_held_by_somebody_of_its_team(council: Council) -> None:
    held = {(post.person, post.team) for post in council.posts_on(council.today) if post.kind in PRACTITIONERS}

    assert {(child.worker, child.team) for child in council.open_children()} <= held


def test_caseloads_are_uneven_and_bearable(council: Council) -> None:
    loads = Counter(child.worker for child in council.open_children())

    assert 15 <= max(loads.values()) <= 30
    assert min(loads.values()) <= 6


def test_references_are_unique_and_look_like_references(council: Council) -> None:
    refs = [child.ref for child in council.children]

    assert len(set(refs)) == len(refs)
    assert all(len(ref) == 7 and ref[0] == "K" and ref[1:].isdigit() for ref in refs)


def test_brothers_and_sisters_share_team_worker_and_drift(council: Council) -> None:
    families = defaultdict(list)
    for child in council.children:
        families[child.family].append((child.team, child.worker, child.drift))

    assert max(map(len, families.values())) == 4
    assert all(len(set(shared)) == 1 for shared in families.values())


def test_ages_fit_the_status(council: Council) -> None:
    ages = defaultdict(set)
    for child in council.open_children():
        ages[child.status].add(child.age(council.today))

    assert min(ages["care_leaver"]) == 17
    assert max(ages["care_leaver"]) == 24
    assert {-1} <= ages["child_protection"]  # unborn children have plans
    assert all(max(ages[status]) == 17 for status in ages if status != "care_leaver")


def test_children_who_came_alone_are_teenagers_in_care_with_absent_parents(council: Council) -> None:
    alone = [child for child in council.open_children() if child.status == "looked_after" and child.asylum_seeking]

    assert 25 <= len(alone) <= 50
    assert {(child.need, child.age(council.today) >= 15) for child in alone} == {("N8", True)}


def test_drift_lowers_quality(council: Council) -> None:
    low, high = _by_drift(council)

    assert mean(child.quality for child in low) - mean(child.quality for child in high) > 0.8


def test_drift_makes_visits_late(council: Council) -> None:
    low, high = _by_drift(council)

    assert mean(child.visits_late for child in high) > 1.8 * mean(child.visits_late for child in low)


def test_weaker_practice_drifts_more(council: Council) -> None:
    drift = defaultdict(list)
    for child in council.open_children():
        drift[council.person[child.worker].quality > 0].append(child.drift)

    assert mean(drift[False]) - mean(drift[True]) > 0.1


def test_a_child_has_no_name() -> None:
    assert [field.name for field in fields(Child) if "name" in field.name or "address" in field.name] == []


def test_shares_sum_to_the_whole() -> None:
    assert apportioned(10, {"a": 1, "b": 1, "c": 1}) == {"a": 4, "b": 3, "c": 3}


def test_chance_is_the_same_everywhere() -> None:
    chance = Chance(2009, "example")

    assert [chance.whole(1, 6) for _ in range(12)] == [1, 5, 4, 3, 2, 2, 1, 4, 5, 2, 6, 5]


def _by_drift(council: Council) -> tuple[list[Child], list[Child]]:
    children = council.open_children()
    return [child for child in children if child.drift < 0.2], [child for child in children if child.drift > 0.45]
