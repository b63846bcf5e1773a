"""A decision that anybody can check later: written, verified without the tables, made again from them, and logged."""

import pathlib
import tempfile

import needmatch
from needmatch import verifier

tables = needmatch.datasets.jincheng("pilot")
matching = needmatch.solve(needmatch.Problem(**tables))

# What the bureau keeps, and hands to whoever may check it.
path = pathlib.Path(tempfile.mkdtemp()) / "decision.json"
path.write_bytes(matching.to_decision())

# Whoever holds the file needs neither the tables nor the library: `python verifier.py decision.json` does this.
found = verifier.verify(path.read_bytes())
print(f"{found.served} needs served, {found.unmatched} not; nothing over {found.candidates} candidates is better")

# Whoever holds the tables too can make it again.
needmatch.replay(path.read_bytes(), **tables)

# A lottery that is run twice is seen.
log = needmatch.Log(hash="sm3")
lines = [log.append(path.read_bytes(), label="2026-04-01T08:30")]
other = needmatch.Problem(**tables, policy=needmatch.Policy.from_toml('seed = "once-more"'))
lines.append(log.append(needmatch.solve(other).to_decision(), label="2026-04-01T08:41"))
print(needmatch.Log(b"".join(lines), head=log.head).report(language="en"))

# What a resident reads, and what everybody may read.
print(matching.text("resident", matching.assignments["need_id"][0], language="zh"))
print(matching.text("public", language="en"))
