package io.clinicalstreams.topics.check;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.SlowerSink;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.check.CheckResult.Verdict;
import io.clinicalstreams.topics.validation.SinkWait;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Lists where a lane, which has one producer, writes a topic with other settings than the topic's profile: it delays
 * the readers longer than promised, which its file accepts with a reason; or it compresses or batches differently,
 * which is the lane's decision.
 */
record ExceptionsCheck(Catalogue catalogue) {

    private static final String NAME = "exceptions";

    /** Compared with the objective, not with the profile's value. */
    private static final Set<String> WAITS = Set.of(ProducerConfig.LINGER_MS_CONFIG);

    CheckResult check() {
        List<String> lines = catalogue.lanes().stream()
                .flatMap(lane -> lane.sinks().stream()
                        .flatMap(sink -> Stream.of(accepted(lane, sink), decided(lane, sink))
                                .flatMap(Optional::stream)))
                .toList();
        return lines.isEmpty()
                ? CheckResult.of(NAME, List.of(), "lanes write each topic with its profile's settings")
                : new CheckResult(NAME, Verdict.HELD, lines);
    }

    private static Optional<String> accepted(Lane lane, Topic sink) {
        SlowerSink slower = lane.slowerSinks().get(sink.name());
        if (slower == null) {
            return Optional.empty();
        }
        String waits = SinkWait.of(lane, sink).stream()
                .map(wait -> "%s %d, not %d".formatted(wait.setting(), wait.laneMillis(), wait.mostMillis()))
                .collect(Collectors.joining("; "));
        return Optional.of(line(lane, sink, waits.isEmpty() ? "no delay in this environment" : waits, slower.why()));
    }

    private static Optional<String> decided(Lane lane, Topic sink) {
        String differences = sink.producer().byName().values().stream()
                .filter(wanted -> !WAITS.contains(wanted.name()))
                .flatMap(wanted -> lane.settings().get(StreamsConfig.producerPrefix(wanted.name())).stream()
                        .filter(own -> !own.value().equals(wanted.value()))
                        .map(own -> "%s %s, not %s".formatted(wanted.name(), own.value(), wanted.value())))
                .collect(Collectors.joining("; "));
        return differences.isEmpty()
                ? Optional.empty()
                : Optional.of(line(lane, sink, differences, "a lane has one producer, so the lane decides"));
    }

    private static String line(Lane lane, Topic sink, String how, String why) {
        return "lane %s writes %s with %s: %s".formatted(lane.name(), sink.name(), how, why);
    }
}
