package org.needmatch;

import com.sun.jna.ptr.LongByReference;

/** A checked problem. It never changes; threads may share it. */
public final class Problem implements AutoCloseable {
    private final long handle;

    /** Checks the tables under a policy in TOML, or under the default policy for null; the control may be null. */
    public Problem(Tables tables, String policy, Control control) {
        LongByReference out = new LongByReference();
        LongByReference error = new LongByReference();
        byte[] toml = policy == null ? null : Text.bytes(policy);
        NeedmatchException.check(Native.LIBRARY.needmatch_problem_new(tables.handle, toml,
                toml == null ? 0 : toml.length, Control.handleOf(control), out, error), error);
        handle = out.getValue();
    }

    /** Solves it on every processor; the control may be null. */
    public Matching solve(Control control) {
        LongByReference out = new LongByReference();
        LongByReference error = new LongByReference();
        NeedmatchException.check(Native.LIBRARY.needmatch_solve(handle, new Native.Options(),
                Control.handleOf(control), out, error), error);
        return new Matching(out.getValue());
    }

    @Override
    public void close() {
        Native.LIBRARY.needmatch_problem_free(handle);
    }
}
