package io.clinicalstreams.loadgen.scenario;

import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that choose a scenario and override its patients and seed. */
public final class ScenarioOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--scenario",
            paramLabel = "NAME|FILE",
            description = "What to send, and when: a name in loadgen/scenarios or a .yaml file of your own. Other"
                    + " options override its values.")
    private @Nullable String scenario;

    @Option(names = "--patients", paramLabel = "N", description = "How many patients (default: the scenario's).")
    private @Nullable Integer patients;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "The same seed and scenario give the same kinds of resources for the same patients in the"
                    + " same order (default: the scenario's).")
    private @Nullable Long seed;

    /**
     * The name or file.
     *
     * @param otherwise the name of the default
     */
    public String name(String otherwise) {
        return scenario == null ? otherwise : scenario;
    }

    /**
     * Reads the scenario.
     *
     * @param otherwise the name of the default
     * @param override the command's own options
     * @throws ParameterException if an option contradicts it
     */
    public Scenario read(String otherwise, UnaryOperator<Scenario> override) {
        Scenario read = Scenario.of(name(otherwise));
        try {
            Scenario seeded = seed == null ? read : read.withSeed(seed);
            return override.apply(patients == null ? seeded : seeded.withPatients(patients));
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(
                    spec.commandLine(),
                    Stream.concat(Stream.of(wrong), Stream.of(wrong.getSuppressed()))
                            .map(Throwable::getMessage)
                            .collect(Collectors.joining("; ")),
                    wrong);
        }
    }
}
