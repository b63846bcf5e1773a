# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # A city, matched
#
# Some 34 thousand residents of a city of two million need something: care for the elderly, a mediator, a psychologist, a job.
# Some 4 thousand workers and a thousand organizations can help, each in some domains, in some places, with some qualifications, and with only so many places.
#
# Who should serve whom?
# This tour finds the best answer there is, shows who goes without and why, and says where one more place would help most.
#
# The city is Jincheng in Shanxi.
# Its villages, its population and the shares of need are real; the residents, workers and organizations are made up.

# %%
import matplotlib.pyplot as plt
import pandas as pd

import needmatch

tables = needmatch.datasets.jincheng("city", frame="pandas")
{name: len(table) for name, table in tables.items()}

# %% [markdown]
# Tables go in as they are: pandas here, but polars, pyarrow, DuckDB or plain dictionaries would do as well.
# `Problem` checks every value and reports all faults at once, each with its table, row and column.

# %%
problem = needmatch.Problem(**tables)
matching = needmatch.solve(problem)
matching

# %% [markdown]
# Urgent needs come first: no green need has a place that could serve a red one instead.
# Among all ways to serve as many urgent needs as possible, this is the one of the greatest total score.
#
# That is not a claim to be taken on trust.
# With every result come prices of places, from which anyone can compute what no matching can exceed; here it equals what was reached.

# %%
print("total", matching.total)
print("bound", matching.bound)
matching.verify()

# %% [markdown]
# ## Where needs are met
#
# `summary` counts needs and needs served by tier, domain, county, and urban or rural class.

# %%
summary = matching.summary
share = summary[summary["by"] != "unmatched"].assign(share=lambda table: table.served / table.needs)

counties = {
    "140502000000": "Chengqu",
    "140521000000": "Qinshui",
    "140522000000": "Yangcheng",
    "140524000000": "Lingchuan",
    "140525000000": "Zezhou",
    "140581000000": "Gaoping",
}
colours = {"1": "#c0392b", "2": "#e3b505", "3": "#3b7ea1", "4": "#4f9d69"}


def bars(axes, rows, labels, title, colour="#3b7ea1"):
    """Needs as pale bars, and over them what is served of them."""
    axes.barh(labels, rows.needs, color="#e4e4e4")
    axes.barh(labels, rows.served, color=colour)
    for place, (needs, part) in enumerate(zip(rows.needs, rows.share, strict=True)):
        axes.text(needs, place, f" {part:.0%}", va="center", fontsize=9)
    axes.invert_yaxis()
    axes.margins(x=0.12, y=0.02)
    axes.set_title(title, loc="left")
    axes.spines[["top", "right"]].set_visible(False)


by = {kind: rows for kind, rows in share.groupby("by")}
figure, (left, right) = plt.subplots(1, 2, figsize=(10, 2.6), layout="constrained")
tiers = by["tier"]
bars(left, tiers, ["red", "yellow", "blue", "green"], "needs and needs served, by urgency", [colours[k] for k in tiers.key])
bars(right, by["county"], by["county"].key.map(counties), "by county")
plt.show()

# %%
domains = by["domain"].sort_values("needs", ascending=False)
figure, axes = plt.subplots(figsize=(10, 5.2), layout="constrained")
bars(axes, domains, domains.key.str.replace("_", " "), "by domain")
plt.show()

# %% [markdown]
# ## Why needs are not met
#
# Every need without a provider has its reason.
# Most often there are candidates, but all their places are taken by needs that come first.
# For some, nobody passes every hard rule.

# %%
unmatched = matching.unmatched
unmatched.groupby(["reason", "tier"]).size().unstack(fill_value=0)

# %% [markdown]
# For needs without a candidate, `failed_alone` counts the providers of their domain and area that fail one rule and no other.
# Here is, for each rule, how many needs it alone keeps from at least one provider: T01 is the way, H01 the qualification, H12 consent.
# Some of these rules follow from a law; others are choices of a policy, and one can ask what they cost.

# %%
stopped = unmatched[unmatched.reason == "no_candidate"].failed_alone.str.split(";").explode()
rules = stopped[stopped != ""].str.partition(":")[0].value_counts()
figure, axes = plt.subplots(figsize=(10, 2.8), layout="constrained")
axes.bar(rules.index, rules, color="#8c6bb1")
axes.set_title("needs without a candidate that one rule alone keeps from somebody", loc="left")
axes.spines[["top", "right"]].set_visible(False)
plt.show()

# %% [markdown]
# ## Where one more place would help
#
# The price of a node is what one place more there would add at most, beyond what the nodes above it charge: first in tiers, then in score, of which 1 000 000 is a perfect match.
# Many places at a price of 0 are empty places that nobody who is left could use.

# %%
capacity = matching.capacity
dear = capacity.sort_values(["price_tier", "price"], ascending=False)
dear.groupby("level").head(4).sort_values(["level", "price_tier", "price"], ascending=[True, False, False])

# %% [markdown]
# A shortage and a surplus can stand side by side: here are the open places left, by kind of organization, beside the needs that found all places taken.

# %%
organizations = capacity[capacity.level == "organization"].set_index("id").drop(columns="level")
organizations = organizations.join(tables["organizations"].set_index("organization_id")[["kind"]])
by_kind = organizations.groupby("kind")[["places", "used"]].sum().sort_values("places", ascending=False)
by_kind["left"] = by_kind.places - by_kind.used
by_kind.astype(int)

# %% [markdown]
# ## What if
#
# A policy is data.
# What if urgency did not count, only the number of residents served, and then the score?
#
# Not one resident more is served: where capacities are nested, as workers are in organizations and organizations in counties, putting the urgent first never costs a place.
# It costs score only, which is here its mean; and without it, three in four of the red needs would wait.

# %%
by_number = needmatch.Policy.from_toml('version = "by-number"\nobjective = "coverage_then_score"')
other = needmatch.solve(needmatch.Problem(**tables, policy=by_number))


def served_by_tier(result):
    rows = result.summary
    return rows[rows["by"] == "tier"].set_index("key").served


comparison = pd.DataFrame({"urgent first": served_by_tier(matching), "as many as possible": served_by_tier(other)})
comparison.index = ["red", "yellow", "blue", "green"]
comparison.loc["all"] = comparison.sum()
comparison

# %%
{result.provenance.policy_version: result.total.score / result.n_served / 1_000_000 for result in (matching, other)}

# %% [markdown]
# ## The same answer, years later
#
# The same input gives the same bytes on every machine, for any number of threads and any order of the rows.
# Every result says what determined it.

# %%
again = needmatch.solve(needmatch.Problem(**{name: table.sample(frac=1) for name, table in tables.items()}), threads=1)
assert again.to_json() == matching.to_json()
matching.provenance
