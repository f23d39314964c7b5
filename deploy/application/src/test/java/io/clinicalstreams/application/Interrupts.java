package io.clinicalstreams.application;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A background job of a script ignores SIGINT, and so do its child processes. */
final class Interrupts {

    private static final int SIGINT = 0b10;

    private Interrupts() {}

    static boolean reachThisProcess() throws IOException {
        Path status = Path.of("/proc/self/status");
        return !Files.exists(status)
                || Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .allMatch(line ->
                                (Long.parseUnsignedLong(line.substring(7).strip(), 16) & SIGINT) == 0);
    }
}
