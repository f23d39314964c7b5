package io.clinicalstreams.experiment.command;

import io.clinicalstreams.experiment.Experiment;
import io.clinicalstreams.experiment.LevelCatalogues;
import io.clinicalstreams.experiment.result.ExperimentResult;
import io.clinicalstreams.experiment.result.ResultFiles;
import io.clinicalstreams.topics.file.CatalogueFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A result, and whether it still counts.
 *
 * @param isStale the experiment, its scenario, a setting in effect, the method or Kafka has changed since
 * @param isOlderThanTheCode the lanes' code has changed since
 */
record KeptResult(ExperimentResult result, boolean isStale, boolean isOlderThanTheCode) {

    /**
     * Those of all machines.
     *
     * @param folder a copy of the catalogue
     */
    static List<KeptResult> of(
            Experiment experiment, CatalogueFile file, ResultFiles results, String environment, Path folder)
            throws IOException {
        List<ExperimentResult> own = results.all().stream()
                .filter(each -> each.experiment().equals(experiment.name()))
                .toList();
        if (own.isEmpty()) {
            return List.of();
        }
        LevelCatalogues levels = LevelCatalogues.unchecked(experiment, file.name(), environment, folder);
        ExperimentResult now = ExperimentResult.begin(experiment, file, "", levels.inEffect());
        return own.stream()
                .map(each -> new KeptResult(each, each.isStale(now), each.isOlderThanTheCode(now)))
                .toList();
    }

    /** In a few words. */
    String state(Experiment experiment) {
        if (isStale) {
            return "stale: the experiment, a setting, the method or Kafka has changed since";
        }
        if (isOlderThanTheCode) {
            return "stale: the lanes' code has changed since";
        }
        if (result.conclusion() == null) {
            return "interrupted";
        }
        return result.hasVerdict(experiment) ? "verdict" : "machine too noisy";
    }
}
