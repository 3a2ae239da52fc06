"""Check a draw without Goldenthread: python verifier.py RECORD.json LIST.csv"""

import csv, hashlib, io, json, pathlib, sys  # noqa: E401, I001

record = json.loads(pathlib.Path(sys.argv[1]).read_bytes())
frozen = pathlib.Path(sys.argv[2]).read_bytes()
digest = hashlib.sha256(frozen).hexdigest()
seed = hashlib.sha256(f"goldenthread-draw-1|{digest}|{record['source']}|{record['draw_id']}".encode()).hexdigest()

strata: dict[str, list[str]] = {}
cases = csv.DictReader(io.StringIO(frozen.decode(), newline=""))
for case in sorted(cases, key=lambda case: hashlib.sha256(f"{seed}|{case['ref']}".encode()).hexdigest()):
    strata.setdefault(case["stratum"], []).append(case["ref"])

selected, reserves = record["selected"], record["reserves"]
drawn = {name: selected[name] + reserves[name] for name in selected}
quotas = {name: len(selected[name]) for name in selected}
follows = [digest, seed, strata, quotas] == [record["list_sha256"], record["seed"], drawn, record["quotas"]]
print(f"This record {'follows' if follows else 'does NOT follow'} from this list and its source.")  # noqa: T201
sys.exit(0 if follows else 1)
