"""Check a draw without Goldenthread: python verifier.py RECORD.json LIST.csv"""

import csv
import hashlib
import io
import json
import sys

record, frozen = json.load(open(sys.argv[1], encoding="utf-8")), open(sys.argv[2], "rb").read()
digest = hashlib.sha256(frozen).hexdigest()
seed = hashlib.sha256(f"goldenthread-draw-1|{digest}|{record['source']}|{record['draw_id']}".encode()).hexdigest()
strata: dict[str, list] = {}
for row in csv.DictReader(io.StringIO(frozen.decode(), newline="")):
    ticket = hashlib.sha256(f"{seed}|{row['ref']}".encode()).hexdigest()
    strata.setdefault(row["stratum"], []).append((ticket, row["ref"]))
in_order = {name: [ref for _, ref in sorted(found)] for name, found in strata.items()}
drawn = {name: refs + record["reserves"].get(name, []) for name, refs in record["selected"].items()}
quotas = {name: len(refs) for name, refs in record["selected"].items()}
follows = [digest, seed, in_order, quotas] == [record["list_sha256"], record["seed"], drawn, record["quotas"]]
sys.exit(0 if follows else "This record does NOT follow from this list and source.")
