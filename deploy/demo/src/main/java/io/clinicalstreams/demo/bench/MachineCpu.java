package io.clinicalstreams.demo.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * CPU time of the whole machine and of this process with its children, brokers included, at one moment. Linux only.
 *
 * @param all hundredths of a second of all cores
 * @param idle of these, those without work
 * @param own of these, those of this process and its children
 */
record MachineCpu(long all, long idle, double own) {

    private static final Path STAT = Path.of("/proc/stat");
    private static final double MILLIS_PER_TICK = 10;

    /** Columns of the file: idle, and waiting for a disk. */
    private static final int IDLE = 3;

    private static final int WAITING = 4;

    /** The guests' columns are counted in the user's. */
    private static final int COLUMNS = 8;

    private static final MachineCpu UNKNOWN = new MachineCpu(0, 0, 0);

    static MachineCpu untilNow() {
        try (Stream<String> lines = Files.lines(STAT)) {
            return of(lines.findFirst().orElse(""), ownTicks());
        } catch (IOException notLinux) {
            return UNKNOWN;
        }
    }

    /** @param line the first of the file: {@code cpu}, then a number for each kind of time */
    static MachineCpu of(String line, double own) {
        long[] ticks = Arrays.stream(line.split("\\s+", -1))
                .skip(1)
                .limit(COLUMNS)
                .mapToLong(Long::parseLong)
                .toArray();
        return ticks.length <= WAITING
                ? UNKNOWN
                : new MachineCpu(Arrays.stream(ticks).sum(), ticks[IDLE] + ticks[WAITING], own);
    }

    private static double ownTicks() {
        ProcessHandle self = ProcessHandle.current();
        return Stream.concat(Stream.of(self), self.descendants())
                .mapToDouble(process ->
                        process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / MILLIS_PER_TICK)
                .sum();
    }

    /** The share of the machine's CPU time that other processes took, 0 to 1; empty if it is unknown. */
    OptionalDouble othersSince(MachineCpu start) {
        long time = all - start.all;
        if (time <= 0) {
            return OptionalDouble.empty();
        }
        double others = time - (idle - start.idle) - (own - start.own);
        return OptionalDouble.of(Math.max(0, others / time));
    }

    /** For people: whether the bench ran alone. */
    static String others(OptionalDouble share) {
        return share.isPresent()
                ? String.format(Locale.ROOT, "Other processes took %.0f %% of the CPU time.", share.getAsDouble() * 100)
                : "The CPU time of other processes is unknown on this system.";
    }
}
