package org.needmatch;

import com.sun.jna.ptr.LongByReference;
import java.nio.charset.StandardCharsets;

/** The whole outcome of a run, read table by table and column by column. It never changes; threads may share it. */
public final class Matching implements AutoCloseable {
    public static final int ASSIGNMENTS = 1;
    public static final int UNMATCHED = 2;
    public static final int CAPACITY = 3;
    public static final int COVERAGE = 4;
    public static final int RUN = 5;

    private final long handle;

    Matching(long handle) {
        this.handle = handle;
    }

    /** How many rows a table of the result has. */
    public int nRows(int result) {
        LongByReference out = new LongByReference();
        NeedmatchException.check(Native.LIBRARY.needmatch_matching_n_rows(handle, result, out));
        return Math.toIntExact(out.getValue());
    }

    /** A column of whole numbers; -1 where the value is missing. */
    public long[] longs(int result, String name) {
        long[] values = new long[nRows(result)];
        byte[] n = Text.bytes(name);
        NeedmatchException.check(Native.LIBRARY.needmatch_matching_i64(handle, result, n, n.length, values.length,
                values, null));
        return values;
    }

    /** A column of texts; null where the value is missing. */
    public String[] texts(int result, String name) {
        String[] values = new String[nRows(result)];
        long[] offsets = new long[values.length + 1];
        byte[] validity = new byte[values.length];
        byte[] n = Text.bytes(name);
        LongByReference nBytes = new LongByReference();
        byte[] bytes = new byte[0];
        int status = Native.E_BUFFER;
        while (status == Native.E_BUFFER) {
            bytes = new byte[Math.toIntExact(nBytes.getValue())];
            status = Native.LIBRARY.needmatch_matching_text(handle, result, n, n.length, values.length, offsets,
                    validity, bytes, bytes.length, nBytes);
        }
        NeedmatchException.check(status);
        for (int row = 0; row < values.length; row++) {
            int start = (int) offsets[row];
            int length = (int) offsets[row + 1] - start;
            values[row] = validity[row] == 0 ? null : new String(bytes, start, length, StandardCharsets.UTF_8);
        }
        return values;
    }

    /** Checks the matching once more, apart from whatever found it. */
    public void verify() {
        LongByReference error = new LongByReference();
        NeedmatchException.check(Native.LIBRARY.needmatch_matching_verify(handle, error), error);
    }

    /** The whole matching as JSON: the same bytes as from Rust, C and Python. */
    public String json() {
        return Text.copied((b, c, n) -> Native.LIBRARY.needmatch_matching_json(handle, b, c, n));
    }

    @Override
    public void close() {
        Native.LIBRARY.needmatch_matching_free(handle);
    }
}
