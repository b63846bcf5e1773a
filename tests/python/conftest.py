"""Makes what the tests share, and the helpers of the benches, importable."""

import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1] / "benches" / "python")]
