package io.clinicalstreams.loadgen.replay;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The documents of several files in order, byte for byte; blank lines and a byte order mark at the beginning of a file
 * are skipped.
 */
final class Documents implements Closeable {

    private static final int BUFFER = 1 << 16;

    private final Iterator<Path> files;
    private @Nullable FileContent open;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(4_096);
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int end;

    Documents(List<Path> files) {
        this.files = files.iterator();
    }

    /**
     * The next document, or null after the last.
     *
     * @throws IOException when a file cannot be read; it names the file
     */
    byte @Nullable [] next() throws IOException {
        while (true) {
            if (open != null) {
                byte[] next = nextLine(open);
                if (next != null) {
                    if (!isBlank(next)) {
                        return next;
                    }
                    continue;
                }
                close();
            }
            if (!files.hasNext()) {
                return null;
            }
            Path file = files.next();
            if (InputFiles.isWhole(file)) {
                byte[] whole = whole(file);
                if (!isBlank(whole)) {
                    return whole;
                }
            } else {
                open = FileContent.open(file);
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (open != null) {
            open.close();
            open = null;
        }
        at = 0;
        end = 0;
    }

    private byte @Nullable [] nextLine(FileContent from) throws IOException {
        line.reset();
        boolean any = false;
        while (true) {
            if (at == end) {
                at = 0;
                end = Math.max(0, from.read(buffer));
                if (end == 0) {
                    return any ? line.toByteArray() : null;
                }
            }
            any = true;
            int start = at;
            while (at < end && buffer[at] != '\n') {
                at++;
            }
            line.write(buffer, start, at - start);
            if (at < end) {
                at++;
                return withoutCarriageReturn(line.toByteArray());
            }
        }
    }

    private static byte[] withoutCarriageReturn(byte[] line) {
        int last = line.length - 1;
        return last >= 0 && line[last] == '\r' ? Arrays.copyOf(line, last) : line;
    }

    private static byte[] whole(Path file) throws IOException {
        try (FileContent content = FileContent.open(file)) {
            return content.readAll();
        }
    }

    private static boolean isBlank(byte[] bytes) {
        for (byte one : bytes) {
            if (one != ' ' && one != '\t' && one != '\r' && one != '\n') {
                return false;
            }
        }
        return true;
    }
}
