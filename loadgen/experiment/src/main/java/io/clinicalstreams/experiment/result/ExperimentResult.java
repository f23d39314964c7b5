package io.clinicalstreams.experiment.result;

import io.clinicalstreams.experiment.Experiment;
import io.clinicalstreams.experiment.Metric;
import io.clinicalstreams.loadgen.measure.Machine;
import io.clinicalstreams.loadgen.measure.TestBed;
import io.clinicalstreams.loadgen.scenario.Scenario;
import io.clinicalstreams.topics.file.CatalogueFile;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A run of an experiment, complete or not.
 *
 * @param definition hash of the text of the experiment and of its scenario: another one makes the result stale
 * @param method version of the method and the ruler: another one makes the result stale
 * @param started when its first trial was
 * @param finished null while trials are missing: it was interrupted, or is running; also while more passes join
 * @param commit of the program, as Git names it
 * @param code hash of the lanes' sources; null if no lane was measured
 * @param settings in effect, by level
 * @param passes each trial's figures
 * @param conclusion null until the first passes are complete
 */
public record ExperimentResult(
        String experiment,
        String definition,
        int method,
        Instant started,
        @Nullable Instant finished,
        Machine machine,
        String java,
        String kafka,
        String commit,
        @Nullable String code,
        Map<String, Map<String, String>> settings,
        List<Pass> passes,
        @Nullable Conclusion conclusion) {

    /** Of results without one: their rulers had records of 900 bytes, so the disk was measured, too. */
    static final int FIRST_METHOD = 1;

    /** To be counted up with each change of the ruler, of how a trial is measured, or of how a verdict is reached. */
    private static final int METHOD = 2;

    /** A commit without changes. */
    private static final Pattern NAMED = Pattern.compile("[0-9a-f]+");

    /** A run without any trial yet, on this machine. */
    public static ExperimentResult begin(
            Experiment experiment, CatalogueFile file, String commit, Map<String, Map<String, String>> settings) {
        TestBed bed = TestBed.at(commit);
        return new ExperimentResult(
                experiment.name(),
                definitionOf(experiment, file),
                METHOD,
                now(),
                null,
                bed.machine(),
                bed.java(),
                bed.kafka(),
                commit,
                MeasuredCode.hash(experiment.measure()),
                settings,
                List.of(),
                null);
    }

    /**
     * Whether the experiment, its scenario, a setting in effect, the method or Kafka has changed since.
     *
     * @param now the same experiment, begun now
     */
    public boolean isStale(ExperimentResult now) {
        return method != now.method
                || !definition.equals(now.definition)
                || !kafka.equals(now.kafka)
                || !settings.equals(now.settings);
    }

    /**
     * Whether the lanes' code has changed since. Unlike {@link #isStale} it does not mean another experiment: most changes
     * of the code change no figure.
     */
    public boolean isOlderThanTheCode(ExperimentResult now) {
        return code != null && now.code != null && !code.equals(now.code);
    }

    /**
     * Whether more trials can join these. Trials of two programs, JDKs or machines in one result would compare those.
     * Sources that Git does not name may be any.
     */
    public boolean canGoOn(ExperimentResult now) {
        return !isStale(now)
                && NAMED.matcher(commit).matches()
                && commit.equals(now.commit)
                && java.equals(now.java)
                && machine.equals(now.machine);
    }

    /** Whether it has this many complete passes. */
    public boolean isComplete(int wanted) {
        return completePasses().size() >= wanted;
    }

    /** The same without a pass that was interrupted: the rest of it would run on other brokers than its baseline did. */
    public ExperimentResult withCompletePasses() {
        return with(completePasses());
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

    /** The same run, with the conclusion of its complete passes. */
    public ExperimentResult conclude(Experiment by) {
        List<Pass> complete = completePasses();
        return new ExperimentResult(
                experiment,
                definition,
                method,
                started,
                now(),
                machine,
                java,
                kafka,
                commit,
                code,
                settings,
                complete,
                Conclusion.of(by, complete));
    }

    /** Whether the deciding figure has a finding. */
    public boolean hasVerdict(Experiment by) {
        return conclusion != null
                && !conclusion.isTooNoisy(by)
                && !conclusion.deciding(by).isEmpty();
    }

    private ExperimentResult with(int number, Pass pass) {
        List<Pass> more = new ArrayList<>(passes);
        if (number < more.size()) {
            more.set(number, pass);
        } else {
            more.add(pass);
        }
        return with(more);
    }

    private ExperimentResult with(List<Pass> others) {
        return new ExperimentResult(
                experiment,
                definition,
                method,
                started,
                null,
                machine,
                java,
                kafka,
                commit,
                code,
                settings,
                others,
                conclusion);
    }

    /** Those with a ruler and all levels. */
    private List<Pass> completePasses() {
        return passes.stream()
                .filter(pass ->
                        !pass.ruler().isEmpty() && pass.levels().keySet().equals(settings.keySet()))
                .toList();
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }

    private static String definitionOf(Experiment experiment, CatalogueFile file) {
        return MeasuredCode.hash(file.text() + Scenario.text(experiment.load().scenario()));
    }
}
