"""The census and the SSDA903: who is open, what is said of bad ones, and what several sources say together."""

from __future__ import annotations

import os
import xml.etree.ElementTree as ElementTree
from datetime import date
from pathlib import Path

import pytest

from goldenthread.select.formats import frame, read
from goldenthread.select.formats.model import CrossCheck, Frame, Mapping, NamedBytes
from goldenthread.select.formats.reading import reading_from_json, reading_to_json
from tests.select.formats.framed import messages, refusal

REAL = Path(os.environ.get("TEST_REAL_DATA", "/work/shared/data/real"))
real = pytest.mark.skipif(not REAL.is_dir(), reason="the published samples are not beside this repository")
EPISODES = "CHILD,DECOM,RNE,LS,CIN,PLACE,DEC,HOME_POST,PL_POST\n"


def census(*children: str, year: str = "2024", before: str = "") -> bytes:
    header = f"<Header><CollectionDetails><Collection>CIN</Collection><Year>{year}</Year></CollectionDetails></Header>"
    return f"{before}<Message>\n{header}\n<Children>\n{chr(10).join(children)}\n</Children></Message>".encode()


def child(ref: str, *details: str, more: str = "") -> str:
    inside = "".join(f"<CINdetails><CINreferralDate>{each}</CINdetails>" for each in details)
    return f"<Child><ChildIdentifiers><LAchildID>{ref}</LAchildID>{more}</ChildIdentifiers>{inside}</Child>"


STARTED = "2024-01-02</CINreferralDate>"
CLOSED = f"{STARTED}<CINclosureDate>2024-02-01</CINclosureDate>"
PLAN = f"{STARTED}<ChildProtectionPlans><CPPstartDate>2024-01-09</CPPstartDate></ChildProtectionPlans>"
ASSESSED = f"{STARTED}<Assessments><AssessmentActualStartDate>2024-01-02</AssessmentActualStartDate></Assessments>"


def framed(**files: bytes | str) -> Frame:
    """The frame of these files, their names with "_" for ".", as at their newest date."""
    given = [
        NamedBytes(name.replace("_", "."), data.encode() if isinstance(data, str) else data)
        for name, data in files.items()
    ]
    reading = read(given)
    assert reading_from_json(reading_to_json(reading)) == reading
    return frame(reading, None, Mapping())


def statuses(frame_: Frame) -> dict[str, str]:
    return {case.ref: case.status for case in frame_.cases}


def test_the_latest_details_say_whether_a_child_is_open_and_how() -> None:
    found = framed(
        c_xml=census(
            child("A", PLAN),
            child("B", ASSESSED),
            child("C", STARTED),
            child("D", CLOSED),
            child("E", "2023-01-02</CINreferralDate>", CLOSED),
            child("F", "2023-01-02</CINreferralDate><CINclosureDate>2023-02-02</CINclosureDate>", PLAN),
            child("G", STARTED, more="<PersonDeathDate>2024-03-01</PersonDeathDate>"),
        )
    )
    assert statuses(found) == {
        "A": "child_protection",
        "B": "open_assessment",
        "C": "child_in_need",
        "F": "child_protection",
    }
    assert (found.closed, found.as_at, found.faults) == (3, date(2024, 3, 31), ())


@pytest.mark.parametrize("year", ["2016", "2027", "20x4", ""])
def test_a_year_that_is_not_known_is_refused(year: str) -> None:
    assert refusal(census(child("A", STARTED), year=year), "c.xml") == (
        f"c.xml, line 2: the census is of the year {year!r}; a year from 2017 to 2026 is expected.",
    )


@pytest.mark.parametrize("year", range(2017, 2027))
def test_every_year_of_the_census_is_read(year: int) -> None:
    assert framed(c_xml=census(child("A", STARTED), year=str(year))).as_at == date(year, 3, 31)


def test_an_element_nobody_knows_is_a_fault_at_its_first_line() -> None:
    found = framed(c_xml=census(child("A", STARTED + "<Team>N</Team>"), child("B", STARTED + "<Team>S</Team>")))
    assert [(fault.row, fault.column) for fault in found.faults] == [(4, "Team")]
    assert messages(found) == ["<Team> is not an element of the census, so it is not used; it stands here 2 times."]
    assert len(found.cases) == 2


def test_two_records_for_one_child_are_a_fault_and_the_latest_start_counts() -> None:
    found = framed(c_xml=census(child("A", "2023-01-02</CINreferralDate>"), child("A", PLAN)))
    assert statuses(found) == {"A": "child_protection"}
    assert [(f.file, f.row, f.message) for f in found.faults] == [
        ("c.xml", 4, "Child A is here twice; the latest start counts, which is row 5.")
    ]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (
            census(child("A", STARTED), before='<!DOCTYPE m [<!ENTITY a "b">]>'),
            "c.xml brings its own XML entities, which a case list never does; it was not opened.",
        ),
        (
            census(child("A", STARTED))[:-30],
            "c.xml, line 4: the XML is broken here or breaks off; export the file again.",
        ),
        (b"<rss><item/></rss>", "c.xml is not a census: its outermost element is <rss>, <Message> is expected."),
        (census(), "c.xml holds no <Child>, so there is nothing to read."),
        (b"<Message><Children/></Message>", "c.xml has no <Header>, which says what year the census is of."),
    ],
)
def test_xml_that_is_no_census_is_refused_in_one_sentence(data: bytes, sentence: str) -> None:
    assert refusal(data, "c.xml") == (sentence,)


def test_a_child_is_looked_after_whose_latest_episode_has_no_end() -> None:
    found = framed(
        any_csv=EPISODES
        + "1,01/01/2023,S,C2,N1,K2,01/01/2024,SW1A 1AA,\n1,01/01/2024,P,C2,N1,U4,,SW1A 1AA,\n"
        + "2,01/01/2023,S,C2,N1,K2,01/02/2024,,\n3,01/02/2024,S,V4,N2,K2,,,\n",
        other_csv="CHILD,SEX,DOB,ETHNIC,UPN\n1,1,01/01/2010,WBRI,\n2,1,01/01/2010,WBRI,\n3,1,01/01/2010,WBRI,\n",
        sw_csv="CHILD,DOB,SW_ID,SW_DECOM,SW_DEC\n1,,SW7,01/01/2023,01/03/2023\n1,,SW9,01/03/2023,\n",
    )
    assert [(case.ref, case.status, case.tags, case.worker, case.linked) for case in found.cases] == [
        ("1", "looked_after", ("fostering", "looked_after"), "SW9", ("fostering_file",)),
        ("3", "child_in_need", ("child_in_need", "short_breaks"), "", ()),
    ]
    assert (found.closed, found.faults, found.cases[0].age_band) == (1, (), "10 to 15")


def test_no_postcode_is_kept() -> None:
    reading = read(
        [NamedBytes("e.csv", (EPISODES + ",,,,,,,SW1A 1AA,\n1,01/01/2024,S,C2,N1,U1,,SW1A 1AA,X\n").encode())]
    )
    assert b"SW1A" not in reading_to_json(reading)


def test_a_set_without_episodes_is_refused() -> None:
    (sentence,) = refusal(b"CHILD,SEX,DOB,ETHNIC,UPN\n1,1,01/01/2010,WBRI,\n", "header.csv")
    assert sentence.startswith("header.csv: this set of the SSDA903 has no table of episodes")


def test_a_set_without_a_header_or_with_a_child_twice_in_it_says_so() -> None:
    episode = EPISODES + "1,01/01/2024,S,C2,N1,U1,,,\n"
    assert messages(framed(e_csv=episode)) == [
        "The set has no header table (CHILD, SEX, DOB …), so no child's age is known; give that file too."
    ]
    twice = framed(e_csv=episode, h_csv="CHILD,SEX,DOB,ETHNIC,UPN\n1,1,,WBRI,\n1,2,,WBRI,\n")
    assert messages(twice) == ["Child 1 is in the header twice, first in row 2; one row is expected."]


def test_the_return_is_read_as_xml() -> None:
    episode = "<EPISODE><DECOM>01/02/2024</DECOM><RNE>S</RNE><LS>C2</LS><CIN>N1</CIN><PL>U4</PL>{}</EPISODE>"
    header = "<HEADER><CHILDID>{}</CHILDID><SEX>1</SEX><DOB>01/01/2020</DOB><ETHNIC>WBRI</ETHNIC><UPN>A</UPN></HEADER>"
    rows = [header.format(1) + episode.format(""), header.format(2) + episode.format("<DEC>02/02/2024</DEC>")]
    data = "<EXPSSDA903>\n" + "\n".join(f"<CHILD>{row}</CHILD>" for row in rows) + "\n</EXPSSDA903>"
    found = framed(r_xml=data)
    assert [(c.ref, c.status, c.row, c.age_band, c.linked) for c in found.cases] == [
        ("1", "looked_after", 2, "1 to 4", ("fostering_file",))
    ]
    assert (found.source, found.closed, found.faults) == ("ssda903", 1, ())


def test_an_extract_is_held_against_the_census_and_the_return() -> None:
    found = framed(
        cases_csv="Child ID,Status,Team,IRO,Locality,Family ID\n1,CLA,N,Ann,East,F1\n"
        "2,CIN,N,,,\n3,CP,N,,,\n4,CLA,N,,,\n",
        c_xml=census(child("1", STARTED), child("2", PLAN), child("5", STARTED)),
        e_csv=EPISODES + "1,01/01/2024,S,C2,N1,U1,,,\n2,01/01/2024,S,C2,N1,U1,,,\n",
        h_csv="CHILD,SEX,DOB,ETHNIC,UPN\n1,1,,WBRI,\n2,1,,WBRI,\n",
    )
    assert found.source == "extract"
    assert statuses(found) == {"1": "looked_after", "2": "child_in_need", "3": "child_protection", "4": "looked_after"}
    assert found.cross_checks == (
        CrossCheck("cin_census", 2, ("5",), ("3", "4"), (("2", "child_in_need", "child_protection"),)),
        CrossCheck("ssda903", 2, (), ("4",), (("2", "child_in_need", "looked_after"),)),
    )
    assert messages(found) == [
        "Child 5 is open in the census but not in the case list.",
        "Child 3 is open here but not in the census.",
        "Child 4 is open here but not in the census.",
        "Child 2 is child protection in the census but child in need in the case list.",
        "Child 4 is open here but not in the SSDA903.",
        "Child 2 is looked after in the SSDA903 but child in need in the case list.",
    ]
    first = found.cases[0]
    assert (first.reviewer, first.locality, first.family) == ("Ann", "East", "F1")


def test_a_census_and_a_return_alone_make_one_list() -> None:
    found = framed(
        c_xml=census(child("1", PLAN), child("2", STARTED)),
        e_csv=EPISODES + "1,01/01/2024,S,C2,N1,U1,,,\n3,01/01/2024,S,C2,N1,U1,,,\n",
        h_csv="CHILD,SEX,DOB,ETHNIC,UPN\n1,1,,WBRI,\n3,1,,WBRI,\n",
    )
    assert statuses(found) == {"1": "looked_after", "2": "child_in_need", "3": "looked_after"}
    assert found.cases[0].tags == ("child_protection", "fostering", "looked_after")
    assert messages(found) == ["Child 3 is looked after here but not in the census; counted as looked after."]


def test_staff_and_carers_are_lists_of_their_own_kinds() -> None:
    staff = NamedBytes("s.csv", b"Staff Number,Name,Team,Supervisor\n007,Ada Ash,Duty,Bea\n007,Ada Ash,Duty,Bea\n")
    found = frame(read([staff], kind="supervision_file"), None, Mapping())
    assert [(c.ref, c.status, c.worker, c.team, c.reviewer) for c in found.cases] == [
        ("007", "supervision_file", "Ada Ash", "Duty", "Bea")
    ]
    assert (found.kind, found.by_status) == ("supervision_file", {"supervision_file": 1})
    assert messages(found) == ["007 is here twice; what row 2 says comes first."]
    carers = NamedBytes("c.csv", b"Carer Reference,Name,Team,Supervising Worker,Approval Date\nC1,X,F,Cy,01/02/2020\n")
    (case,) = frame(read([carers], kind="carer_file"), None, Mapping()).cases
    assert (case.ref, case.status, case.worker, case.opened_on) == ("C1", "carer_file", "Cy", date(2020, 2, 1))


@real
@pytest.mark.parametrize("path", sorted(REAL.glob("*/*.xml")), ids=lambda path: path.name)
def test_published_censuses_count_as_a_plain_reading_of_them(path: Path) -> None:
    open_refs = set()
    for each in ElementTree.parse(path).getroot().iter("Child"):  # noqa: S314 (published samples)
        if each.find("ChildIdentifiers/PersonDeathDate") is None:
            details = each.findall("CINdetails")
            latest = max(d.findtext("CINreferralDate", "") for d in details)
            if any(d.findtext("CINreferralDate") == latest and d.find("CINclosureDate") is None for d in details):
                open_refs.add(each.findtext("ChildIdentifiers/LAchildID"))
    found = frame(read([path]), None, Mapping())
    assert {case.ref for case in found.cases} == open_refs


WORDY = '<?xml version="1.0" encoding="UTF-16"?>\n'


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("before", ["", WORDY])
def test_xml_in_utf_16_is_read(encoding: str, before: str) -> None:
    written = census(child("A", PLAN), child("É", STARTED), before=before).decode()
    found = framed(c_xml=("\ufeff" + written).encode(encoding))
    assert statuses(found) == {"A": "child_protection", "É": "child_in_need"}
    assert found.faults == ()


def test_a_return_in_utf_16_is_read() -> None:
    data = "<EXPSSDA903><CHILD><HEADER><CHILDID>1</CHILDID></HEADER><EPISODE><DECOM>01/02/2024</DECOM><LS>C2</LS>"
    found = framed(r_xml=(WORDY + data + "</EPISODE></CHILD></EXPSSDA903>").encode("utf-16"))
    assert statuses(found) == {"1": "looked_after"}


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (
            census(child("A", STARTED)).decode().encode("utf-16") + b"\x00\xd8",
            "c.xml says it is written in UTF-16 and is not; save it as UTF-8 and retry.",
        ),
        (
            census(child("A", STARTED)).decode().encode("utf-16-le"),
            "c.xml is not a spreadsheet; save the case list as .xlsx, .xls or .csv.",
        ),
        (
            ('<!DOCTYPE m [<!ENTITY a "b">]>' + census(child("A", STARTED)).decode()).encode("utf-16"),
            "c.xml brings its own XML entities, which a case list never does; it was not opened.",
        ),
        (
            "<html><table></table></html>".encode("utf-16"),
            "c.xml is a web page, not a spreadsheet; open it in Excel and save it as .xlsx.",
        ),
    ],
)
def test_utf_16_that_cannot_be_read_is_refused_in_one_sentence(data: bytes, sentence: str) -> None:
    assert refusal(data, "c.xml") == (sentence,)


def test_an_element_in_the_wrong_place_is_a_fault_and_not_used() -> None:
    lost = "<CINclosureDate>2024-02-01</CINclosureDate>"
    found = framed(
        c_xml=census(
            child("A", STARTED, more=lost),
            child("B", STARTED, more=lost),
            child("C", STARTED + "<Disability>HAND</Disability>"),
            "<CINdetails/>",
            child("D", PLAN + "<Section47><DateOfInitialCPC>2024-01-08</DateOfInitialCPC></Section47>"),
            "<Disabilities><Disability>HAND</Disability></Disabilities>",
        )
    )
    assert statuses(found) == {
        "A": "child_in_need",
        "B": "child_in_need",
        "C": "child_in_need",
        "D": "child_protection",
    }
    assert {case.ref for case in found.cases if "disability" in case.tags} == set()
    said = "where the census does not have it, so it is not used; it stands here"
    assert [(fault.row, fault.column, fault.message) for fault in found.faults] == [
        (4, "CINclosureDate", f"<CINclosureDate> stands in <ChildIdentifiers>, {said} 2 times."),
        (6, "Disability", f"<Disability> stands in <CINdetails>, {said} 1 time."),
        (7, "CINdetails", f"<CINdetails> stands in <Children>, {said} 1 time."),
        (9, "Disabilities", f"<Disabilities> stands in <Children>, {said} 1 time."),
    ]


def test_a_child_outside_the_children_is_a_fault_and_not_counted() -> None:
    data = census(child("A", STARTED)).replace(b"</Children>", b"</Children>\n" + child("B", STARTED).encode())
    found = framed(c_xml=data)
    assert statuses(found) == {"A": "child_in_need"}
    assert messages(found) == [
        "<Child> stands in <Message>, where the census does not have it, so it is not used; it stands here 1 time."
    ]


def test_what_is_new_in_2026_and_not_asked_about_is_left_alone() -> None:
    new = "<PreProceedingsandFGDM><PreProceedings>1</PreProceedings></PreProceedingsandFGDM>"
    assert framed(c_xml=census(child("A", STARTED + new), year="2026")).faults == ()
