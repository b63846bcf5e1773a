package org.needmatch;

import com.sun.jna.ptr.LongByReference;

/** Stops and limits one run from any thread. */
public final class Control implements AutoCloseable {
    private final long handle;

    public Control() {
        LongByReference out = new LongByReference();
        NeedmatchException.check(Native.LIBRARY.needmatch_control_new(out));
        handle = out.getValue();
    }

    static long handleOf(Control control) {
        return control == null ? 0 : control.handle;
    }

    /** Asks the run to stop as soon as it can. */
    public void cancel() {
        NeedmatchException.check(Native.LIBRARY.needmatch_control_cancel(handle));
    }

    /** Limits the working memory of the run. */
    public void setMemoryBudget(long bytes) {
        NeedmatchException.check(Native.LIBRARY.needmatch_control_set_memory_budget(handle, bytes));
    }

    @Override
    public void close() {
        Native.LIBRARY.needmatch_control_free(handle);
    }
}
