package io.clinicalstreams.loadgen.command;

import io.clinicalstreams.loadgen.capacity.Attempt;
import io.clinicalstreams.loadgen.capacity.Backlog;
import io.clinicalstreams.loadgen.capacity.Capacity;
import io.clinicalstreams.loadgen.capacity.CapacitySearch;
import io.clinicalstreams.loadgen.capacity.RateObjective;
import io.clinicalstreams.loadgen.generate.Generator;
import io.clinicalstreams.loadgen.generate.GeneratorSource;
import io.clinicalstreams.loadgen.measure.Lag;
import io.clinicalstreams.loadgen.measure.LatencyProbe;
import io.clinicalstreams.loadgen.result.RunFile;
import io.clinicalstreams.loadgen.result.RunResult;
import io.clinicalstreams.loadgen.result.RunSummary;
import io.clinicalstreams.loadgen.scenario.RateCurve;
import io.clinicalstreams.loadgen.scenario.Scenario;
import io.clinicalstreams.loadgen.send.Schedule;
import io.clinicalstreams.loadgen.send.Source;
import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.cluster.ClusterAnswer;
import io.clinicalstreams.topics.problem.CommandException;
import io.clinicalstreams.topics.problem.ExitCode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code loadgen capacity}: the highest rate that a running system bears. */
@Command(
        name = "capacity",
        description =
                "Finds the highest rate at which the lag of the lanes, or of --group, does not grow and the objective"
                        + " holds. Doubles the rate until it fails, halves the interval, then repeats both ends.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:found: a rate that held each time",
            "1:a failure, or interrupted; what was found before is printed. Or --result could not be written",
            "2:wrong usage or configuration, no lane has run yet, or the lag of a group cannot be read",
            "3:no rate held"
        })
final class CapacityCommand extends GeneratingCommand {

    private static final Set<String> OUTCOMES =
            Set.of(RunSummary.PRODUCE, LatencyProbe.RECORDED, LatencyProbe.ALERT, LatencyProbe.READ);

    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final Duration SETTLED_WITHIN = Duration.ofMinutes(10);
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(30);
    private static final double PERCENT = 100;

    /** Of a second's load: so little is always under way. */
    private static final double SETTLED_SHARE = 0.5;

    private static final long SETTLED_RECORDS = 50;
    private static final int SECONDS_AROUND = 5;

    @Option(
            names = "--from",
            paramLabel = "R",
            description = "First rate, in records per second (default: ${DEFAULT-VALUE}).")
    private double from = 500;

    @Option(names = "--most", paramLabel = "R", description = "The highest rate to try (default: ${DEFAULT-VALUE}).")
    private double most = 1_000_000;

    @Option(
            names = "--duration",
            paramLabel = "D",
            description = "How long each run is measured, at least 15s if a lag is watched (default: 30s).")
    private Duration duration = Duration.ofSeconds(30);

    @Option(
            names = "--width",
            paramLabel = "PERCENT",
            description = "How far apart the two ends may be (default: ${DEFAULT-VALUE}).")
    private double width = 10;

    @Option(names = "--repeats", paramLabel = "N", description = "Runs at each end (default: ${DEFAULT-VALUE}).")
    private int repeats = 3;

    @Option(
            names = "--p99",
            paramLabel = "OUTCOME=TIME",
            description = "The objective: the 99th percentile of produce, recorded, alert or read, such as alert=200ms;"
                    + " repeat for more (default: the catalogue's objective for alerts).")
    private Map<String, Duration> p99 = new TreeMap<>();

    /** Why files of --result lack a run. */
    private final List<String> unwritten = new ArrayList<>();

    @Override
    RateCurve load() {
        return steady("--from", from);
    }

    @Override
    Duration duration() {
        return duration;
    }

    @Override
    boolean isEndless() {
        return false;
    }

    @Override
    boolean mustMeasure() {
        return p99.isEmpty() ? isToPipeline() : !p99.keySet().equals(Set.of(RunSummary.PRODUCE));
    }

    @Override
    void checkOptions(Catalogue catalogue) {
        require(from >= 1 && most >= from, "--from, --most: must be at least 1, and --most not below --from");
        require(width >= 1, "--width: must be at least 1, was " + width);
        require(repeats >= 1, "--repeats: must be at least 1, was " + repeats);
        p99.keySet()
                .forEach(outcome ->
                        require(OUTCOMES.contains(outcome), "--p99: " + outcome + " is none of " + OUTCOMES));
        RateCurve unused = load();
        Scenario unusedToo = scenario();
    }

    private void require(boolean holds, String message) {
        if (!holds) {
            throw wrongUsage(message);
        }
    }

    @Override
    Source source(Catalogue catalogue, Schedule schedule, int partitions) {
        return source(scenario(), schedule, partitions);
    }

    private static Source source(Scenario scenario, Schedule schedule, int partitions) {
        return new GeneratorSource(
                new Generator(scenario, partitions),
                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                schedule.load(),
                Long.MAX_VALUE);
    }

    @Override
    Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>(scenarioSettings());
        settings.put("durationSeconds", duration.toMillis() / 1e3);
        return settings;
    }

    @Override
    ExitCode send(LoadSession session) throws Exception {
        if (isToPipeline() && session.lags().isEmpty()) {
            throw new CommandException(
                    ExitCode.WRONG_USAGE, "no lane has run on this cluster: start the pipeline, or name a --group");
        }
        RateObjective objective = objective(session);
        require(
                !objective.groups().isEmpty() || !objective.p99().isEmpty(),
                "with --topic, a --group or a --p99 is needed: there is nothing else that could fail");
        require(
                objective.groups().isEmpty() || duration.compareTo(RateObjective.SHORTEST) >= 0,
                "--duration: must be at least " + RateObjective.SHORTEST.toSeconds()
                        + "s, or it does not show whether a lag grows");
        CapacitySearch search = new CapacitySearch(from, most, width / PERCENT, repeats);
        long seconds = warmUpOr(WARM_UP).plus(duration).toSeconds() + SECONDS_AROUND;
        say("Looking for " + objective.text());
        say("usually up to %d runs of about %d s, %d min, and the waits between them; at most %d runs"
                .formatted(
                        search.usualAttempts(),
                        seconds,
                        1 + search.usualAttempts() * seconds / 60,
                        search.mostAttempts()));
        List<Attempt> attempts = new ArrayList<>();
        String incomplete =
                whyEnded(() -> search.find(rate -> attempt(session, objective, rate, attempts.size() + 1), attempts));
        CapacityText text = new CapacityText(new Capacity(attempts), objective, incomplete, unwritten);
        output().print(text::table, text::fields);
        text.problems().forEach(this::say);
        return text.exitCode();
    }

    /** Why a search ended early, as when the cluster goes between two runs; null if it reached its end. */
    static @Nullable String whyEnded(Callable<Capacity> search) throws Exception {
        try {
            Capacity unused = search.call();
            return null;
        } catch (InterruptedException | CommandException | KafkaException | IOException ended) {
            return ClusterAnswer.inWords(ended);
        }
    }

    private RateObjective objective(LoadSession session) {
        Catalogue catalogue = session.catalogue();
        Map<String, Duration> latencies = new TreeMap<>(p99);
        Map<String, Duration> lags = new TreeMap<>();
        if (isToPipeline()) {
            if (p99.isEmpty()) {
                catalogue.alertObjective().ifPresent(alert -> latencies.put(LatencyProbe.ALERT, alert));
            }
            catalogue.lanes().forEach(lane -> {
                Duration most = lane.profile().objectives().maximumLag();
                if (most != null) {
                    lags.put(lane.applicationId(), most);
                }
            });
        }
        return new RateObjective(session.lags().stream().map(Lag::group).collect(Collectors.toSet()), latencies, lags);
    }

    private Attempt attempt(LoadSession session, RateObjective objective, double rate, int number)
            throws IOException, InterruptedException {
        settle(session, rate);
        Schedule schedule = new Schedule(RateCurve.steady(rate), warmUpOr(WARM_UP), duration);
        // The same resources again would be duplicates, which cost less.
        Scenario scenario = scenario().withSeed(scenario().seed() + number);
        Map<String, Object> settings = labelled(settings());
        settings.putAll(scenario.settings());
        RunFile file = file(String.format(Locale.ROOT, "-%02d-%.0f", number, rate));
        try (Source source = source(scenario, schedule, session.partitions())) {
            RunResult result = session.run("loadgen capacity", source, schedule, settings, false, file, progress -> {});
            if (session.stop().isNow()) {
                throw new InterruptedException("a signal stopped the search");
            }
            if (!result.complete()) {
                // A dead cluster says nothing about the rate.
                requireCluster(session);
            }
            Attempt attempt = new Attempt(rate, objective.failures(result, rate));
            say(String.format(
                    Locale.ROOT,
                    "%3d  %,9.0f records/s  %s",
                    number,
                    rate,
                    attempt.held() ? "held" : "failed: " + String.join("; ", attempt.failures())));
            return attempt;
        } finally {
            if (file != null) {
                file.problem().ifPresent(unwritten::add);
            }
        }
    }

    private static void requireCluster(LoadSession session) {
        ClusterAnswer.refusal(session.admin().describeCluster().nodes()).ifPresent(refused -> {
            throw new CommandException(ExitCode.FAILURE, "the cluster does not answer any more");
        });
    }

    /** Waits until the records of the run before are processed. */
    private static void settle(LoadSession session, double rate) throws InterruptedException {
        double most = Math.max(SETTLED_RECORDS, rate * SETTLED_SHARE);
        for (Lag lag : session.lags()) {
            new Backlog(lag.group(), lag::records).await(most, SETTLED_WITHIN, ANSWERS_WITHIN, () -> session.stop()
                    .isNow());
        }
    }

    @Override
    void unreadable(String problem) {
        throw wrongUsage(problem);
    }
}
