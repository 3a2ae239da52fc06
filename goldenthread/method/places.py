"""Which of a session's seats each person takes who sits there, where a seat may be for several posts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from goldenthread.method.framework import Framework, Seat


def kind_of(seat: Seat) -> str:
    """The key of a kind of seat: the posts it is for.

    >>> kind_of(Seat(("senior_practitioner", "social_worker"), 2))
    'senior_practitioner/social_worker'
    """
    return "/".join(seat.posts)


def words_of(framework: Framework, seat: Seat) -> str:
    """As "Senior Practitioner or Social Worker"; a post that the framework no longer has keeps its key."""
    labels: Mapping[str, str] = {post.key: post.label for post in framework.posts}
    return " or ".join(labels.get(key, key) for key in seat.posts)


def taken(posts: Sequence[str], seats: Sequence[Seat]) -> list[Seat | None]:
    """The seat that each of these posts takes, in their order: as many are seated as can be; None sits beside.

    Whoever finds her seats full moves somebody on to another that suits (augmenting paths: König, 1931), so a person
    whose post suits one seat only is never kept out by one whose post suits two.

    >>> either, manager = Seat(("team_manager", "service_manager"), 1), Seat(("service_manager",), 1)
    >>> [seat.posts for seat in taken(["service_manager", "team_manager"], [either, manager])]
    [('service_manager',), ('team_manager', 'service_manager')]
    """
    places = [seat for seat in seats for _ in range(seat.number)]
    sitting: dict[int, int] = {}  # place → whose
    for whose in range(len(posts)):
        _find_place(whose, posts, places, sitting, set())
    places_of = {whose: place for place, whose in sitting.items()}
    return [places[places_of[whose]] if whose in places_of else None for whose in range(len(posts))]


def _find_place(
    whose: int, posts: Sequence[str], places: Sequence[Seat], sitting: dict[int, int], tried: set[int]
) -> bool:
    for place, seat in enumerate(places):
        if posts[whose] in seat.posts and place not in tried:
            tried.add(place)
            if place not in sitting or _find_place(sitting[place], posts, places, sitting, tried):
                sitting[place] = whose
                return True
    return False
