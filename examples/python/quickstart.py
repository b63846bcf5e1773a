"""The shortest way from tables to an answer: the pilot communities of the sample city."""

import needmatch

tables = needmatch.datasets.jincheng("pilot", frame="pandas")
matching = needmatch.solve(needmatch.Problem(**tables))

print(f"{matching.n_served} of {len(tables['needs'])} needs are served, gap {matching.gap.score}")
print(matching.unmatched["reason"].value_counts())
