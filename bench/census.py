"""A children in need census of 50 MB, read, checked, framed and loaded, against lxml's bare iterparse over the file.

The bare reading clears every element as it ends, as lxml's own tutorial has it, and looks at none. Memory is what the
process grows by at its highest, the file itself already held: lxml's own memory counts, which Python's tracing misses.
"""

from __future__ import annotations

import io
import re
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

from lxml import etree

from bench import product
from bench.measurement import Measurement, NotMeasured, in_turns
from goldenthread.select import formats
from goldenthread.select.formats.model import Mapping, NamedBytes

NAME = "Reading a census of 50 MB"
SIZE = 50 * 2**20
AS_AT = date(2026, 3, 31)
HEADER = (
    "<Message><Header><CollectionDetails><Collection>CIN</Collection><Year>2026</Year>"
    "<ReferenceDate>2026-03-31</ReferenceDate></CollectionDetails></Header><Children>"
)
CHILD = """
<Child>
  <ChildIdentifiers><LAchildID>{n:08}</LAchildID><UPN>A123456789123</UPN><PersonBirthDate>20{year}-05-17</PersonBirthDate>
    <Sex>F</Sex></ChildIdentifiers>
  <ChildCharacteristics><Ethnicity>WBRI</Ethnicity><Disabilities><Disability>NONE</Disability></Disabilities>
  </ChildCharacteristics>
  <CINdetails>
    <CINreferralDate>2025-{month}-11</CINreferralDate><ReferralSource>1A</ReferralSource>
    <PrimaryNeedCode>N{need}</PrimaryNeedCode>{closed}
    <Assessments><AssessmentActualStartDate>2025-{month}-12</AssessmentActualStartDate>
      <AssessmentAuthorisationDate>2026-01-07</AssessmentAuthorisationDate>
      <FactorsIdentifiedAtAssessment><AssessmentFactors>2A</AssessmentFactors><AssessmentFactors>3B</AssessmentFactors>
      </FactorsIdentifiedAtAssessment></Assessments>
    <CINPlanDates><CINPlanStartDate>2026-01-09</CINPlanStartDate></CINPlanDates>
    <ReferralNFA>0</ReferralNFA>{plan}
  </CINdetails>
</Child>"""
CLOSED = "<CINclosureDate>2026-02-01</CINclosureDate><ReasonForClosure>RC7</ReasonForClosure>"
PLAN = (
    "<ChildProtectionPlans><CPPstartDate>2026-02-03</CPPstartDate><InitialCategoryOfAbuse>NEG</InitialCategoryOfAbuse>"
    "<LatestCategoryOfAbuse>EMO</LatestCategoryOfAbuse><NumberOfPreviousCPP>0</NumberOfPreviousCPP></ChildProtectionPlans>"
)


def run() -> list[Measurement]:
    data = census()

    def bare() -> None:
        for _, element in etree.iterparse(io.BytesIO(data)):
            element.clear()

    with product.installed():
        from goldenthread.select.services.case_lists import load_case_list, upload_case_list
        from tests import make

        maya = make.council().maya

        def loaded() -> object:
            files = [NamedBytes("census.xml", data)]
            uploaded = upload_case_list(by=maya, files=files, as_at=AS_AT, now=make.NOW + timedelta(days=60))
            return load_case_list(by=maya, case_list=uploaded, now=make.NOW + timedelta(days=60))

        taken, read, floor = in_turns(loaded, lambda: framed(data), bare, repeats=5)
    return [
        Measurement(f"{NAME}, checked and framed, against bare iterparse", read, floor, at_most=3),
        Measurement(f"{NAME}, and loading its children, against bare iterparse", taken, floor, at_most=3),
        Measurement(f"{NAME}: growth of the process in MB, against 100", growth(data), 100, at_most=1, unit="MB"),
    ]


def framed(data: bytes) -> object:
    return formats.frame(formats.read([NamedBytes("census.xml", data)]), as_at=None, mapping=Mapping())


def growth(data: bytes) -> float:
    """Megabytes by which a fresh process grows, at its highest, while it reads and frames what it holds."""
    if not Path("/proc/self/status").exists():
        raise NotMeasured("the memory of a process is read from /proc, which this machine lacks")
    with tempfile.NamedTemporaryFile(suffix=".xml") as file:
        file.write(data)
        file.flush()
        command = [sys.executable, "-m", "bench.census", file.name]
        return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def grown(path: Path) -> float:
    data = path.read_bytes()
    before = memory("VmRSS")
    framed(data)
    return memory("VmHWM") - before


def memory(name: str) -> float:
    found = re.search(rf"{name}:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(found.group(1)) / 1024 if found else 0.0


def census() -> bytes:
    """Children enough for the size: every tenth on a protection plan, every fourth closed."""
    made, size, n = [HEADER], 0, 0
    while size < SIZE:
        n += 1
        made.append(
            CHILD.format(
                n=n, year=f"{8 + n % 17:02}", month=f"{1 + n % 12:02}", need=n % 9, closed="" if n % 4 else CLOSED,
                plan="" if n % 10 else PLAN,
            )
        )  # fmt: skip
        size += len(made[-1])
    return "".join([*made, "</Children></Message>"]).encode()


if __name__ == "__main__":
    print(grown(Path(sys.argv[1])))
