"""The Department for Education's children in need census: one XML message of every child of a year, read as a stream.

A child is open whose latest details have no closure date and who has not died. An open protection plan makes her a
child on a plan, an open plan or none a child in need, an assessment not yet authorised a child in assessment. The
census knows no team, no worker and not who is looked after. Source: the department's schemas of 2017 to 2026.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from lxml import etree

from goldenthread.method.refusal import Refused
from goldenthread.select.formats.cells import Bad, age_band, day, reference, text
from goldenthread.select.formats.headers import names
from goldenthread.select.formats.model import Fault, Ignored, Mapping, Reading, Recognised, Row
from goldenthread.select.formats.tables import Document, Opened
from goldenthread.select.formats.tabular import years_old
from goldenthread.select.formats.xml_files import Element, elements, root_of

SOURCE = "cin_census"
TITLE = "Children in need census"
LIST = "The census"

YEARS = range(2017, 2027)
_USED = names(
    "LAchildID PersonBirthDate ExpectedPersonBirthDate PersonDeathDate Disability CINreferralDate PrimaryNeedCode"
    " CINclosureDate AssessmentAuthorisationDate CINPlanEndDate CPPendDate LatestCategoryOfAbuse"
)
_INSIDE = {
    "Child": "ChildIdentifiers ChildCharacteristics CINdetails",
    "ChildIdentifiers": "LAchildID UPN FormerUPN UPNunknown PersonBirthDate ExpectedPersonBirthDate GenderCurrent Sex"
    " PersonDeathDate",
    "ChildCharacteristics": "Ethnicity Disabilities",
    "Disabilities": "Disability",
    "CINdetails": "CINreferralDate ReferralSource PrimaryNeedCode CINclosureDate ReasonForClosure DateOfInitialCPC"
    " Assessments CINPlanDates Section47 ReferralNFA ChildProtectionPlans",
    "Assessments": "AssessmentActualStartDate AssessmentInternalReviewDate AssessmentAuthorisationDate"
    " FactorsIdentifiedAtAssessment",
    "FactorsIdentifiedAtAssessment": "AssessmentFactors",
    "CINPlanDates": "CINPlanStartDate CINPlanEndDate",
    "Section47": "S47ActualStartDate InitialCPCtarget DateOfInitialCPC ICPCnotRequired",
    "ChildProtectionPlans": "CPPstartDate CPPendDate InitialCategoryOfAbuse LatestCategoryOfAbuse NumberOfPreviousCPP"
    " Reviews",
    "Reviews": "CPPreviewDate",
}
INSIDE = {parent: names(held) for parent, held in _INSIDE.items()}
"""What stands directly in what, in any of the years."""
KNOWN = frozenset(INSIDE).union(*INSIDE.values())
_LEFT_ALONE = "PreProceedingsandFGDM"
"""New in 2026, and for no question of ours."""


def _shape() -> etree.DTD:
    """`INSIDE` as a document type: libxml2 walks a child by it in the time Python takes to ask its elements' names."""
    declared = (
        f"<!ELEMENT {name} {'(' + '|'.join(sorted(INSIDE[name])) + ')*' if name in INSIDE else '(#PCDATA)'}>"
        for name in sorted(KNOWN)
    )
    return etree.DTD(io.StringIO("".join(declared)))


def recognises(parts: Sequence[Opened]) -> bool:
    """Any XML that is not the return on looked-after children: `read` says what it lacks."""
    return any(isinstance(part, Document) and b"EXPSSDA903" not in part.data[:4096] for part in parts)


def read(parts: Sequence[Opened], mapping: Mapping) -> Reading:
    """Read one census. Raises `Refused` for two, for another message, and for a year that is not known."""
    documents = [part for part in parts if isinstance(part, Document)]
    if len(documents) > 1:
        names = " and ".join(document.file for document in documents)
        raise Refused(f"The census is given twice ({names}); keep one.")
    census = _Census(documents[0])
    census.read()
    others = [part for part in parts if not isinstance(part, Document)]
    return Reading(
        source=SOURCE,
        files=tuple(dict.fromkeys(part.file for part in parts)),
        tables=(Recognised(census.file, "", LIST, 1, census.children, tuple(sorted(_USED)), ()),),
        ignored=tuple(Ignored(part.file, part.sheet, "not part of the census") for part in others),
        rows=tuple(census.rows),
        faults=tuple(census.all_faults()),
        newest=census.on,
    )


@dataclass(slots=True)
class _Census:
    """One census while it is being read. `on` is its reference date, known once the header is."""

    document: Document
    on: date = date.min
    children: int = 0
    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    odd: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    shape: etree.DTD = field(default_factory=_shape)
    day: Callable[[str], Any] = field(default_factory=lambda: cache(day))

    @property
    def file(self) -> str:
        return self.document.file

    def read(self) -> None:
        root = root_of(self.document)
        if root != "Message":
            raise Refused(
                f"{self.file} is not a census: its outermost element is <{root[:60]}>, <Message> is expected."
            )
        headed = False
        for element in elements(self.document, "Header", "Child", "Children"):
            if element.tag == "Children":
                self._strays(element[-1] if len(element) else None)
            elif element.tag == "Header":
                self._header(element)
                headed = True
            elif not headed:
                raise Refused(f"{self._at(element)}: a <Child> stands before any <Header>, which has to say the year.")
            else:
                self._child(element)
        if not headed:
            raise Refused(f"{self.file} has no <Header>, which says what year the census is of.")
        if not self.children:
            raise Refused(f"{self.file} holds no <Child>, so there is nothing to read.")

    def _header(self, header: Element) -> None:
        said = {element.tag: element for element in header.iter()}
        collection = _text(said.get("Collection"))
        if collection != "CIN":
            raise Refused(f"{self._at(said.get('Collection', header))}: the collection is {collection!r}, not 'CIN'.")
        year = _text(said.get("Year"))
        if not (year.isascii() and year.isdigit() and int(year[:9]) in YEARS):
            raise Refused(
                f"{self._at(said.get('Year', header))}: the census is of the year {year[:20]!r}; a year from"
                f" {YEARS[0]} to {YEARS[-1]} is expected."
            )
        self.on = date(int(year), 3, 31)
        written = said.get("ReferenceDate")
        if written is not None and (given := self._day(written)) and given != self.on:
            self.fault(
                written, _text(written), f"The census of {year} is as at 31 March {year}; its header says another day."
            )
            self.on = given

    def _child(self, child: Element) -> None:
        above = child.getparent()
        if above is None or above.tag != "Children":
            self._note_odd(child)
            return
        self._strays(child.getprevious())
        self.children += 1
        if not self.shape.validate(child):
            self._look_through(child)
        identifiers: dict[Any, Element] = {}
        disability, details = "", []
        for part in child:
            if part.tag == "ChildIdentifiers":
                identifiers = {element.tag: element for element in part}
            elif part.tag == "ChildCharacteristics":
                disability = _disability(part)
            elif part.tag == "CINdetails":
                details.append(part)
        ref = reference(identifiers["LAchildID"].text or "") if "LAchildID" in identifiers else ""
        if not ref or isinstance(ref, Bad):
            self.fault(child, ref, "This child has no LAchildID, so it is not counted as a child.", "LAchildID")
        elif not details:
            self.fault(child, ref, f"Child {ref} has no CINdetails, so the child is not counted.", "CINdetails")
        else:
            self._add(child, ref, identifiers, disability, details)

    def _add(
        self, child: Element, ref: str, identifiers: dict[Any, Element], disability: str, details: list[Element]
    ) -> None:
        died = self._day(identifiers.get("PersonDeathDate"))
        opened, ended, latest = max(
            ((self._day(each.find("CINreferralDate")), self._day(each.find("CINclosureDate")), each)
             for each in details),
            key=lambda found: (found[0] or date.min, found[1] is None),
        )  # fmt: skip
        status, abuse = ("closed", "") if ended or died else self._status(latest)
        self.rows.append(
            Row(
                ref, "episode", self.file, "", child.sourceline, status, opened_on=opened, ended_on=ended or died,
                age_band=self._age_band(identifiers), disability=disability, abuse=abuse,
                need=_text(latest.find("PrimaryNeedCode")),
            )
        )  # fmt: skip

    def _status(self, details: Element) -> tuple[str, str]:
        """What the latest details show, and the category of abuse of an open plan."""
        parts: dict[Any, list[Element]] = {}
        for part in details:
            parts.setdefault(part.tag, []).append(part)
        for plan in parts.get("ChildProtectionPlans", ()):
            if self._day(plan.find("CPPendDate")) is None:
                return "child protection", _text(plan.find("LatestCategoryOfAbuse"))
        for plan in parts.get("CINPlanDates", ()):
            if self._day(plan.find("CINPlanEndDate")) is None:
                return "child in need", ""
        for assessment in parts.get("Assessments", ()):
            if self._day(assessment.find("AssessmentAuthorisationDate")) is None:
                return "open assessment", ""
        return "child in need", ""

    def _age_band(self, identifiers: dict[Any, Element]) -> str:
        born = self._day(identifiers.get("PersonBirthDate"))
        if born is None and self._day(identifiers.get("ExpectedPersonBirthDate")):
            return age_band(-1)
        return age_band(years_old(born, self.on))

    def _day(self, element: Element | None) -> date | None:
        if element is None or not element.text:
            return None
        found = self.day(element.text)
        if isinstance(found, Bad):
            self.fault(element, found, f"{str(found)[:60]!r} is not a date (year-month-day).")
            return None
        return found if isinstance(found, date) else None

    def _strays(self, last: Element | None) -> None:
        """Note what stands among the children and is none, from here back to the child before."""
        while last is not None and last.tag != "Child":
            self._note_odd(last)
            last = last.getprevious()

    def _look_through(self, child: Element) -> None:
        """Note what does not stand where the census has it; what is inside of that goes with it."""
        parents = [child]
        for parent in parents:
            for element in parent:
                if element.tag in INSIDE.get(str(parent.tag), ()):
                    parents.append(element)
                elif element.tag not in (_LEFT_ALONE, "Child"):  # a child in a child was noted when it was met
                    self._note_odd(element)

    def _note_odd(self, element: Element) -> None:
        above = element.getparent()
        inside = str(above.tag) if element.tag in KNOWN and above is not None else ""
        self.odd.setdefault((str(element.tag)[:60], inside[:60]), []).append(element.sourceline or 0)

    def fault(self, element: Element, value: str, message: str, column: str = "") -> None:
        name = column or str(element.tag)
        self.faults.append(Fault(self.file, "", element.sourceline, name, str(value)[:200], message))

    def all_faults(self) -> list[Fault]:
        """The faults found, and one for each element that does not belong, at the first line it stands on."""
        return self.faults + [
            Fault(
                self.file, "", min(lines), name, "",
                f"<{name}> {_odd(inside)}, so it is not used; it stands here {len(lines):,}"
                f" {'time' if len(lines) == 1 else 'times'}.",
            )
            for (name, inside), lines in self.odd.items()
        ]  # fmt: skip

    def _at(self, element: Element) -> str:
        return f"{self.file}, line {element.sourceline}"


def _text(element: Element | None) -> str:
    return text(element.text or "") if element is not None else ""


def _odd(inside: str) -> str:
    return f"stands in <{inside}>, where the census does not have it" if inside else "is not an element of the census"


def _disability(characteristics: Element) -> str:
    """The first disability named, "No" where the census says there is none, "" where it says nothing."""
    said = [(element.text or "").strip() for element in characteristics.iterfind("Disabilities/Disability")]
    named = [code for code in said if code and code != "NONE"]
    return named[0] if named else "No" if said else ""
