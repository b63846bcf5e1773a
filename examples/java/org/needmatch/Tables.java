package org.needmatch;

import com.sun.jna.ptr.LongByReference;
import java.io.ByteArrayOutputStream;

/** The input of a problem, filled column by column. A null is a missing value. */
public final class Tables implements AutoCloseable {
    public static final int NEEDS = 1;
    public static final int WORKERS = 2;
    public static final int ORGANIZATIONS = 3;
    public static final int COMMUNITIES = 4;
    public static final int GROUPS = 5;

    final long handle;

    public Tables() {
        LongByReference out = new LongByReference();
        NeedmatchException.check(Native.LIBRARY.needmatch_tables_new(out));
        handle = out.getValue();
    }

    /** Adds a column of texts. */
    public Tables add(int table, String name, String... values) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        long[] offsets = new long[values.length + 1];
        byte[] validity = new byte[values.length];
        for (int row = 0; row < values.length; row++) {
            if (values[row] != null) {
                byte[] value = Text.bytes(values[row]);
                bytes.write(value, 0, value.length);
                validity[row] = 1;
            }
            offsets[row + 1] = bytes.size();
        }
        byte[] n = Text.bytes(name);
        NeedmatchException.check(Native.LIBRARY.needmatch_tables_add_text(handle, table, n, n.length,
                bytes.toByteArray(), bytes.size(), offsets, validity, values.length));
        return this;
    }

    /** Adds a column of whole numbers. */
    public Tables add(int table, String name, long... values) {
        byte[] n = Text.bytes(name);
        NeedmatchException.check(Native.LIBRARY.needmatch_tables_add_i64(handle, table, n, n.length, values, null,
                values.length));
        return this;
    }

    /** Adds a column of numbers that need not be whole. */
    public Tables add(int table, String name, double... values) {
        byte[] n = Text.bytes(name);
        NeedmatchException.check(Native.LIBRARY.needmatch_tables_add_f64(handle, table, n, n.length, values, null,
                values.length));
        return this;
    }

    @Override
    public void close() {
        Native.LIBRARY.needmatch_tables_free(handle);
    }
}
