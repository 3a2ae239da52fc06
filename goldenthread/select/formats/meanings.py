"""What a council's own words mean: codes, letters and phrases to a few stable words, or None where nobody can be sure.

Councils write "a) Looked after child", "CLA", "LAC - S20", "CLA&CP" and mean one thing. A value is made plain, then
tried as a letter or word on its own, then by the first phrase that fits, then by the field's code. Where words
qualify ("former", "not", "pending"), a status is left to the person: a wrong one would take a child out of a draw.
Sources: Ofsted's Annex A Codes_used sheet (August 2019) and the Department for Education's code sets it cites.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

_LETTERED = re.compile(r"^\(?([a-z]{1,2})[).:]\s*(?=\S|$)")


def plain(raw: str) -> str:
    """A value in lower case, its punctuation, dashes and doubled spaces made single spaces.

    >>> plain("CLA&CP"), plain("Children\\u2019s  Homes \\u2013 (K2)")
    ('cla and cp', 'childrens homes k2')
    """
    low = unicodedata.normalize("NFKC", raw).casefold().replace("&", " and ")
    low = re.sub(r"['\u2018\u2019`\u00b4]", "", low)
    return " ".join(re.sub(r"[^a-z0-9]+", " ", low).split())


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """One field's words. Patterns are matched against plain text, phrases in order: the first that fits decides.

    `code` finds the code in plain text (its first group); `codes` says what each means, and those in `sure` decide
    before any phrase. `letters` are Ofsted's "a)" alone; `doubt` are words that leave a value to the person.
    """

    letters: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    phrases: tuple[tuple[str, str], ...] = ()
    code: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)
    sure: frozenset[str] = frozenset()
    doubt: str = ""

    def meaning(self, raw: str) -> str | None:
        """The meaning of one raw value, None where it is not known."""
        low = plain(_LETTERED.sub("", raw.casefold().strip(), count=1)) or plain(raw)
        if low in self.words:
            return self.words[low]
        if low in self.letters:
            return self.letters[low]
        if self.doubt and re.search(self.doubt, low):
            return None
        if (first := low.split(" ", 1)[0]) in self.sure:
            return self.codes[first]
        return self._by_phrase(low) or self._by_code(plain(raw))

    def _by_phrase(self, low: str) -> str | None:
        return next((meaning for pattern, meaning in self.phrases if re.search(pattern, low)), None)

    def _by_code(self, low: str) -> str | None:
        found = {self.codes[code] for code in re.findall(self.code, low) if code in self.codes} if self.code else set()
        return found.pop() if len(found) == 1 else None


def _words(**groups: str) -> dict[str, str]:
    return {word.strip(): meaning for meaning, words in groups.items() for word in words.split("|")}


YES_NO = Vocabulary(
    letters={"a": "yes", "b": "no", "c": "unknown"},
    words=_words(
        yes="y|yes|1|true|t|1 yes",
        no="n|no|0|false|f|0 no|2 no",
        unknown="u|unknown|9|not known|not recorded|not stated|not obtained|refused|refu|nobt",
    ),
    phrases=(
        (r"^(0 )?no\b", "no"),
        (r"^(1 )?yes\b", "yes"),
        (r"\b(not known|unknown|refused|not obtained)\b", "unknown"),
    ),
)

_CARE = r"\b(c?lac|cla|clla|cic|cioc|looked after|(child|children|young person) in our care|in care)\b"
_PROTECTION = r"\b(cpp?|child prot(ection)?|protection plan)\b"
_NEED = r"\b(cin|cinp|child in need|children in need|in need|s ?17|sec(tion)? ?17)\b"
_ASSESSMENT = r"\b(assess\w*|asse?s?s?ment|asmt|assmt|c and f|caf assessment|single assessment|s ?47|sec(tion)? ?47)\b"

STATUS = Vocabulary(
    letters={
        "a": "looked_after",
        "b": "child_protection",
        "c": "child_in_need",
        "d": "open_assessment",
        "e": "closed",
    },
    words=_words(care_leaver="leaving care|former relevant", closed="ended|case ended|episode ended|end"),
    doubt=r"\b(not?|former|formerly|previous|previously|ex|was|pending|awaiting|conference|respite|potential|proposed"
    r"|edge|possible|ended|proceedings|refer to|step|stepped|stepdown|icpc|transfer|error|test|private"
    r"|(?<!subject )to (cin|cpp?|cla|lac)|carers?|completed?)\b",
    phrases=(
        (_CARE, "looked_after"),
        (r"\b(cpp?|child protection|protection) (enquir|inquir|investig)\w*", "open_assessment"),
        (_PROTECTION, "child_protection"),
        (r"\b(care ?leavers?|leaving care|former relevant|qualifying|after ?care|pathway plan)\b", "care_leaver"),
        (r"\bearly help\b|\beha?\b|\btaf\b|\bteam around\b", "early_help"),
        (_ASSESSMENT, "open_assessment"),
        (r"\b(enquir|inquir)(y|ies)\b", "open_assessment"),
        (_NEED, "child_in_need"),
        (r"\b(section|sec|s) ?(20|31|38)\b|\b(full|interim) care order\b|\baccomm?odated\b", "looked_after"),
    ),
)
_CLOSED = re.compile(r"\b(closed?|closure|ceased|inactive|no longer|nfa|no further action|de ?allocated|discharged)\b")
_STILL_OPEN = re.compile(r"\b(not|to be|for|pending|awaiting|ready|recommended?) (\w+ )?(closed?|closure)\b|\bre ?open")


def status(raw: str) -> frozenset[str]:
    """The statuses one value states, empty where it is not known; "CLA&CP" states two, a closed case only "closed".

    >>> sorted(status("CP/CLA")), sorted(status("Closed - stepdown")), sorted(status("Former LAC"))
    (['child_protection', 'looked_after'], ['closed'], [])
    """
    low = plain(_LETTERED.sub("", raw.casefold().strip(), count=1))
    if _STILL_OPEN.search(low):
        return frozenset()
    if _CLOSED.search(low):
        return frozenset({"closed"})
    found = STATUS.meaning(raw)
    if found is None:
        return frozenset()
    both = found == "looked_after" and re.search(_PROTECTION, low)
    return frozenset({found, "child_protection"} if both else {found})


LEGAL_STATUS = Vocabulary(
    words=_words(care_order="care order|fco|ward of court", interim_care_order="ico", section_20="s20|v1"),
    phrases=(
        (r"\bshort(er)?( term)? breaks?\b|\brespite\b|\bseries of short\b|\bwith breaks\b|\bv[34]\b", "short_breaks"),
        (r"\bfree(d|ing)\b", "freeing_order"),
        (r"\bplacement order\b", "placement_order"),
        (r"\binterim (care )?order\b|\binterim care\b|\bsec(tion)? ?38\b|\bs ?38\b|\bico\b", "interim_care_order"),
        (r"\bpolice protection\b|\bpolice powers\b|\bs ?46\b|\bppo\b", "police_protection"),
        (r"\bemergency protection\b|\bepo\b", "emergency_protection"),
        (r"\bchild assessment order\b", "child_assessment_order"),
        (r"\bpace\b", "detained_under_pace"),
        (r"\bremand|\bcommitted\b.*\btrial\b", "remand"),
        (
            r"\b(youth rehabilitation|supervision order|yro|cypa? ?(19)?69|cyp ?69|sentenced|secure accommodation)\b",
            "youth_justice",
        ),
        (r"\b(full )?care order\b|\bs ?31\b|\bsec(tion)? ?31\b|\bwardship\b|\bward of\b|\bdeemed care\b", "care_order"),
        (r"\bs ?20\b|\bs(ec(tion)?|eection) ?20\b|\bsingle (period|placement)\b", "section_20"),
    ),
    code=r"\b([cdevlj][1-4])\b",
    codes={
        "c1": "interim_care_order",
        "c2": "care_order",
        "d1": "freeing_order",
        "e1": "placement_order",
        "v2": "section_20",
        "v3": "short_breaks",
        "v4": "short_breaks",
        "l1": "police_protection",
        "l2": "emergency_protection",
        "l3": "child_assessment_order",
        "j1": "remand",
        "j2": "detained_under_pace",
        "j3": "youth_justice",
    },
    doubt=r"\b(residence|child arrangements?) ?order|\bsection 17\b|\bs17\b",
)

PLACEMENT = Vocabulary(
    phrases=(
        (r"\bhotel\b|\brefuge\b|\bwhereabouts\b", "other"),
        (
            r"\btemp(orary|s)?\b.*\b(move|absence|abs|periods?|accom\w*|placement|stay)\b|\bholiday\b|^temporary$",
            "temporary",
        ),
        (
            r"\bplace[dr]? (with )?(for|4)? ?adopt|\bplaced with for adopt|\badoptive\b|\badoption (sect|placement)",
            "adoption",
        ),
        (
            r"\bfost|\bfp\b|\bstaying put\b|\bfamily and friends\b|\bkinship\b|\bconnected (person|carer)|\bffa\b",
            "fostering",
        ),
        (
            r"\b(rel|relatives?|friends?) (or |and )?(friends?|relatives?)\b.*\b(lt|long term|term|adopt\w*)\b",
            "fostering",
        ),
        (r"\b(mother|parent) and (baby|child)\b|\bfamily (centre|assessment unit)\b", "family_centre"),
        (r"\byoung offender|\byoi\b|\bprison\b|\bsecure training\b|\bstc\b|\byouth treatment\b", "custody"),
        (
            r"\bnot subje[cs]t to\b|\bsemi independ|(?<!homes and )\bhostel"
            r"|\bsupported (accom\w*|living|lodgings?)\b|\bunregulated\b",
            "semi_independent",
        ),
        (r"\bresidential employment\b", "residential_employment"),
        (
            r"\b(residential|res|boarding) (special )?schools?\b|^schools?\b|\bschools? (except|unless)\b",
            "residential_school",
        ),
        (r"(?<!except )(?<!non )\bsecure\b", "secure_home"),
        (r"\bnhs\b|\bhealth trust\b|\bhospital\b|\bmedical\b|\bnursing\b", "health"),
        (r"\b(residential )?care homes?\b", "care_home"),
        (r"\bchildrens homes?\b|\bhomes? and hostels?\b|\bchildren s home", "childrens_home"),
        (r"\bindepend[ae]nt\b|\bind living\b", "independent"),
        (r"\b(own|with|birth)\b.*\bparents?\b|\bplace(d|ment) with parents?\b|\bparents? person\b", "parents"),
        (r"^(z1 )*other placements?\b", "other"),
    ),
    code=r"\b([a-z][0-9])(?:in|out|[ab])?\b",
    codes=_words(
        fostering="u1|u2|u3|u4|u5|u6|f1|f2|f4|f6|q1|q2",
        adoption="a3|a4|a5|a6",
        parents="p1",
        independent="p2",
        residential_employment="p3",
        semi_independent="h5|k3",
        secure_home="k1",
        childrens_home="k2",
        care_home="r1",
        health="r2",
        family_centre="r3",
        custody="r5",
        residential_school="s1",
        other="z1|m1|m2|m3",
        temporary="t0|t1|t2|t3|t4",
    ),
    sure=frozenset(_words(sure="u1|u2|u3|u4|u5|u6|a3|a5|a6|k1|k2|r1|r2|r3|r5|s1|t0|t1|t2|t3|t4|z1")),
)

_KINDS_OF_ABUSE = {
    "neglect": r"\bneg",
    "physical": r"\bphy|\bpa\b",
    "sexual": r"\bsex|\bsab\b|\bsa\b",
    "emotional": r"\bemo|\bea\b",
}
ABUSE = Vocabulary(
    letters={"a": "neglect", "b": "physical", "c": "sexual", "d": "emotional", "e": "multiple"},
    words=_words(multiple="mul|multiple", neglect="ynnn", physical="nynn", sexual="nnyn", emotional="nnny"),
    phrases=((r"\bmultiple\b|\bnot recommended\b|\bmore than one\b", "multiple"), (r"^[yn]{4}$", "multiple")),
)


def abuse(raw: str) -> str | None:
    """A category of abuse: one kind, or "multiple" where more than one is named.

    >>> abuse("Likelihood of Neglect"), abuse("NEGLECT/SEXUAL ABUSE"), abuse("NYYN")
    ('neglect', 'multiple', 'multiple')
    """
    if found := ABUSE.meaning(raw):
        return found
    low = plain(raw)
    kinds = [kind for kind, pattern in _KINDS_OF_ABUSE.items() if re.search(pattern, low)]
    return kinds[0] if len(kinds) == 1 else "multiple" if kinds else None


NEED = Vocabulary(
    words=_words(not_stated="no|not stated|not recorded|n0", abuse_or_neglect="multiple", not_in_need="other"),
    doubt=r"\bdo not use\b",
    phrases=(
        (r"\b(no|need) code\b|\bnot (yet )?(stated|recorded|determined)\b", "not_stated"),
        (
            r"\bother than ch?i|\bnot (a )?(ch|in need|cin)|\badopt(ed|ion)\b|\bprivate fostering\b|\bnotification\b",
            "not_in_need",
        ),
        (
            r"\bparent(al|s|ing)?\b.*\b(ill|illness|disab\w*|mental\w*|learning|alcohol\w*|drugs?|addict\w*)\b",
            "parental_illness",
        ),
        (
            r"\b(mental health|drug dependant|ill|illness|disab\w*) (of )?(parents?|carers?)\b|\byoung carers?\b",
            "parental_illness",
        ),
        (r"\bfamily d[iy]sf|\bd[iy]sfunction|\bd[iy]sf\b|\bparenting capacity\b", "family_dysfunction"),
        (
            r"\bfamily (in )?acc?ute\b|\bacute (family )?(stress|distress)\b|\bstress\b|\bhomeless\w*\b(?!.*1[56])",
            "acute_stress",
        ),
        (
            r"\bunaccept|\bsocially\b|\b(disorderly|offending|offender)\b(?!.*parent)|\bbehaviou?r impacting",
            "behaviour",
        ),
        (r"\blow income\b|\bno recourse\b|\bfinancial\b|\bhabitual", "low_income"),
        (r"\babsent\b|\bunaccompanied\b|\buasc\b|\basylum\b|\bno parents\b", "absent_parenting"),
        (
            r"\babuse[dr]?\b|\bneglect\b|\bdomestic\b|\bharm\b|\bexploitation\b|\btraffick|\bslavery\b|\bsubstance\b",
            "abuse_or_neglect",
        ),
        (r"\bdisab|\bdis\b|\bcwd\b|\bsensory\b|\blearning\b|\bmental health\b|\boccupational therapy\b", "disability"),
    ),
    codes={
        "1": "abuse_or_neglect",
        "2": "disability",
        "3": "parental_illness",
        "4": "acute_stress",
        "5": "family_dysfunction",
        "6": "behaviour",
        "7": "low_income",
        "8": "absent_parenting",
        "9": "not_in_need",
        "0": "not_stated",
    },
)
_NEED_CODE = re.compile(r"(?:^|[\s(\[-])n ?([0-9])(?![0-9])|^([1-9])[a-z]\b|^([1-9])[a-z]{4,}\b", re.IGNORECASE)


def need(raw: str) -> str | None:
    """A primary need; the code, N1 to N0, says more than the words behind it, which are councils' own.

    >>> need("N4SA : Problems related to homelessness"), need("Due To Own Disability"), need("MH1")
    ('acute_stress', 'disability', None)
    """
    if code := _NEED_CODE.search(raw.strip()):
        return NEED.codes[next(digit for digit in code.groups() if digit)]
    return NEED.meaning(raw)


_DISABILITIES = (
    r"\b(mob\w*|hand\w*|personal care|pc|inc\w*|comm\w*|ld|learning|hear\w*|vis\w*|beh\w*|con|consc\w*|aut\w*"
    r"|asperg\w*|dda|disab\w*|impair\w*|sensory|physical|epilep\w*|adhd|asd)\b"
)
DISABILITY = Vocabulary(
    letters=YES_NO.letters,
    words={
        **YES_NO.words,
        "none": "no",
        "no disability": "no",
        "not disabled": "no",
        "nobt": "unknown",
        "refu": "unknown",
    },
    phrases=((r"^(not?|none|without)\b.*\bdisab", "no"), *YES_NO.phrases, (_DISABILITIES, "yes")),
)

ELIGIBILITY = Vocabulary(
    letters={"a": "relevant", "b": "former_relevant", "c": "qualifying", "d": "eligible", "e": "other"},
    words=_words(former_relevant="fr", qualifying="q", relevant="r", other="other"),
    phrases=(
        (r"\bformer(ly)? relevant\b", "former_relevant"),
        (r"\bqualifying\b", "qualifying"),
        (r"\beligible\b", "eligible"),
        (r"\brelevant\b", "relevant"),
    ),
)

_FIELDS = {
    "legal_status": LEGAL_STATUS.meaning,
    "placement": PLACEMENT.meaning,
    "disability": DISABILITY.meaning,
    "uasc": YES_NO.meaning,
    "eligibility": ELIGIBILITY.meaning,
    "need": need,
    "abuse": abuse,
    "restricted": YES_NO.meaning,
}
MAPPED_FIELDS = ("status", *_FIELDS)
"""The fields whose values have meanings; team and worker are names, mapped only where a person says so."""


@cache
def meaning(field_name: str, raw: str) -> str | None:
    """What `raw` means in a field of `MAPPED_FIELDS` other than status, None where it is not known.

    >>> meaning("placement", "U4 - OTHER FOSTER CARER: LT"), meaning("legal_status", "C2: FCO")
    ('fostering', 'care_order')
    """
    return _FIELDS[field_name](raw)
