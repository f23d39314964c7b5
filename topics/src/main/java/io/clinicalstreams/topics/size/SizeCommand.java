package io.clinicalstreams.topics.size;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.terminal.CatalogueOptions;
import io.clinicalstreams.topics.terminal.OutputFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code topics size}: how many partitions, brokers, disks and lane instances a load needs. */
@Command(
        name = "size",
        description =
                "Computes what a load needs, each figure with its formula and numbers, beside the catalogue and beside "
                        + "the tables of the source documents. Options win over a file of results, and those over assumptions, "
                        + "which are marked and which there are only for this project's own topics and lanes. Measure first: "
                        + "'./clinical-streams bench -o json > bench.json', then give --measured bench.json. Size the environment "
                        + "that will carry the load: copies, retention and standbys are the environment's.",
        modelTransformer = InputOptions.class,
        mixinStandardHelpOptions = true)
public final class SizeCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final CatalogueOptions catalogueOptions = new CatalogueOptions();

    @Option(
            names = "--measured",
            paramLabel = "FILE",
            description = "Results as JSON: what bench -o json prints, or options of this command as names.")
    private @Nullable Path measured;

    @Option(
            names = "--share",
            paramLabel = "TOPIC=NUMBER",
            description = "Records of a topic for each resource received; may be repeated.")
    private Map<String, Double> shares = Map.of();

    @Option(
            names = "--keys",
            paramLabel = "TOPIC=NUMBER",
            description = "Keys that a compacted topic holds today; may be repeated.")
    private Map<String, Double> keys = Map.of();

    @Option(
            names = "--days",
            paramLabel = "TOPIC=NUMBER",
            description =
                    "Days that a topic keeps records, instead of its retention, where it has one; may be repeated.")
    private Map<String, Double> days = Map.of();

    @Option(
            names = "--lane-rate",
            paramLabel = "LANE=NUMBER",
            description = "Records/s of one thread of a lane; may be repeated.")
    private Map<String, Double> laneRates = Map.of();

    @Option(
            names = {"-o", "--output"},
            defaultValue = "table",
            converter = OutputFormat.Reading.class,
            paramLabel = "table|json",
            description = "How to print (default: ${DEFAULT-VALUE}).")
    private OutputFormat output = OutputFormat.TABLE;

    @Override
    public Integer call() throws JsonProcessingException {
        Catalogue catalogue = catalogueOptions.load();
        SizePrinter printer = new SizePrinter(sizing(catalogue));
        spec.commandLine().getOut().println(printer.print(output));
        return 0;
    }

    private Sizing sizing(Catalogue catalogue) {
        try {
            MeasuredResults results = results();
            String file = measured == null ? "" : measured.toString();
            Inputs inputs = Inputs.of(InputOptions.given(spec), results.inputs(), file);
            return Sizing.of(catalogue, inputs, NamedInputs.of(catalogue, inputs, named(), results.named(), file));
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private Map<NamedInput, Map<String, Double>> named() {
        return Map.of(
                NamedInput.SHARE,
                shares,
                NamedInput.KEYS,
                keys,
                NamedInput.DAYS,
                days,
                NamedInput.LANE_RATE,
                laneRates);
    }

    private MeasuredResults results() {
        if (measured == null) {
            return MeasuredResults.NONE;
        }
        try {
            return MeasuredResults.read(Files.readString(measured));
        } catch (IOException unreadable) {
            String why = Files.exists(measured) ? "cannot be read" : "does not exist";
            throw new IllegalArgumentException("--measured: " + measured + ' ' + why, unreadable);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("--measured: " + measured + ": " + wrong.getMessage(), wrong);
        }
    }
}
