"""Tables in: every kind of frame, every type of column, and what is refused."""

import datetime
import decimal
import gc
import math

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import needmatch

DATA = {
    "id": ["a", None, "字"],
    "n": [1, None, 3],
    "x": [0.5, None, -1.0],
    "b": [True, None, False],
    "d": [datetime.date(2026, 1, 31), None, datetime.date(2024, 2, 29)],
    "list": [["p", "q"], None, []],
}
READ = {
    "id": ["a", None, "字"],
    "n": [1, None, 3],
    "x": [0.5, None, -1.0],
    "b": [True, None, False],
    "d": ["2026-01-31", None, "2024-02-29"],
    "list": ["p;q", None, ""],
}


def read(data):
    return needmatch.Table(data).to_dict()


def column(values):
    """What becomes of one column of a table."""
    return read({"c": values})["c"]


def faults(data):
    with pytest.raises(needmatch.InputError) as caught:
        needmatch.Table(data)
    return [(fault.name, fault.row, fault.column) for fault in caught.value.faults]


def pandas_of(data):
    frame = pd.DataFrame({name: data[name] for name in ("id", "x", "d", "list")})
    frame["n"] = pd.array(data["n"], "Int64")
    frame["b"] = pd.array(data["b"], "boolean")
    return frame[list(data)]


def duckdb_of(data):
    return duckdb.from_arrow(pa.table(data))


@pytest.mark.parametrize("frame", [dict, pl.DataFrame, pa.table, pandas_of, duckdb_of, needmatch.Table])
def test_every_kind_of_table_is_read_alike(frame):
    assert read(frame(DATA)) == READ


@pytest.mark.parametrize("frame", [pl.DataFrame, pa.table, pd.DataFrame.from_arrow, needmatch.Table, dict])
def test_a_table_can_be_read_by_every_library(frame):
    table = needmatch.Table(READ)
    assert read(frame(table)) == READ
    assert read(table) == READ


def test_chunks_are_joined():
    table = pa.concat_tables([pa.table(DATA), pa.table(DATA).slice(1, 0), pa.table(DATA).slice(2)])
    assert read(table) == {name: values + values[2:] for name, values in READ.items()}


def test_record_batches_and_readers_are_tables():
    batch = pa.record_batch(pa.table(DATA).to_batches()[0].columns, list(DATA))
    assert read(batch) == READ
    assert read(pa.RecordBatchReader.from_batches(batch.schema, [batch])) == READ


@pytest.mark.parametrize("data", [{}, pl.DataFrame(), pa.table({}), pd.DataFrame()])
def test_a_table_without_columns_is_empty(data):
    table = needmatch.Table(data)
    assert (len(table), table.columns) == (0, [])


@pytest.mark.parametrize("dtype", [pa.int32(), pa.float64(), pa.string(), pa.bool_(), pa.date32(), pa.null()])
def test_columns_without_rows_keep_their_type(dtype):
    table = needmatch.Table(pa.table({"c": pa.array([], dtype)}))
    assert (len(table), table.columns) == (0, ["c"])
    expected = {pa.int32(): pa.int64(), pa.float64(): pa.float64(), pa.bool_(): pa.bool_()}.get(dtype, pa.string())
    assert pa.table(table).schema.field("c").type == expected


TEXTS = [pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int8(), pa.string())]
WHOLE = [pa.int8(), pa.int16(), pa.int32(), pa.int64(), pa.uint8(), pa.uint16(), pa.uint32(), pa.uint64()]


@pytest.mark.parametrize("dtype", [*TEXTS, pa.dictionary(pa.uint64(), pa.large_string())])
def test_texts_of_every_layout_are_read(dtype):
    values = ["a", None, "bb", "a longer text than fits into a view", ""]
    assert column(pa.array(values).cast(dtype)) == values
    assert column(pa.array(["-", *values]).cast(dtype).slice(1)) == values


@pytest.mark.parametrize("dtype", [*WHOLE, pa.decimal128(5)])
def test_whole_numbers_of_every_width_are_read(dtype):
    values = pa.array([1, None, 100], dtype)
    assert column(values) == [1, None, 100]
    assert column(values.slice(1)) == [None, 100]
    assert column(values.dictionary_encode()) == [1, None, 100]


@pytest.mark.parametrize("dtype", [pa.float16(), pa.float32(), pa.float64(), pa.decimal128(9, 3)])
def test_numbers_of_every_width_are_read(dtype):
    assert column(pa.array([0.5, None, 4.25], pa.float64()).cast(dtype)) == [0.5, None, 4.25]


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_timestamps_at_midnight_are_dates(unit):
    days = [datetime.datetime(1969, 12, 31), None, datetime.datetime(2100, 3, 1)]
    assert column(pa.array(days, pa.timestamp(unit))) == ["1969-12-31", None, "2100-03-01"]
    assert column(np.array(days, f"datetime64[{unit}]")) == ["1969-12-31", None, "2100-03-01"]
    noon = datetime.datetime(2026, 1, 1, 12)
    assert faults({"c": pa.array([None, noon], pa.timestamp(unit))}) == [("MalformedDate", 1, "#0")]
    assert faults({"c": np.array(["NaT", noon], f"datetime64[{unit}]")}) == [("MalformedDate", 1, "#0")]


def test_every_day_of_the_calendar_is_written_as_python_writes_it():
    days = [datetime.date.fromordinal(day) for day in range(1, datetime.date.max.toordinal(), 23)]
    days += [
        datetime.date(year, month, day) for year in range(1890, 2110) for month, day in [(2, 28), (3, 1), (12, 31)]
    ]
    expected = [day.isoformat() for day in days]
    assert column(pa.array(days)) == expected
    assert column(pa.array(days).cast(pa.date64())) == expected
    assert column(days) == expected


def test_days_beyond_the_calendar_are_refused():
    assert faults({"c": pa.array([0, 2**31 - 1, -(2**31)], pa.int32()).cast(pa.date32())}) == [
        ("MalformedDate", 1, "#0"),
        ("MalformedDate", 2, "#0"),
    ]


@pytest.mark.parametrize("dtype", [pa.list_(pa.string()), pa.large_list(pa.string_view()), pa.list_(TEXTS[3])])
def test_lists_are_joined_and_missing_elements_left_out(dtype):
    values = pa.array([["x"], ["a", None, "b"], None, [], ["c"]], pa.list_(pa.string())).cast(dtype)
    assert column(values) == ["x", "a;b", None, "", "c"]
    assert column(values.slice(1, 2)) == ["a;b", None]


def test_lists_of_fixed_size_are_joined():
    values = pa.array([["a", "b"], None, ["c", None]], pa.list_(pa.string(), 2))
    assert column(values) == ["a;b", None, "c"]
    assert column(values.slice(2)) == ["c"]


def test_elements_that_hold_a_separator_are_refused():
    assert faults({"c": pa.array([["a"], ["b;c"]])}) == [("MalformedList", 1, "#0")]
    assert faults({"c": [["a"], ["b;c"]]}) == [("MalformedList", 1, "#0")]
    assert faults({"c": [["a"], [1]]}) == [("MalformedList", 1, "#0")]


@pytest.mark.parametrize(
    "dtype",
    [
        pa.binary(),
        pa.time32("s"),
        pa.duration("s"),
        pa.struct([("a", pa.int8())]),
        pa.list_(pa.int8()),
        pa.list_(pa.list_(pa.string())),
        pa.map_(pa.string(), pa.string()),
        pa.timestamp("us", "Asia/Shanghai"),
        pa.timestamp("us", "UTC"),
        pa.decimal256(5),
        pa.decimal128(30, 25),
        pa.decimal128(5, -2),
        pa.list_view(pa.string()),
        pa.run_end_encoded(pa.int32(), pa.string()),
    ],
)
def test_other_types_are_refused_with_the_position_of_the_column(dtype):
    table = pa.table({"a": pa.array([1]), "b": pa.nulls(1, dtype)})
    assert faults(table) == [("ColumnType", None, "#1")]


def test_whole_numbers_beyond_64_bits_are_refused_with_their_row():
    assert faults({"c": pa.array([1, 2**63], pa.uint64())}) == [("OutOfRange", 1, "#0")]
    assert faults({"c": pa.array([1, 10**30], pa.decimal128(38))}) == [("OutOfRange", 1, "#0")]
    assert faults({"c": [1, -(2**70)]}) == [("OutOfRange", 1, "#0")]
    assert faults({"c": np.array([1, 2**64 - 1], "uint64")}) == [("OutOfRange", 1, "#0")]


def test_all_faults_of_a_table_are_reported_at_once():
    table = pa.table({"a": pa.nulls(2, pa.binary()), "b": pa.array([2**63, 2**63], pa.uint64())})
    assert len(faults(table)) == 3


def test_columns_that_pandas_made_of_an_index_are_ignored():
    frame = pd.DataFrame({"a": [1, 2]}, index=[5, 7])
    assert needmatch.Table(frame).columns == ["a"]
    assert needmatch.Table({"a": [1], "__index_level_0__": [1], "__index_level_12__": [1]}).columns == ["a"]
    assert needmatch.Table({"__index_level___": [1]}).columns == ["__index_level___"]
    assert needmatch.Table(frame.rename_axis("key")).columns == ["a", "key"]


def test_numbers_of_every_numpy_type_are_columns():
    for dtype in ["int8", ">i4", "uint16", "uint64", "int64"]:
        assert column(np.array([1, 2, 3], dtype)[::2]) == [1, 3]
    for dtype in ["float16", "float32", ">f8"]:
        assert column(np.array([0.5, 2, 3], dtype)) == [0.5, 2.0, 3.0]
    assert column(np.array([True, False])) == [True, False]
    assert column(np.array(["a", "b"])) == ["a", "b"]
    assert column(np.array([b"a", b"b"])) == ["a", "b"]
    assert column(np.array(["a", None], object)) == ["a", None]
    assert column(np.ma.array([1, 2], mask=[False, True])) == [1, None]
    assert faults({"c": np.ones((2, 2))}) == [("ColumnType", None, "#0")]
    assert faults({"c": np.ones(2, complex)}) == [("ColumnType", 0, "#0")]


def test_series_and_arrow_arrays_are_columns():
    assert column(pl.Series(["a", None])) == ["a", None]
    assert column(pd.Series(["a", None])) == ["a", None]
    assert column(pd.Series([1.5, math.nan])) == [1.5, None]
    assert column(pa.chunked_array([[1], [2, None]])) == [1, 2, None]
    assert column(pa.array([1, None])) == [1, None]


def test_columns_of_polars_in_which_all_is_missing_are_read():
    frame = pl.DataFrame({"a": [None, None], "b": [[], None], "c": [[None], []], "d": [1, 2]})
    assert frame.dtypes[:3] == [pl.Null, pl.List(pl.Null), pl.List(pl.Null)]
    assert read(frame) == {"a": [None, None], "b": ["", None], "c": ["", ""], "d": [1, 2]}
    assert column(frame["a"]) == [None, None]
    assert column(frame["b"]) == ["", None]
    assert read(frame.clear()) == {"a": [], "b": [], "c": [], "d": []}


def test_plain_values_are_columns():
    assert column([1, 2.5, None]) == [1.0, 2.5, None]
    assert column((2.5, 1)) == [2.5, 1.0]
    assert column([np.int8(1), np.int64(2)]) == [1, 2]
    assert column([np.float32(0.5), np.bool_(True).item() * 1.0]) == [0.5, 1.0]
    assert column([np.str_("a"), pd.NA, pd.NaT]) == ["a", None, None]
    assert column([decimal.Decimal("1"), decimal.Decimal("2.00")]) == [1, 2]
    assert column([decimal.Decimal("0.5")]) == [0.5]
    assert column([datetime.datetime(2026, 1, 31), pd.Timestamp("2026-02-01"), datetime.date(2026, 2, 2)]) == [
        "2026-01-31",
        "2026-02-01",
        "2026-02-02",
    ]
    assert column([["a"], ("b", "c"), np.array(["d"])]) == ["a", "b;c", "d"]
    assert column(iter(["a", "b"])) == ["a", "b"]
    assert column([None, None]) == [None, None]
    assert column([]) == []


@pytest.mark.parametrize(
    ("values", "row"),
    [
        (["a", 1], 1),
        ([1, "a"], 1),
        ([True, 1], 1),
        ([1, True], 1),
        ([{}], 0),
        ([{1, 2}], 0),
        ([object()], 0),
        ([1j], 0),
        ("abc", None),
        (b"abc", None),
        ({}, None),
        (5, None),
        ([datetime.time(1)], 0),
    ],
)
def test_columns_of_mixed_or_other_values_are_refused(values, row):
    assert faults({"c": values})[0][1:] == (row, "#0")


@pytest.mark.parametrize(
    "moment", [datetime.datetime(2026, 1, 1, 8), datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc)]
)
def test_moments_are_no_dates(moment):
    assert faults({"c": [moment]}) == [("MalformedDate", 0, "#0")]


@pytest.mark.parametrize("data", [None, 5, "text", [1, 2], object(), pl.DataFrame({"a": [1]}).lazy()])
def test_what_is_no_table_is_a_type_error(data):
    with pytest.raises(TypeError, match="expected a table with __arrow_c_stream__ or a mapping of columns"):
        needmatch.Table(data)


def test_names_of_columns_are_texts():
    assert faults({1: ["a"]}) == [("UnknownColumn", None, "#0")]


class Produces:
    """A producer whose stream is whatever it is given."""

    def __init__(self, stream):
        self.stream = stream

    def __arrow_c_stream__(self, requested_schema=None):
        return self.stream


def test_a_capsule_of_another_name_is_refused():
    with pytest.raises(ValueError, match="incorrect name"):
        needmatch.Table(Produces(pa.schema([]).__arrow_c_schema__()))
    with pytest.raises(TypeError, match="not a capsule"):
        needmatch.Table(Produces(5))


def test_a_stream_is_taken_once():
    capsule = pa.table(DATA).__arrow_c_stream__()
    assert read(Produces(capsule)) == READ
    assert faults(Produces(capsule)) == [("ColumnType", None, None)]


def test_streams_are_released_whether_they_are_read_or_not():
    gc.collect()
    before = pa.total_allocated_bytes()
    for _ in range(3):
        needmatch.Table(pa.table({"a": pa.array(range(100_000))}))
        with pytest.raises(needmatch.InputError):
            needmatch.Table(pa.table({"a": pa.array([b"x"] * 100_000)}))
        pa.table(needmatch.Table({"a": list(range(1000))}))
    del _
    gc.collect()
    assert pa.total_allocated_bytes() <= before


def test_a_producer_that_fails_midway_is_an_input_error_without_its_words():
    def batches():
        yield pa.record_batch({"a": [1]})
        raise RuntimeError("secret of row 2")

    reader = pa.RecordBatchReader.from_batches(pa.schema([("a", pa.int64())]), batches())
    with pytest.raises(needmatch.InputError) as caught:
        needmatch.Table(reader)
    assert "secret" not in str(caught.value)


def test_an_exception_of_the_producer_is_passed_on():
    class Fails:
        def __arrow_c_stream__(self, requested_schema=None):
            raise KeyError("own")

    with pytest.raises(KeyError, match="own"):
        needmatch.Table(Fails())


def buffer(values, dtype):
    return pa.py_buffer(np.array(values, dtype).tobytes())


def test_offsets_that_lie_are_refused_before_they_are_read():
    bytes_ = pa.py_buffer(b"abcdef")
    for offsets in ([0, 5, 2, 6], [0, -1, 2, 6], [3, 2, 1, 6]):
        array = pa.StringArray.from_buffers(3, buffer(offsets, "int32"), bytes_)
        assert faults({"c": array}) == [("ColumnType", None, "#0")]
        lists = pa.Array.from_buffers(
            pa.list_(pa.string()), 3, [None, buffer(offsets, "int32")], children=[pa.array(list("abcdef"))]
        )
        assert faults(pa.table({"c": lists})) == [("ColumnType", None, "#0")]


def test_keys_that_lie_are_refused_before_they_are_read():
    for key in (2, -1, 100):
        array = pa.DictionaryArray.from_arrays(pa.array([0, key], pa.int8()), pa.array(["a", "b"]), safe=False)
        assert faults({"c": array}) == [("ColumnType", None, "#0")]


def test_malformed_texts_are_left_to_the_core_to_name_their_row():
    array = pa.StringArray.from_buffers(2, buffer([0, 1, 3], "int32"), pa.py_buffer(b"a\xff\xfe"))
    assert len(needmatch.Table(pa.table({"c": array}))) == 2
    assert len(needmatch.Table({"c": ["a", "\ud800"]})) == 2
    assert len(needmatch.Table({"c": [b"\xff"]})) == 1


def test_a_table_shows_its_first_rows_and_escapes_them():
    html = needmatch.Table({"a": ["<b>", *["x"] * 20], "n": range(21)})._repr_html_()
    assert "&lt;b&gt;" in html
    assert "<b>" not in html
    assert "<script" not in html
    assert "10 of 21 rows" in html
    assert repr(needmatch.Table({"a": ["x"]})) == "<needmatch.Table 1 rows: a>"


def test_columns_are_found_by_name():
    table = needmatch.Table(DATA)
    assert table["n"] == [1, None, 3]
    assert dict(table) == READ
    assert list(table.to_pandas().columns) == list(READ)
    with pytest.raises(KeyError):
        table["m"]


SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.binary(), st.dates(), st.lists(st.text())
)


@given(st.dictionaries(st.text(), st.lists(SCALARS, max_size=5), max_size=4))
@settings(max_examples=300, deadline=None)
def test_any_dictionary_is_a_table_or_an_input_error(data):
    try:
        table = needmatch.Table(data)
    except needmatch.InputError as error:
        assert error.faults
    else:
        assert table.columns == list(data)
