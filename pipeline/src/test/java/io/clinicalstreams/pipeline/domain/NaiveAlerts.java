package io.clinicalstreams.pipeline.domain;

import io.clinicalstreams.pipeline.domain.episode.Episode;
import io.clinicalstreams.pipeline.domain.episode.PatientState;
import io.clinicalstreams.pipeline.domain.observation.Evidence;
import io.clinicalstreams.pipeline.domain.observation.KeptReading;
import io.clinicalstreams.pipeline.domain.observation.Observation;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is open after a history by the simplest possible model of one rule, potassium from 6.0, critical from 6.5: of each
 * Observation the version with the highest number counts, withdrawn ones do not, and the alert is the run of high values
 * that ends with the latest one. It shares nothing with the evaluation but the form of its result.
 */
final class NaiveAlerts {

    /**
     * One version of a result.
     *
     * @param value null if it withdraws the result
     */
    record Version(
            String id, int number, Instant time, @Nullable BigDecimal value) {}

    /** An open alert: its severity and, each as {@code id value}, its readings. */
    record Open(String severity, String opening, String latest, String worst) {

        /** What does not depend on whether a later finding reopened it or began another. */
        String now() {
            return severity + ' ' + latest;
        }
    }

    private NaiveAlerts() {}

    static List<Open> of(List<Version> arrived) {
        Map<String, Version> latest = new HashMap<>();
        for (Version version : arrived) {
            latest.merge(version.id(), version, (one, other) -> other.number() > one.number() ? other : one);
        }
        List<Version> run = new ArrayList<>();
        latest.values().stream()
                .filter(version -> version.value() != null)
                .sorted(Comparator.comparing(Version::time))
                .forEach(version -> {
                    if (value(version).compareTo(new BigDecimal("6.0")) < 0) {
                        run.clear();
                    } else {
                        run.add(version);
                    }
                });
        if (run.isEmpty()) {
            return List.of();
        }
        Version last = run.get(run.size() - 1);
        Version worst = run.get(0);
        for (Version version : run) {
            worst = value(version).compareTo(value(worst)) > 0 ? version : worst;
        }
        boolean high = value(last).compareTo(new BigDecimal("6.5")) >= 0;
        return List.of(new Open(high ? "HIGH" : "MODERATE", text(run.get(0)), text(last), text(worst)));
    }

    /** The same of a state. */
    static List<Open> of(PatientState state) {
        return state.episodes().stream()
                .filter(Episode::isOpen)
                .map(open ->
                        new Open(open.severity().name(), text(open.opening()), text(open.latest()), text(open.worst())))
                .toList();
    }

    /** Whether there is one alert at most, and one at least as severe if one is expected. */
    static boolean areCovered(List<Open> expected, List<Open> open) {
        return open.size() <= 1
                && (expected.isEmpty()
                        || (open.size() == 1
                                && (open.get(0).severity().equals("HIGH")
                                        || expected.get(0).severity().equals("MODERATE"))));
    }

    /** Whether an Observation is the latest reading, and news: no alert is held open longer than that. */
    static boolean isDecidedBy(Observation observation, PatientState before, PatientState after) {
        return after.histories().stream()
                .flatMap(history -> history.readings().stream())
                .max(Comparator.comparing(KeptReading::time))
                .filter(latest -> latest.version().equals(observation.version()))
                .filter(latest -> {
                    KeptReading earlier = before.kept(latest.identity());
                    return earlier == null || !earlier.isSameAs(latest);
                })
                .filter(latest -> latest.identity().text().equals(observation.id()))
                .isPresent();
    }

    private static BigDecimal value(Version version) {
        return Objects.requireNonNull(version.value());
    }

    private static String text(Version version) {
        return version.id() + ' ' + version.value();
    }

    private static String text(Evidence evidence) {
        return evidence.observation().text()
                + ' '
                + Objects.requireNonNull(evidence.amount()).value().value();
    }
}
