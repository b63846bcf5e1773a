"""A town small enough to solve by hand."""

import needmatch
import pytest

TOWN = {
    "communities": {"community": ["140524100001", "140524100002"], "lon": [113.28, 113.29], "lat": [35.77, 35.78]},
    "organizations": {
        "organization_id": ["o1", "o2"],
        "status": ["registered", "registered"],
        "compliant": [True, True],
        "capacity_max": [10, 10],
        "service_area": ["140524", "140524"],
    },
    "workers": {
        "worker_id": ["w1", "w2"],
        "organization_id": ["o1", "o2"],
        "domains": ["elderly_care", "elderly_care"],
        "caseload_max": [1, 1],
        "qualifications": ["sw_assistant", "sw_assistant"],
        "base_community": ["140524100001", "140524100002"],
    },
    "needs": {
        "need_id": ["n1", "n2", "n3"],
        "community": ["140524100001", "140524100001", "140524100002"],
        "domain": ["elderly_care", "elderly_care", "elderly_care"],
        "risk": ["red", "green", "yellow"],
        "age_band": ["70-79", "70-79", "70-79"],
        "consent": ["general", "general", "general"],
    },
}


def town(**changes):
    """The town with some columns exchanged: ``needs={"risk": [...]}``. A column that is None is taken away."""
    tables = {name: dict(table) for name, table in TOWN.items()}
    for name, columns in changes.items():
        table = tables.setdefault(name, {})
        table |= columns
        tables[name] = {column: values for column, values in table.items() if values is not None}
    return tables


def faults(call, *arguments):
    """The numbers of the faults for which a call is refused."""
    with pytest.raises(needmatch.InputError) as refused:
        call(*arguments)
    return [fault.code for fault in refused.value.faults]
