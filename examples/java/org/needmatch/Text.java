package org.needmatch;

import com.sun.jna.ptr.LongByReference;
import java.nio.charset.StandardCharsets;

/** Texts across the border: UTF-8 with a length, in a buffer that grows until the text fits. */
final class Text {
    private Text() {
    }

    interface Copy {
        int into(byte[] buffer, long capacity, LongByReference length);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String copied(Copy copy) {
        LongByReference length = new LongByReference();
        byte[] buffer = new byte[256];
        int status = copy.into(buffer, buffer.length, length);
        if (status == Native.E_BUFFER) {
            buffer = new byte[Math.toIntExact(length.getValue())];
            status = copy.into(buffer, buffer.length, length);
        }
        NeedmatchException.check(status);
        return new String(buffer, 0, (int) length.getValue(), StandardCharsets.UTF_8);
    }
}
