package io.clinicalstreams.loadgen.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The state of the program's sources in the working folder, as Git names it. */
public final class Commit {

    private static final int LONGEST_SECONDS = 10;
    private static final String UNKNOWN = "unknown";

    private Commit() {}

    /** {@code 7ec98b01}, {@code 7ec98b01 with changes}, or {@code unknown} outside a repository. */
    public static String current() {
        String commit = git("rev-parse", "--short=12", "HEAD");
        if (commit.equals(UNKNOWN)) {
            return UNKNOWN;
        }
        return git("status", "--porcelain", "--untracked-files=no").isEmpty() ? commit : commit + " with changes";
    }

    private static String git(String... arguments) {
        List<String> command = new ArrayList<>(List.of(arguments));
        command.add(0, "git");
        try {
            Process git = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            boolean isOver = git.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS);
            return isOver && git.exitValue() == 0 ? said : UNKNOWN;
        } catch (IOException noGit) {
            return UNKNOWN;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return UNKNOWN;
        }
    }
}
