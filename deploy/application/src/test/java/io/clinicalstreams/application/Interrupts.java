package io.clinicalstreams.application;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A job that a script started in the background has SIGINT ignored, and so have its children. */
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
