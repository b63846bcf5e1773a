package org.needmatch;

import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A failed call: its status, its message, and for wrong input all faults with their places. */
public final class NeedmatchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** One fault of the input. */
    public static final class Fault {
        /** The stable number, NEEDMATCH_FAULT_... of the header. */
        public final int number;
        /** The table. */
        public final int table;
        /** The row in the caller's order, or -1 where the whole table or column is meant. */
        public final long row;
        /** The column; empty where the whole table is meant. */
        public final String column;

        Fault(int number, int table, long row, String column) {
            this.number = number;
            this.table = table;
            this.row = row;
            this.column = column;
        }
    }

    /** NEEDMATCH_E_... of the header. */
    public final int status;
    /** The faults of the input; empty for another status. */
    public final transient List<Fault> faults;

    private NeedmatchException(int status, String message, List<Fault> faults) {
        super(message);
        this.status = status;
        this.faults = Collections.unmodifiableList(faults);
    }

    static void check(int status) {
        if (status != Native.OK) {
            throw new NeedmatchException(status, wordsOf(status), new ArrayList<Fault>());
        }
    }

    /** Reads and frees the error of a failed call. */
    static void check(int status, LongByReference error) {
        if (status == Native.OK) {
            return;
        }
        long handle = error.getValue();
        try {
            String message = Text.copied((b, c, n) -> Native.LIBRARY.needmatch_error_message(handle, 0, b, c, n));
            throw new NeedmatchException(status, message, faultsOf(handle));
        } finally {
            Native.LIBRARY.needmatch_error_free(handle);
        }
    }

    private static String wordsOf(int status) {
        byte[] buffer = new byte[256];
        LongByReference length = new LongByReference();
        int got = Native.LIBRARY.needmatch_status_text(status, 0, buffer, buffer.length, length);
        return got == Native.OK ? new String(buffer, 0, (int) length.getValue()) : "status " + status;
    }

    private static List<Fault> faultsOf(long error) {
        LongByReference nListed = new LongByReference();
        check(Native.LIBRARY.needmatch_error_n_faults(error, nListed, new LongByReference()));
        List<Fault> faults = new ArrayList<>();
        for (long k = 0; k < nListed.getValue(); k++) {
            long index = k;
            IntByReference number = new IntByReference();
            IntByReference table = new IntByReference();
            LongByReference row = new LongByReference();
            check(Native.LIBRARY.needmatch_error_fault(error, index, number, table, row));
            String column =
                    Text.copied((b, c, n) -> Native.LIBRARY.needmatch_error_fault_column(error, index, b, c, n));
            faults.add(new Fault(number.getValue(), table.getValue(), row.getValue(), column));
        }
        return faults;
    }
}
