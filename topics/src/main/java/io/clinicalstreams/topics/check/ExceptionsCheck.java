package io.clinicalstreams.topics.check;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.SinkWait;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.check.CheckResult.Verdict;
import java.util.List;
import java.util.stream.Collectors;

/** Where the catalogue's authors accept that a lane misses the objective of a topic it writes, and why they do. */
record ExceptionsCheck(Catalogue catalogue) {

    private static final String NAME = "exceptions";

    CheckResult check() {
        List<String> accepted = catalogue.lanes().stream()
                .flatMap(lane -> lane.sinks().stream()
                        .filter(sink -> lane.slowerSinks().containsKey(sink.name()))
                        .map(sink -> line(lane, sink)))
                .toList();
        return accepted.isEmpty()
                ? CheckResult.of(NAME, List.of(), "no lane misses the objective of a topic it writes")
                : new CheckResult(NAME, Verdict.HELD, accepted);
    }

    private static String line(Lane lane, Topic sink) {
        String waits = SinkWait.of(lane, sink).stream()
                .map(wait -> "%s %d, not %d".formatted(wait.setting(), wait.laneMillis(), wait.mostMillis()))
                .collect(Collectors.joining("; "));
        return "lane %s writes %s with %s: %s"
                .formatted(
                        lane.name(),
                        sink.name(),
                        waits.isEmpty() ? "no delay in this environment" : waits,
                        lane.slowerSinks().get(sink.name()));
    }
}
