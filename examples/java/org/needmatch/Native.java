package org.needmatch;

import com.sun.jna.Library;
import com.sun.jna.Structure;
import com.sun.jna.Structure.FieldOrder;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;

/**
 * The functions of needmatch.h, as JNA sees them. A size_t is a long here, so this needs a 64-bit Java.
 *
 * <p>Texts are given as bytes and a length, always UTF-8, so that no encoding of the platform can damage them.
 */
interface Native extends Library {
    Native LIBRARY = com.sun.jna.Native.load("needmatch", Native.class);

    int OK = 0;
    int E_BUFFER = 27;

    @FieldOrder({"structSize", "threads"})
    final class Options extends Structure {
        public int structSize = 8;
        public int threads;
    }

    int needmatch_version(byte[] text, long capacity, LongByReference length);

    int needmatch_tables_new(LongByReference tables);

    int needmatch_tables_free(long tables);

    int needmatch_tables_add_text(long tables, int table, byte[] name, long nameLength, byte[] bytes, long nBytes,
            long[] offsets, byte[] validity, long nRows);

    int needmatch_tables_add_i64(long tables, int table, byte[] name, long nameLength, long[] values, byte[] validity,
            long nRows);

    int needmatch_tables_add_f64(long tables, int table, byte[] name, long nameLength, double[] values,
            byte[] validity, long nRows);

    int needmatch_problem_new(long tables, byte[] policy, long policyLength, long control, LongByReference problem,
            LongByReference error);

    int needmatch_problem_free(long problem);

    int needmatch_control_new(LongByReference control);

    int needmatch_control_free(long control);

    int needmatch_control_cancel(long control);

    int needmatch_control_set_memory_budget(long control, long bytes);

    int needmatch_control_progress(long control, IntByReference stage, LongByReference done, LongByReference total);

    int needmatch_solve(long problem, Options options, long control, LongByReference matching, LongByReference error);

    int needmatch_matching_free(long matching);

    int needmatch_matching_verify(long matching, LongByReference error);

    int needmatch_matching_json(long matching, byte[] text, long capacity, LongByReference length);

    int needmatch_matching_n_rows(long matching, int result, LongByReference nRows);

    int needmatch_matching_i64(long matching, int result, byte[] name, long nameLength, long nRows, long[] values,
            byte[] validity);

    int needmatch_matching_text(long matching, int result, byte[] name, long nameLength, long nRows, long[] offsets,
            byte[] validity, byte[] bytes, long capacity, LongByReference nBytes);

    int needmatch_status_text(int status, int language, byte[] text, long capacity, LongByReference length);

    int needmatch_error_free(long error);

    int needmatch_error_message(long error, int language, byte[] text, long capacity, LongByReference length);

    int needmatch_error_n_faults(long error, LongByReference nListed, LongByReference nFaults);

    int needmatch_error_fault(long error, long index, IntByReference number, IntByReference table,
            LongByReference row);

    int needmatch_error_fault_column(long error, long index, byte[] text, long capacity, LongByReference length);
}
