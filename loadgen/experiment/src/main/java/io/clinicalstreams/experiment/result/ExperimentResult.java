package io.clinicalstreams.experiment.result;

import io.clinicalstreams.experiment.Experiment;
import io.clinicalstreams.experiment.Metric;
import io.clinicalstreams.topics.file.CatalogueFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * A run of an experiment, complete or not.
 *
 * @param definition hash of the experiment's file: another one makes the result stale
 * @param started when its first trial was
 * @param finished null while trials are missing: it was interrupted, or is running
 * @param commit of the program, as Git names it
 * @param settings in effect, by level
 * @param passes each trial's figures
 * @param conclusion null while trials are missing
 */
public record ExperimentResult(
        String experiment,
        String definition,
        Instant started,
        @Nullable Instant finished,
        Machine machine,
        String java,
        String kafka,
        String commit,
        Map<String, Map<String, String>> settings,
        List<Pass> passes,
        @Nullable Conclusion conclusion) {

    private static final int HASH_CHARACTERS = 16;

    /** A run without any trial yet, on this machine. */
    public static ExperimentResult begin(
            Experiment experiment, CatalogueFile file, String commit, Map<String, Map<String, String>> settings) {
        return new ExperimentResult(
                experiment.name(),
                definitionOf(file),
                now(),
                null,
                Machine.local(),
                System.getProperty("java.vm.name") + ' ' + System.getProperty("java.version"),
                kafkaVersion(),
                commit,
                settings,
                List.of(),
                null);
    }

    /** Whether the experiment or Kafka has changed since. */
    public boolean isStale(CatalogueFile file) {
        return !definition.equals(definitionOf(file)) || !kafka.equals(kafkaVersion());
    }

    /** Whether more trials can join these: of the same experiment and, while it is not complete, the same program. */
    public boolean canGoOn(CatalogueFile file, String commitNow) {
        return !isStale(file) && (finished != null || commit.equals(commitNow));
    }

    /** Whether it has this many passes and its conclusion. */
    public boolean isComplete(int wanted) {
        return finished != null && passes.size() >= wanted;
    }

    /** The pass with this number, from 0. */
    public Pass pass(int number) {
        return number < passes.size() ? passes.get(number) : Pass.EMPTY;
    }

    public ExperimentResult withRuler(int pass, Map<Metric, Double> figures) {
        return with(pass, pass(pass).withRuler(figures));
    }

    public ExperimentResult with(int pass, String level, Map<Metric, Double> figures) {
        return with(pass, pass(pass).with(level, figures));
    }

    /** The same run, complete. */
    public ExperimentResult conclude(Experiment by) {
        return new ExperimentResult(
                experiment,
                definition,
                started,
                now(),
                machine,
                java,
                kafka,
                commit,
                settings,
                passes,
                Conclusion.of(by, passes));
    }

    /** Whether the deciding figure has a finding. */
    public boolean hasVerdict(Experiment by) {
        return conclusion != null && !conclusion.isTooNoisy(by);
    }

    private ExperimentResult with(int number, Pass pass) {
        List<Pass> more = new ArrayList<>(passes);
        if (number < more.size()) {
            more.set(number, pass);
        } else {
            more.add(pass);
        }
        return new ExperimentResult(
                experiment, definition, started, null, machine, java, kafka, commit, settings, more, null);
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }

    /** Of the clients, which is that of the brokers too. */
    private static String kafkaVersion() {
        Properties properties = new Properties();
        try (InputStream file = ExperimentResult.class.getResourceAsStream("/kafka/kafka-version.properties")) {
            properties.load(Objects.requireNonNull(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return properties.getProperty("version", "unknown");
    }

    private static String definitionOf(CatalogueFile file) {
        try {
            String text = file.text().replace("\r\n", "\n");
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, HASH_CHARACTERS);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
