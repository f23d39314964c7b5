package io.clinicalstreams.loadgen.replay;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The bytes of one input file: decompressed if gzipped, and without a leading UTF-8 byte order mark, which belongs to
 * the file and not to its first resource. An error names the file and none of its content.
 */
final class FileContent implements Closeable {

    private static final int BUFFER = 1 << 16;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final Path file;
    private final InputStream bytes;

    private FileContent(Path file, InputStream bytes) {
        this.file = file;
        this.bytes = bytes;
    }

    static FileContent open(Path file) throws IOException {
        try {
            return new FileContent(file, behindByteOrderMark(unpacked(file)));
        } catch (IOException failure) {
            throw unreadable(file, failure);
        }
    }

    /** Reads bytes into the buffer from its start and returns how many; -1 at the end. */
    int read(byte[] buffer) throws IOException {
        try {
            return bytes.read(buffer);
        } catch (IOException failure) {
            throw unreadable(file, failure);
        }
    }

    byte[] readAll() throws IOException {
        try {
            return bytes.readAllBytes();
        } catch (IOException failure) {
            throw unreadable(file, failure);
        }
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }

    private static InputStream unpacked(Path file) throws IOException {
        InputStream stored = Files.newInputStream(file);
        if (!InputFiles.isGzipped(file)) {
            return stored;
        }
        try {
            return new GZIPInputStream(stored, BUFFER);
        } catch (IOException notGzip) {
            stored.close();
            throw notGzip;
        }
    }

    private static InputStream behindByteOrderMark(InputStream from) throws IOException {
        InputStream content = new BufferedInputStream(from, BUFFER);
        try {
            content.mark(BYTE_ORDER_MARK.length);
            if (!Arrays.equals(content.readNBytes(BYTE_ORDER_MARK.length), BYTE_ORDER_MARK)) {
                content.reset();
            }
            return content;
        } catch (IOException damaged) {
            content.close();
            throw damaged;
        }
    }

    private static IOException unreadable(Path file, IOException failure) {
        return new IOException("input: cannot read " + file + ": " + why(failure), failure);
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
        if (failure instanceof AccessDeniedException) {
            return "access is denied";
        }
        return failure.getClass().getSimpleName();
    }
}
