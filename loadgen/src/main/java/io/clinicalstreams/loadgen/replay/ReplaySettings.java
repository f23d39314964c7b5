package io.clinicalstreams.loadgen.replay;

import java.nio.file.Path;
import java.util.List;

/**
 * What to replay and how.
 *
 * @param inputs files and folders, in this order
 * @param asIs whether Bundles are sent whole instead of split
 * @param shiftToNow whether each patient's history is moved so that its last entry is now
 * @param baseUrls of the servers whose references are taken as relative, each ending in a slash
 */
public record ReplaySettings(List<Path> inputs, boolean asIs, boolean shiftToNow, List<String> baseUrls) {

    public ReplaySettings {
        if (inputs.isEmpty()) {
            throw new IllegalArgumentException("input: name at least one file or folder");
        }
        inputs = List.copyOf(inputs);
        baseUrls = baseUrls.stream()
                .map(url -> url.endsWith("/") ? url : url + "/")
                .toList();
    }
}
