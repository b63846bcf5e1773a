"""The short table of times in the README, in both languages, taken from the record."""

import table
from plan import FLOW, LEMON, OURS, OURS_RULED

START, END = "<!-- times: written by make bench -->", "<!-- end of times -->"
FAMILIES = {
    "town": ("city", "城市"),
    "tiers": ("city with tiers", "城市，分风险等级"),
    "uniform": ("no locality", "无地域性"),
    "hot_spots": ("a few wanted by all", "热门社工"),
    "deep": ("four levels of supply", "四级供给"),
}
HEADS = {
    "README.md": ["Instance", "Needs", "needmatch", "with the tie rule", "OR-Tools", "LEMON", "Ratio to OR-Tools"],
    "README.zh.md": ["算例", "需求数", "needmatch", "加同分规则", "OR-Tools", "LEMON", "与 OR-Tools 之比"],
}
NOTES = {
    "README.md": "Seconds to a proven optimum on two threads, any optimum as the peers give it, on {cpu} with {cores} cores; "
    "[the record](benches/record/bench.md) has all families, solvers and goals, [how](benches/README.md) says what is measured.",
    "README.zh.md": "单位为秒，两线程，直至证明最优（与其他求解器一样，任一最优解均可）；{cpu}，{cores} 核。"
    "全部算例、求解器和目标见[测量记录](benches/record/bench.md)，方法见[说明](benches/README.md)。",
}


def update(root, machine, rows):
    """Writes the table between its two marks."""
    for language, (page, head) in enumerate(HEADS.items()):
        path = root / page
        before, rest = path.read_text().split(START)
        _, after = rest.split(END)
        grid = table.grid(head, 1, lines(rows, language))
        path.write_text("\n".join([before + START, NOTES[page].format(**machine), "", *grid, "", END]) + after)


def lines(rows, language):
    """A line for each instance of the chosen families that OR-Tools has solved too."""
    at = {(row["family"], row["needs"], row["solver"]): row for row in rows}
    found = []
    for family, names in FAMILIES.items():
        for needs in sorted({row["needs"] for row in rows if row["family"] == family and row["needs"] >= 10_000}):
            ours, ruled, flow = (at.get((family, needs, solver)) for solver in (OURS, OURS_RULED, FLOW))
            if ours and flow and "ratio" in flow:
                lemon = [at[key] for key in ((family, needs, solver) for solver in LEMON) if key in at]
                best = min((row for row in lemon if row["status"] == "ok"), key=lambda row: row["seconds"], default=None)
                times = [table.said(row) if row else "" for row in (ours, ruled, flow, best)]
                found.append([names[language], f"{needs:,}", *times, f"{flow['ratio']:.0f}"])
    return found
