package io.clinicalstreams.loadgen.command;

import io.clinicalstreams.loadgen.scenario.Scenario;
import io.clinicalstreams.loadgen.scenario.ScenarioFiles;
import io.clinicalstreams.loadgen.scenario.ScenarioOptions;
import io.clinicalstreams.loadgen.scenario.Share;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shared by the commands that send generated input: the scenario, and the options that override it. */
abstract class GeneratingCommand extends SendingCommand {

    @Mixin
    private ScenarioOptions scenarioOptions = new ScenarioOptions();

    @Option(
            names = "--critical",
            paramLabel = "F",
            description = "Fraction of records beyond a critical limit, in episodes.")
    private @Nullable Double critical;

    @Option(names = "--malformed", paramLabel = "F", description = "Fraction of malformed input, all kinds in turn.")
    private @Nullable Double malformed;

    @Option(
            names = "--miskeyed",
            paramLabel = "F",
            description = "Fraction with no key, another patient's key or the wrong partition.")
    private @Nullable Double miskeyed;

    @Option(names = "--bundles", paramLabel = "F", description = "Fraction of transaction Bundles for one patient.")
    private @Nullable Double bundles;

    @Option(
            names = "--bytes",
            paramLabel = "N",
            description = "Pad records to this size, key included, with a narrative in their resource. Larger"
                    + " records, Bundles and malformed input are not padded. Below 1000, readings are lean: 380 bytes"
                    + " is the least.")
    private @Nullable Integer bytes;

    private @Nullable Scenario scenario;

    final Scenario scenario() {
        if (scenario == null) {
            scenario = scenarioOptions.read(otherwise(), this::overridden);
        }
        return scenario;
    }

    /** What is sent, for a result. */
    final Map<String, Object> scenarioSettings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("scenario", scenarioOptions.name(otherwise()));
        settings.putAll(scenario().settings());
        return settings;
    }

    /** Malformed input tests the pipeline; another topic would only refuse some of it for its size. */
    private String otherwise() {
        return isToPipeline() ? ScenarioFiles.ORDINARY : ScenarioFiles.VALID;
    }

    private Scenario overridden(Scenario read) {
        Scenario overridden = bytes == null ? read : read.withBytes(bytes);
        Map<Share, @Nullable Double> given = new EnumMap<>(Share.class);
        given.put(Share.CRITICAL, critical);
        given.put(Share.MALFORMED, malformed);
        given.put(Share.MISKEYED, miskeyed);
        given.put(Share.BUNDLES, bundles);
        return overridden.with(given);
    }
}
