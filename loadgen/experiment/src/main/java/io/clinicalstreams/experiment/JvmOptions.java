package io.clinicalstreams.experiment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * The options of a trial's JVM: memory, garbage collection and compilation. An experiment's file may be a stranger's, and
 * other options run programs, load agents or write files.
 */
final class JvmOptions {

    private static final Pattern ALLOWED = Pattern.compile("-X(ms|mx|mn|ss)\\d+[kKmMgG]?"
            + "|-XX:[+-](Use[A-Z]|AlwaysPreTouch|TieredCompilation|DisableExplicitGC|ZGenerational|ParallelRefProc)\\w*"
            + "|-XX:(Max|Min|Initial|Initiating|New|Survivor|G1|ZCollection|Parallel|Conc|Soft|Reserved|Tiered|CICompiler)\\w*"
            + "=\\d+(\\.\\d+)?[kKmMgG]?");

    private static final int LONGEST_SECONDS = 30;

    private JvmOptions() {}

    /** @throws IllegalArgumentException with the path {@code jvm} if an option is none of those */
    static void require(List<String> options) {
        for (String option : options) {
            if (!ALLOWED.matcher(option).matches()) {
                throw new IllegalArgumentException("jvm: '" + option
                        + "' is not allowed; allowed are options of memory, garbage collection and compilation,"
                        + " such as -Xmx1g, -XX:+UseParallelGC and -XX:MaxGCPauseMillis=20");
            }
        }
    }

    /**
     * What Java says if it does not start with these options.
     *
     * @param java the program
     */
    static Optional<String> problemWith(String java, List<String> options) throws IOException {
        List<String> command = new ArrayList<>(options);
        command.add(0, java);
        command.add("-version");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            boolean isOver = process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS);
            return isOver && process.exitValue() == 0
                    ? Optional.empty()
                    : Optional.of(
                            "Java does not start: " + said.lines().findFirst().orElse("it says nothing"));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        } finally {
            process.destroyForcibly();
        }
    }
}
