package io.clinicalstreams.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The log of lanes that run in a command: a file in the user's state folder, so that it does not disturb the command's
 * output. The system property {@code clinical-streams.log} names it, also for Log4j.
 */
public final class LaneLog {

    private static final String FILE = "clinical-streams.log";

    private LaneLog() {}

    /** Returns whether there is a log file; there is none when its folder is not writable. */
    public static boolean open(String command) {
        if (System.getProperty(FILE) != null) {
            return true;
        }
        Path folder = stateFolder().resolve("clinical-streams");
        Path file = folder.resolve(command + ".log");
        try {
            Files.createDirectories(folder);
            Files.newOutputStream(file).close();
        } catch (IOException readOnly) {
            return false;
        }
        System.setProperty(FILE, file.toString());
        return true;
    }

    private static Path stateFolder() {
        String folder = System.getenv("XDG_STATE_HOME");
        return folder == null || folder.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".local", "state")
                : Path.of(folder);
    }

    /** A reference to the log file, to append to a message; empty without a file. */
    static String hint() {
        String file = System.getProperty(FILE);
        return file == null ? "" : "; see " + file;
    }
}
