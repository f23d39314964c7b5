package io.clinicalstreams.topics.size;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.terminal.CatalogueOptions;
import io.clinicalstreams.topics.terminal.OutputFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
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
                        + "which are marked. Measure first: './clinical-streams bench -o json > bench.json', then give "
                        + "--measured bench.json. Size the environment that will carry the load: copies, retention and standbys are "
                        + "the environment's.",
        modelTransformer = InputOptions.class,
        mixinStandardHelpOptions = true)
public final class SizeCommand implements Callable<Integer> {

    private static final double MOST = 1e12;

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
    private Map<String, Double> shares = new HashMap<>();

    @Option(
            names = "--keys",
            paramLabel = "TOPIC=NUMBER",
            description = "Keys that a compacted topic holds today; may be repeated.")
    private Map<String, Double> keys = new HashMap<>();

    @Option(
            names = "--days",
            paramLabel = "TOPIC=NUMBER",
            description =
                    "Days that a topic keeps records, instead of its retention, where it has one; may be repeated.")
    private Map<String, Double> days = new HashMap<>();

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
        checkTopics("--share", shares, catalogue);
        checkTopics("--keys", keys, catalogue);
        checkTopics("--days", days, catalogue);
        for (Topic topic : catalogue.topics()) {
            refuse(
                    keys.containsKey(topic.name()) && !topic.cleanup().isCompacted(),
                    "--keys: " + topic.name() + " is not compacted, so keys do not bound it; give --days");
            refuse(
                    days.containsKey(topic.name()) && topic.cleanup().isTable(),
                    "--days: " + topic.name() + " keeps the latest value of every key for ever; give --keys");
        }
        SizePrinter printer = new SizePrinter(sizing(catalogue));
        spec.commandLine().getOut().println(printer.print(output));
        return 0;
    }

    private Sizing sizing(Catalogue catalogue) {
        try {
            Inputs inputs = Inputs.of(InputOptions.given(spec), results(), measured == null ? "" : measured.toString());
            return Sizing.of(catalogue, inputs, Shares.of(shares, keys, days));
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private Map<SizeInput, Double> results() {
        if (measured == null) {
            return Map.of();
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

    private void checkTopics(String option, Map<String, Double> values, Catalogue catalogue) {
        values.forEach((name, value) -> {
            if (catalogue.topics().stream().map(Topic::name).noneMatch(name::equals)) {
                throw new ParameterException(spec.commandLine(), option + ": no topic '" + name + "' in the catalogue");
            }
            refuse(!(value >= 0), option + ": " + name + " must be at least 0, was " + value);
            refuse(value > MOST, option + ": " + name + " must be at most " + Numbers.of(MOST) + ", was " + value);
        });
    }

    private void refuse(boolean isWrong, String message) {
        if (isWrong) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }
}
