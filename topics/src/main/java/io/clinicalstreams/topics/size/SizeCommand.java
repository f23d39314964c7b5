package io.clinicalstreams.topics.size;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.problem.ExitCode;
import io.clinicalstreams.topics.problem.IoReason;
import io.clinicalstreams.topics.terminal.CatalogueOptions;
import io.clinicalstreams.topics.terminal.OutputOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code topics size}: computes the partitions, brokers, disks and lane instances that a load needs. */
@Command(
        name = "size",
        description =
                "Computes the partitions, brokers, disks and lane instances that a load needs. Each figure has its formula "
                        + "with the numbers, next to the catalogue and the tables of the source documents. Options override a "
                        + "file of results, results override assumptions. Assumptions are marked; only this project's own topics "
                        + "and lanes have them. Measure first: './clinical-streams bench -o json > bench.json', then pass "
                        + "--measured bench.json. Size the environment that will carry the load: replication, retention and "
                        + "standbys depend on it.",
        footer = {
            "",
            "Exit codes: 0 the environment carries the load, 1 failure, 2 wrong usage or configuration, 3 it does not: brokers or",
            "partitions TOO FEW, MORE threads than partitions can feed, or a rate that MISSES its objective."
        },
        modelTransformer = SizeCommand.InputModel.class,
        mixinStandardHelpOptions = true)
public final class SizeCommand implements Callable<ExitCode> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final CatalogueOptions catalogueOptions = new CatalogueOptions();

    @Option(
            names = "--measured",
            paramLabel = "FILE",
            description =
                    "Results as JSON: the output of bench -o json, or an object with option names of this command.")
    private @Nullable Path measured;

    @Mixin
    private final OutputOption output = new OutputOption();

    @Override
    public ExitCode call() {
        Sizing sizing = sizing(catalogueOptions.load());
        new SizePrinter(sizing).print(output);
        return sizing.isEnough() ? ExitCode.OK : ExitCode.NOT_HELD;
    }

    private Sizing sizing(Catalogue catalogue) {
        try {
            List<InputSource> sources = new ArrayList<>(List.of(InputModel.given(spec)));
            if (measured != null) {
                sources.add(results(measured, catalogue));
            }
            return Sizing.of(catalogue, Inputs.of(catalogue, sources));
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private static InputSource results(Path file, Catalogue catalogue) {
        try {
            return InputSource.measured(file.toString(), Files.readString(file), catalogue);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(
                    "--measured: " + file + ' ' + IoReason.predicate(unreadable), unreadable);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("--measured: " + file + ": " + wrong.getMessage(), wrong);
        }
    }

    /** Adds an option for each input to the command, so that an input is described in one place. */
    static final class InputModel implements IModelTransformer {

        @Override
        public CommandSpec transform(CommandSpec command) {
            for (SizeInput input : SizeInput.values()) {
                boolean isOfAll = input.scope() == SizeInput.Scope.ALL;
                OptionSpec.Builder option = OptionSpec.builder("--" + input.id())
                        .description(input.description().replace("%", "%%") + '.');
                command.addOption(
                        isOfAll
                                ? option.paramLabel("NUMBER").type(Double.class).build()
                                : option.paramLabel(input.scope().name() + "=NUMBER")
                                        .type(Map.class)
                                        .auxiliaryTypes(String.class, Double.class)
                                        .build());
            }
            return command;
        }

        /** The inputs given on the command line. */
        static InputSource given(CommandSpec command) {
            Map<SizeInput, Map<String, Double>> values = new EnumMap<>(SizeInput.class);
            for (SizeInput input : SizeInput.values()) {
                OptionSpec option = command.findOption("--" + input.id());
                if (option.getValue() != null) {
                    values.put(
                            input,
                            input.scope() == SizeInput.Scope.ALL
                                    ? Map.of(SizeInput.OF_ALL, option.getValue())
                                    : option.getValue());
                }
            }
            return InputSource.options(values);
        }
    }
}
