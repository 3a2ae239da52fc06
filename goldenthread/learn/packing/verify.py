"""Check this pack: python verify.py (in the folder that it was unzipped to; nothing but Python is needed)"""

import hashlib, json, pathlib, sys  # noqa: E401, I001

here = pathlib.Path(__file__).resolve().parent
listed = json.loads((here / "manifest.json").read_text(encoding="utf-8"))["files"]
wrong = []
for each in listed:
    file = here / each["name"]
    if not file.is_file():
        wrong.append(f"{each['name']} is missing")
    elif file.stat().st_size != each["bytes"] or hashlib.sha256(file.read_bytes()).hexdigest() != each["sha256"]:
        wrong.append(f"{each['name']} is not what was packed")
known = {each["name"] for each in listed} | {"manifest.json"}
found = {file.relative_to(here).as_posix() for file in here.rglob("*") if file.is_file()}
wrong += [f"{name} was not in the pack" for name in sorted(found - known)]
print("\n".join(wrong) or f"All {len(listed)} files are as they were packed.")  # noqa: T201
sys.exit(1 if wrong else 0)
