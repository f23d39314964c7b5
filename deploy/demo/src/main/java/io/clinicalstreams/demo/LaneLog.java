package io.clinicalstreams.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The log of lanes that run in a command: a file in the user's state folder, so that it does not disturb what the command
 * shows. The system property {@code clinical-streams.log} names it, also for Log4j.
 */
public final class LaneLog {

    private static final String FILE = "clinical-streams.log";

    private LaneLog() {}

    /** Returns whether there is a file to log to; where no folder can be written there is none. */
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

    /** Where to read more, to be appended to a message; empty where there is no file. */
    static String hint() {
        String file = System.getProperty(FILE);
        return file == null ? "" : "; see " + file;
    }
}
