package io.clinicalstreams.loadgen.replay;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * The documents of several files in order, byte for byte: a file is decompressed if it is gzipped; blank lines and a byte
 * order mark at the beginning of a file are skipped. An error names the file and none of its content.
 */
public final class Documents implements Closeable {

    private static final int BUFFER = 1 << 16;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final Iterator<Path> files;
    private Path file = Path.of("");
    private @Nullable InputStream content;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(4_096);
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int end;

    /** @param files as of {@link InputFiles} */
    public Documents(List<Path> files) {
        this.files = files.iterator();
    }

    /**
     * The next document, or null after the last.
     *
     * @throws IOException when a file cannot be read; it names the file
     */
    public byte @Nullable [] next() throws IOException {
        try {
            while (content != null || files.hasNext()) {
                if (content == null) {
                    file = files.next();
                    content = open(file);
                }
                boolean isWhole = InputFiles.isWhole(file);
                byte[] next = isWhole ? content.readAllBytes() : nextLine(content);
                if (next == null || (isWhole && next.length == 0)) {
                    close();
                } else if (!isBlank(next)) {
                    return next;
                }
            }
            return null;
        } catch (IOException failure) {
            throw new IOException("input: cannot read " + file + ": " + why(failure), failure);
        }
    }

    @Override
    public void close() throws IOException {
        if (content != null) {
            content.close();
            content = null;
        }
        at = 0;
        end = 0;
    }

    private static InputStream open(Path file) throws IOException {
        InputStream stored = new BufferedInputStream(Files.newInputStream(file), BUFFER);
        try {
            InputStream content = InputFiles.isGzipped(file)
                    ? new BufferedInputStream(new GZIPInputStream(stored, BUFFER), BUFFER)
                    : stored;
            content.mark(BYTE_ORDER_MARK.length);
            if (!Arrays.equals(content.readNBytes(BYTE_ORDER_MARK.length), BYTE_ORDER_MARK)) {
                content.reset();
            }
            return content;
        } catch (IOException damaged) {
            stored.close();
            throw damaged;
        }
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

    private static boolean isBlank(byte[] bytes) {
        for (byte one : bytes) {
            if (one != ' ' && one != '\t' && one != '\r' && one != '\n') {
                return false;
            }
        }
        return true;
    }

    private static String why(IOException failure) {
        if (failure instanceof EOFException) {
            return "the gzip file is truncated";
        }
        if (failure instanceof ZipException) {
            return "not a gzip file, or damaged";
        }
        if (failure instanceof NoSuchFileException) {
            return "no such file";
        }
        return failure instanceof AccessDeniedException
                ? "access is denied"
                : failure.getClass().getSimpleName();
    }
}
