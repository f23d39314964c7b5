package io.clinicalstreams.loadgen.measure;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The machine that was measured.
 *
 * @param cpu its model, as the system names it
 * @param memoryGib of the whole machine, rounded
 */
public record Machine(String cpu, int cores, int memoryGib, String os) {

    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final double GIB = 1 << 30;

    /** This machine. */
    public static Machine local() {
        long memory = ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : 0;
        return new Machine(
                model(),
                Runtime.getRuntime().availableProcessors(),
                (int) Math.round(memory / GIB),
                System.getProperty("os.name") + ' ' + System.getProperty("os.version"));
    }

    /** A folder's name: {@code 2-cores-intel-xeon-8370c}. */
    public String folder() {
        String words = (cores + " cores " + cpu)
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\((r|tm)\\)|\\bcpu\\b|@.*|\\bprocessor\\b", " ")
                .replaceAll("[^a-z0-9.]+", "-");
        return words.replaceAll("^-|-$", "");
    }

    private static String model() {
        try (Stream<String> lines = Files.lines(CPU_INFO)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException notLinux) {
            return System.getProperty("os.arch");
        }
    }
}
