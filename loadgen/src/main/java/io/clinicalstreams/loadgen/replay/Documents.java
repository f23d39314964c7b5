package io.clinicalstreams.loadgen.replay;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** The documents of some files, one after the other, as the bytes that stand there; blank lines are left out. */
final class Documents implements Closeable {

    private static final int BUFFER = 1 << 16;

    private final Iterator<Path> files;
    private @Nullable InputStream open;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(4_096);
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int end;

    Documents(List<Path> files) {
        this.files = files.iterator();
    }

    /** The next document, or null after the last. */
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
                open = stream(file);
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

    private byte @Nullable [] nextLine(InputStream from) throws IOException {
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
        try (InputStream in = stream(file)) {
            return in.readAllBytes();
        }
    }

    private static InputStream stream(Path file) throws IOException {
        InputStream plain = Files.newInputStream(file);
        if (!InputFiles.isGzipped(file)) {
            return new BufferedInputStream(plain, BUFFER);
        }
        try {
            return new GZIPInputStream(plain, BUFFER);
        } catch (IOException notGzip) {
            plain.close();
            throw notGzip;
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
