package io.clinicalstreams.experiment;

import static io.clinicalstreams.topics.problem.Checks.all;
import static io.clinicalstreams.topics.problem.Checks.requireAtLeast;
import static io.clinicalstreams.topics.problem.Checks.requireLine;

import io.clinicalstreams.topics.file.NamedFile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file of {@code loadgen/experiments/}: a hypothesis about a setting, and the trials that test it.
 *
 * @param name also the beginning of its topics' names
 * @param hypothesis one sentence that the trials can contradict
 * @param source where the claim comes from
 * @param evidenceFor the settings that it is about, such as {@code profiles/throughput.yaml: producer.linger.ms}
 * @param lane the lane under test, for a measure of one
 * @param topic a topic of the catalogue, which has the settings that no level changes; the input of a lane
 * @param figure the figure that decides; the others are shown
 * @param leastEffect the smallest difference that matters, in per cent
 * @param pairs passes over all levels, each with a ruler
 * @param brokers number of brokers; three or more have three replicas
 * @param levels the first is the baseline
 */
public record Experiment(
        String name,
        String hypothesis,
        String source,
        List<String> evidenceFor,
        Measure measure,
        @Nullable String lane,
        String topic,
        TrialLoad load,
        Metric figure,
        int leastEffect,
        int pairs,
        int brokers,
        List<FactorLevel> levels)
        implements NamedFile {

    /** With fewer, the interval is so wide that only a large effect is found. */
    private static final int FEWEST_PAIRS = 5;

    /** Starting a JVM and creating a topic, measured on 2 busy cores. */
    private static final Duration AROUND_A_TRIAL = Duration.ofSeconds(4);

    private static final Duration RULER = Duration.ofSeconds(12);

    /** Until a lane has its first partition, measured likewise. */
    private static final Duration START_OF_A_LANE = Duration.ofSeconds(6);

    /** How many records are generated and loaded in a millisecond. */
    private static final int LOADED_PER_MILLI = 150;

    private static final int MOST_BROKERS = 9;

    public Experiment {
        levels = List.copyOf(levels);
        List<FactorLevel> all = levels;
        all(
                () -> requireName(name),
                () -> requireLine("hypothesis", hypothesis),
                () -> requireLine("source", source),
                () -> evidenceFor.forEach(SettingPlace::of),
                () -> requireAtLeast("least-effect", 1, leastEffect),
                () -> requireAtLeast("pairs", FEWEST_PAIRS, pairs),
                () -> requireAtLeast("brokers", 1, brokers),
                () -> require(brokers <= MOST_BROKERS, "brokers: must be at most " + MOST_BROKERS + ", was " + brokers),
                () -> require(all.size() >= 2, "levels: must be at least two, the first of them the baseline"),
                () -> requireDifferentNames(all),
                () -> all(all.stream()
                        .map(level -> (Runnable) () -> level.requireUsedBy(measure))
                        .toArray(Runnable[]::new)),
                () -> require(
                        measure.isOfALane() == (lane != null),
                        measure.isOfALane()
                                ? "lane: is required by measure " + measure.id()
                                : "lane: has no effect on measure " + measure.id()),
                () -> require(
                        measure.needsLoadedInput() == (load.records() != null),
                        measure.needsLoadedInput()
                                ? "load.records: is required by measure " + measure.id()
                                : "load.records: has no effect on measure " + measure.id()),
                () -> require(
                        !measure.needsRate() || load.rate() > 0,
                        "load.rate: must be above 0 for measure " + measure.id()),
                () -> require(figure.isOf(measure), "figure: measure " + measure.id() + " has no " + figure.id()),
                () -> require(
                        !figure.needsRate() || load.rate() > 0,
                        "figure: " + figure.id() + " requires a load.rate above 0"));
    }

    /** The baseline's name. */
    public String baseline() {
        return levels.get(0).name();
    }

    /** The settings that it is about. */
    public List<SettingPlace> evidence() {
        return evidenceFor.stream().map(SettingPlace::of).toList();
    }

    /** The levels in the order of a pass: every other pass backwards, so that a drift of the machine cancels. */
    public List<FactorLevel> order(int pass) {
        List<FactorLevel> order = new ArrayList<>(levels);
        if (pass % 2 == 1) {
            Collections.reverse(order);
        }
        return order;
    }

    /** The load of a level. */
    public TrialLoad load(FactorLevel level) {
        return load.with(level);
    }

    /** How long so many trials and rulers take. */
    public Duration takes(int trials, int rulers) {
        return AROUND_A_TRIAL
                .plus(measure.isOfALane() ? START_OF_A_LANE : Duration.ZERO)
                .plusMillis(load.loaded() / LOADED_PER_MILLI)
                .plus(load.warmUp())
                .plus(load.duration())
                .multipliedBy(trials)
                .plus(RULER.multipliedBy(rulers));
    }

    /** The same experiment for a moment only, to see that it runs. It keeps no verdict. */
    public Experiment shortened() {
        return new Experiment(
                name,
                hypothesis,
                source,
                evidenceFor,
                measure,
                lane,
                topic,
                load.shortened(measure),
                figure,
                leastEffect,
                pairs,
                brokers,
                levels);
    }

    private static void requireName(String name) {
        require(name.matches("[a-z0-9-]+"), "name: must consist of a-z, 0-9 and '-', was '" + name + "'");
    }

    private static void requireDifferentNames(List<FactorLevel> levels) {
        Set<String> names = new HashSet<>();
        levels.forEach(
                level -> require(names.add(level.name()), "levels: there are two levels '" + level.name() + "'"));
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
