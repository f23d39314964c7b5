package io.clinicalstreams.loadgen.command;

import io.clinicalstreams.loadgen.capacity.Attempt;
import io.clinicalstreams.loadgen.capacity.Capacity;
import io.clinicalstreams.loadgen.capacity.RateObjective;
import io.clinicalstreams.topics.problem.ExitCode;
import io.clinicalstreams.topics.terminal.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A capacity as text and as JSON.
 *
 * @param incomplete why the search ended early; null if it did not
 * @param unwritten why files of runs are missing, one text each
 */
record CapacityText(
        Capacity capacity,
        RateObjective objective,
        @Nullable String incomplete,
        List<String> unwritten) {

    String table() {
        Table table = new Table("RUN", "RECORDS/S", "HELD", "WHY NOT");
        int number = 0;
        for (Attempt attempt : capacity.attempts()) {
            table.row(
                    "" + ++number,
                    whole(attempt.rate()),
                    attempt.held() ? "yes" : "no",
                    String.join("; ", attempt.failures()));
        }
        return table + System.lineSeparator() + System.lineSeparator() + sentence();
    }

    private String sentence() {
        OptionalDouble holds = capacity.holds();
        OptionalDouble fails = capacity.fails();
        String held = holds.isEmpty()
                ? "No rate held"
                : "CAPACITY at least %s records/s: held in %d of %s"
                        .formatted(
                                whole(holds.getAsDouble()),
                                capacity.count(holds.getAsDouble(), true),
                                runs(holds.getAsDouble()));
        String failed = fails.isEmpty()
                ? "; no rate failed each time"
                : "; %s failed in %d of %s (%s)"
                        .formatted(
                                whole(fails.getAsDouble()),
                                capacity.count(fails.getAsDouble(), false),
                                runs(fails.getAsDouble()),
                                String.join("; ", capacity.failures(fails.getAsDouble())));
        return held + failed;
    }

    Map<String, Object> fields() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        OptionalDouble holds = capacity.holds();
        OptionalDouble fails = capacity.fails();
        json.put("complete", incomplete == null);
        json.put("incompleteBecause", incomplete);
        json.put("objective", objective.text());
        json.put("holds", holds.isEmpty() ? null : holds.getAsDouble());
        json.put("heldRuns", holds.isEmpty() ? 0 : capacity.count(holds.getAsDouble(), true));
        json.put("fails", fails.isEmpty() ? null : fails.getAsDouble());
        json.put("failedRuns", fails.isEmpty() ? 0 : capacity.count(fails.getAsDouble(), false));
        json.put("attempts", capacity.attempts());
        return json;
    }

    /** What went wrong, for people. */
    List<String> problems() {
        return Stream.concat(unwritten.stream(), Stream.ofNullable(incomplete).map(reason -> "incomplete: " + reason))
                .distinct()
                .toList();
    }

    ExitCode exitCode() {
        if (incomplete != null || !unwritten.isEmpty()) {
            return ExitCode.FAILURE;
        }
        return capacity.holds().isPresent() ? ExitCode.OK : ExitCode.NOT_HELD;
    }

    private String runs(double rate) {
        long runs = capacity.count(rate, true) + capacity.count(rate, false);
        return runs == 1 ? "1 run" : runs + " runs";
    }

    private static String whole(double rate) {
        return String.format(Locale.ROOT, "%,.0f", rate);
    }
}
