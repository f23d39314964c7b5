package io.clinicalstreams.loadgen.replay;

import java.nio.file.Path;
import java.util.List;

/**
 * The settings of a replay.
 *
 * @param inputs files and folders, in this order
 * @param asIs whether Bundles are sent whole instead of split
 * @param shiftToNow whether each patient's history is shifted so that its last entry is now
 */
public record ReplaySettings(List<Path> inputs, boolean asIs, boolean shiftToNow) {

    public ReplaySettings {
        if (inputs.isEmpty()) {
            throw new IllegalArgumentException("input: name at least one file or folder");
        }
        inputs = List.copyOf(inputs);
    }
}
