"""The line of every table and key is found, whatever TOML puts in between."""

from __future__ import annotations

from goldenthread.method.framework.lines import line_of, lines_of


def test_keys_tables_and_entries_of_lists_have_their_lines() -> None:
    text = 'key = "a"\n\n[rhythm]  # how often\ndays = 1\n[[grades]]\nkey = "good"\n[[ grades ]]\nkey = "bad"\n'

    assert lines_of(text) == {
        ("key",): 1,
        ("rhythm",): 3,
        ("rhythm", "days"): 4,
        ("grades",): 5,
        ("grades", 0): 5,
        ("grades", 0, "key"): 6,
        ("grades", 1): 7,
        ("grades", 1, "key"): 8,
    }


def test_what_stands_in_strings_comments_and_lists_is_not_taken_for_a_key() -> None:
    text = (
        'seed = """\n[rhythm]\ndays = 1\n"""\n# [target]\n'
        "because = '''\nx = 1'''\n"
        'posts = [\n  "a = 1", # ]\n  "b",\n]\nlast = "[" # "\nend = 1\n'
    )

    assert lines_of(text) == {("seed",): 1, ("because",): 6, ("posts",): 8, ("last",): 12, ("end",): 13}


def test_lines_of_a_windows_file_are_counted_once() -> None:
    assert lines_of("a = 1\r\nb = 2\r\n") == {("a",): 1, ("b",): 2}


def test_dotted_keys_and_tables_are_steps_of_a_path() -> None:
    assert lines_of("[a.b]\nc.d = 1\n") == {("a", "b"): 1, ("a", "b", "c", "d"): 2}


def test_a_path_without_a_line_takes_the_nearest_around_it() -> None:
    lines = {("grades", 0): 5}

    assert (line_of(("grades", 0, "points"), lines), line_of(("rhythm", "days"), lines)) == (5, 1)
