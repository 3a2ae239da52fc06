"""The codes of Ofsted's Annex A as councils write them: preferred ("a) Male"), bare ("Male") and short ("M").

Source: the Codes_used sheet of the August 2019 workbook (Crown copyright, Open Government Licence v3.0).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_NEEDS = {
    "N1": "N1 - Abuse or neglect",
    "N2": "N2 - Child’s disability",
    "N3": "N3 - Parental disability or illness",
    "N4": "N4 - Family in acute stress",
    "N5": "N5 - Family dysfunction",
    "N6": "N6 - Socially unacceptable behaviour",
    "N7": "N7 - Low income",
    "N8": "N8 - Absent parenting",
    "N9": "N9 - Cases other than children in need",
    "N0": "N0 - Not stated",
}
_ETHNICITIES = (
    "WBRI", "WIRI", "WIRT", "WOTH", "WROM", "MWBC", "MWBA", "MWAS", "MOTH", "AIND", "APKN", "ABAN", "AOTH",
    "BCRB", "BAFR", "BOTH", "CHNE", "OOTH", "NOBT",
)  # fmt: skip

PREFERRED: dict[str, dict[str, str]] = {
    "sex": {"M": "a) Male", "F": "b) Female", "U": "c) Not stated/recorded (or unborn)"},
    "yes": {"Y": "a) Yes", "N": "b) No"},
    "ethnicity": {code: f"{letter}) {code}" for letter, code in zip("abcdefghijklmnopqrs", _ETHNICITIES, strict=True)},
    "need": _NEEDS,
    "status": {
        "looked_after": "a) Looked after child",
        "child_protection": "b) Child Protection plan",
        "child_in_need": "c) Child in need plan",
        "open_assessment": "d) Open assessment",
        "closed": "e) Closed episode",
    },
    "source": {
        "1A": "a) 1A: Individual",
        "1D": "d) 1D: Individual",
        "2A": "e) 2A: Schools",
        "3A": "g) 3A: Health services",
        "3B": "h) 3B: Health services",
        "3C": "i) 3C: Health services",
        "3E": "k) 3E: Health services",
        "3F": "l) 3F: Health services",
        "5A": "n) 5A: LA services",
        "5B": "o) 5B: LA services",
        "6": "q) 6: Police",
        "7": "r) 7: Other legal agency",
    },
    "closure": {
        "RC3": "RC3 - Child arrangements order",
        "RC4": "RC4 - Special guardianship order",
        "RC5": "RC5 - Transferred to services of another local authority",
        "RC7": "RC7 - Services ceased for any other reason, including child no longer in need",
        "RC8": "RC8 - Case closed after assessment, no further action",
        "RC9": "RC9 - Case closed after assessment, referred to early help",
    },
    "abuse": {
        "a": "a) Neglect",
        "b": "b) Physical abuse",
        "c": "c) Sexual abuse",
        "d": "d) Emotional abuse",
        "e": "e) Multiple/not recommended",
    },
    "legal": {
        "C1": "C1: ICO",
        "C2": "C2: FCO",
        "E1": "E1: Placement order",
        "V2": "V2: Single period under S20",
        "V3": "V3: Short term breaks, episodes recorded",
        "V4": "V4: Short term breaks, agreements recorded",
        "L2": "L2: EPO",
        "J1": "J1: Remanded to LA or youth detention",
    },
    "permanence": {
        "a": "a) Return to family",
        "b": "b) Adoption",
        "c": "c) SGO/CAO",
        "d": "d) Supported living in the community",
        "e": "e) Long-term residential placement",
        "f": "f) Long-term fostering",
        "g": "g) other",
    },
    "ceased": {
        "E4A": "e) E4A: Returned home to live with parents or relatives - part of care planning",
        "E4B": "f) E4B: Returned home to live with parents or relatives - not part of care planning",
        "E41": "h) E41: Residence order granted",
        "E45": "i) E45: Special Guardianship Orders - former carer relative/friend",
        "E8": "t) E8: Care ceased for any other reason",
        "E17": "v) E17: Aged 18 and remained with current carers",
    },
    "placement": {
        "U1": "a) U1: Foster placement - relatives - long term",
        "U3": "c) U3: Foster placement - relative - not FFA",
        "U4": "d) U4: Foster placement - long term",
        "U6": "f) U6: Foster placement - not FFA",
        "A3": "g) A3: Placed for adoption - consent - current foster",
        "A5": "i) A5: Placed for adoption - order - foster",
        "P1": "k) P1: Placed with parents",
        "H5": "n) H5: Residential accommodation",
        "K1": "o) K1: Secure Children’s Homes",
        "K2": "p) K2: Children’s Homes",
        "R1": "q) R1: Residential Care Home",
        "S1": "u) S1: Residential school",
    },
    "provider": {
        "PR0": "a) PR0: Parents/Parental responsibility",
        "PR1": "b) PR1: Own provision",
        "PR4": "e) PR4: Private provision",
        "PR5": "f) PR5: Voluntary/third sector",
    },
    "location": {"Y": "a) In", "N": "b) Out"},
    "eligibility": {"a": "a) Relevant child", "b": "b) Former relevant child", "c": "c) Qualifying care leaver"},
    "in_touch": {"Yes": "a) Yes", "No": "b) No", "Refu": "d) Refu", "Rhom": "f) Rhom"},
    "suitable": {"Y": "a) Suitable", "N": "b) Unsuitable"},
    "accommodation": {
        "B": "B: Parents/relatives",
        "D": "D: Semi-independent, transitional accommodation and self-contained accommodation",
        "G": "G: Abroad",
        "K": "K: Ordinary lodgings, without formal support",
        "R": "R: Residence not known",
        "T": "T: Foyers and similar supported accommodation",
        "U": "U: Independent living",
        "V": "V: Emergency accommodation",
        "W": "W: Bed and breakfast",
        "X": "X: In custody",
        "Z": "Z: With former foster carers",
    },
    "activity": {
        "F1": "F1: Full time in higher education",
        "F2": "F2: Full time in education other than higher",
        "F4": "F4: Full time in an apprenticeship",
        "F5": "F5: Full time in training or employment",
        "P2": "P2: Part time in education other than higher",
        "P5": "P5: Part time in training or employment",
        "G4": "G4: Not in education, employment or training - illness or disability",
        "G5": "G5: Not in education, employment or training - other",
        "G6": "G6: Not in education, employment or training - pregnancy or parenting",
    },
}
SHORT: dict[str, dict[str, str]] = {
    "sex": {"M": "M", "F": "F", "U": "U"},
    "yes": {"Y": "Y", "N": "N"},
    "status": {
        "looked_after": "LAC",
        "child_protection": "CP",
        "child_in_need": "CIN",
        "open_assessment": "Open assessment",
        "closed": "Closed - stepdown",
    },
    "location": {"Y": "In", "N": "Out"},
    "suitable": {"Y": "1", "N": "2"},
}


@dataclass(frozen=True, slots=True)
class Coded:
    """A value of one of Annex A's code lists, before a council has written it its own way."""

    field: str
    code: str


def yes(answer: bool) -> Coded:
    return Coded("yes", "Y" if answer else "N")


def written(value: Coded, style: str) -> str:
    """The value in a council's style: preferred, bare or short.

    >>> [written(Coded("status", "looked_after"), style) for style in ("preferred", "bare", "short")]
    ['a) Looked after child', 'Looked after child', 'LAC']
    """
    preferred = PREFERRED[value.field][value.code]
    if style == "preferred":
        return preferred
    if style == "bare":
        return re.sub(r"^[a-z]\) ", "", preferred)
    return SHORT.get(value.field, {}).get(value.code, value.code)
