package io.clinicalstreams.loadgen.replay;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a replay.
 *
 * @param inputs files and folders, in this order
 * @param asIs whether Bundles are sent whole instead of split
 * @param shiftToNow whether each patient's history is shifted so that its last measurement is now
 * @param compressTo the length to which longer histories are compressed, at least a minute, and shifted to end now;
 *     null for none
 */
public record ReplaySettings(
        List<Path> inputs,
        boolean asIs,
        boolean shiftToNow,
        @Nullable Duration compressTo) {

    private static final Duration SHORTEST = Duration.ofMinutes(1);

    public ReplaySettings {
        if (inputs.isEmpty()) {
            throw new IllegalArgumentException("input: name at least one file or folder");
        }
        if (compressTo != null && compressTo.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException("compress-to: must be at least a minute, was " + compressTo);
        }
        inputs = List.copyOf(inputs);
    }

    /** Without compressing. */
    public ReplaySettings(List<Path> inputs, boolean asIs, boolean shiftToNow) {
        this(inputs, asIs, shiftToNow, null);
    }

    /** Whether times change. */
    boolean moves() {
        return shiftToNow || compressTo != null;
    }
}
