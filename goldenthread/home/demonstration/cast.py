"""The cast: the same named people in tests, demonstration data, screenshots and documents. All are invented."""

from __future__ import annotations

from dataclasses import dataclass

from .teams import ASSESSMENT, DIRECTORATE, QUALITY_ASSURANCE_UNIT, REVIEWING_UNIT, SAFEGUARDING


@dataclass(frozen=True, slots=True)
class CastMember:
    """One named person of the demonstration, with the sentence that introduces her on the sign-in page."""

    staff_id: str
    given: str
    family: str
    post: str
    title: str
    team: str
    days_in_post: int
    is_auditor: bool
    description: str
    earlier: tuple[str, str, int] | None = None  # post, team and days held before this one
    share: float = 1.0  # of a full week

    @property
    def name(self) -> str:
        return f"{self.given} {self.family}"

    @property
    def username(self) -> str:
        return f"{self.given}.{self.family}".lower()


CAST: tuple[CastMember, ...] = (
    CastMember(
        "AM10001",
        "Maya",
        "Holt",
        "qa_service_manager",
        "Service Manager, Quality Assurance",
        QUALITY_ASSURANCE_UNIT,
        1650,
        False,
        "Runs the audit programme: case lists, sessions, draws, returns and reports.",
    ),
    CastMember(
        "AM10002",
        "Idris",
        "Penhallow",
        "qa_officer",
        "Quality Assurance Officer",
        QUALITY_ASSURANCE_UNIT,
        980,
        False,
        "The other half of the unit: loads case lists, chases sign-off, drafts reports.",
    ),
    CastMember(
        "AM10003",
        "Grace",
        "Adewole",
        "independent_reviewing_officer",
        "Independent Reviewing Officer",
        REVIEWING_UNIT,
        2100,
        True,
        "Audits files; chairs reviews of children in care.",
    ),
    CastMember(
        "AM10004",
        "Sunita",
        "Marchbank",
        "family_centre_manager",
        "Family Centre Manager",
        "Harbour Lane Family Centre",
        1430,
        True,
        "Audits files; manages a family centre.",
    ),
    CastMember(
        "AM10005",
        "Rafiq",
        "Alderton",
        "team_manager",
        "Team Manager",
        "Duty 2",
        1210,
        True,
        "Audits others' files; signs off what his own team was asked to put right.",
    ),
    CastMember(
        "AM10006",
        "Ffion",
        "Carrow",
        "social_worker",
        "Social Worker",
        "Duty 2",
        425,
        False,
        "Holds cases in Duty 2; an audit of one of them has come back to her.",
        earlier=("social_worker", "Safeguarding 1", 560),
    ),
    CastMember(
        "AM10007",
        "Kwame",
        "Larkfield",
        "senior_practitioner",
        "Senior Practitioner",
        "Safeguarding 1",
        900,
        True,
        "Audits files; holds protection plans in Safeguarding 1.",
        earlier=("social_worker", "Safeguarding 1", 700),
    ),
    CastMember(
        "AM10008",
        "Bridget",
        "Oakhanger",
        "service_manager",
        "Service Manager, Assessment and Duty",
        ASSESSMENT,
        1890,
        True,
        "Answers for the four duty teams; makes sure that tasks were truly done.",
    ),
    CastMember(
        "AM10009",
        "Desmond",
        "Quayle",
        "childrens_services_manager",
        "Children's Services Manager",
        DIRECTORATE,
        1120,
        True,
        "Audits one file a month; reads every session's report.",
    ),
    CastMember(
        "AM10010",
        "Helena",
        "Summerlath",
        "service_director",
        "Service Director",
        DIRECTORATE,
        760,
        True,
        "Reads the quarterly report; audits one file a month.",
    ),
    CastMember(
        "AM10011",
        "Zofia",
        "Kestrel",
        "team_manager",
        "Team Manager",
        "Looked After 1",
        1540,
        True,
        "Audits files; manages a team for children in care.",
    ),
    CastMember(
        "AM10012",
        "Joel",
        "Brackenbury",
        "social_worker",
        "Social Worker",
        "Looked After 1",
        1330,
        True,
        "Part-time; audits files and holds cases in Looked After 1.",
        share=0.6,
    ),
    CastMember(
        "AM10013",
        "Nadia",
        "Rushworth",
        "service_manager",
        "Service Manager, Safeguarding",
        SAFEGUARDING,
        640,
        True,
        "Answers for the safeguarding teams; re-audits a sample.",
    ),
    CastMember(
        "AM10014",
        "Mei",
        "Fairweather",
        "social_worker",
        "Personal Adviser",
        "Leaving Care 1",
        510,
        False,
        "Works with care leavers; has tasks from an audit to finish.",
    ),
)
