package io.clinicalstreams.verifier.account;

import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.topics.wire.ClinicalHeaders;
import io.clinicalstreams.topics.wire.Coordinates;
import io.clinicalstreams.verifier.source.Fingerprint;
import io.clinicalstreams.verifier.source.Mark;
import io.clinicalstreams.verifier.source.TopicSource;
import io.clinicalstreams.verifier.source.VerifiedTopic;
import io.clinicalstreams.verifier.source.VerifiedTopics;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * In each recorded topic, the resources of one patient that took the same path are in input order. A path is a
 * partition of the input topic, with or without the re-keyed topic; across paths there is no order. Re-keyed entries of
 * one Bundle are in the order of evaluation.
 */
public record PatientOrderKept(@Override List<String> broken) implements Promise {

    private record Path(Fingerprint patient, int inputPartition, boolean rekeyed) {}

    public PatientOrderKept {
        broken = List.copyOf(broken);
    }

    public static PatientOrderKept check(TopicSource source, VerifiedTopics topics, Mark from) {
        Set<Coordinates> rekeyed = new HashSet<>();
        source.read(topics.rekeyed(), from, record -> {
            ClinicalHeaders headers = new ClinicalHeaders(record.headers());
            Coordinates origin = headers.origin();
            if (origin != null && headers.merge() == null) {
                rekeyed.add(origin);
            }
        });
        ProblemList problems = new ProblemList();
        topics.recorded().stream()
                .filter(topic -> !topic.name().equals(TopicNames.MEDICATION_CATALOG))
                .forEach(topic -> check(source, topic, from, rekeyed, problems));
        return new PatientOrderKept(problems.lines());
    }

    private static void check(
            TopicSource source, VerifiedTopic topic, Mark from, Set<Coordinates> rekeyed, ProblemList problems) {
        Map<Path, Coordinates> latest = new HashMap<>();
        source.read(topic, from, record -> {
            Coordinates origin = new ClinicalHeaders(record.headers()).origin();
            if (origin != null) {
                Path path = path(record, origin, rekeyed);
                Coordinates before = latest.put(path, origin);
                if (before != null && isBefore(origin, before, path.rekeyed())) {
                    problems.add(Coordinates.of(record), origin + " comes after " + before);
                }
            }
        });
    }

    private static Path path(ConsumerRecord<byte[], byte[]> record, Coordinates origin, Set<Coordinates> rekeyed) {
        return new Path(Fingerprint.of(record.key()), origin.partition(), rekeyed.contains(origin));
    }

    private static boolean isBefore(Coordinates one, Coordinates other, boolean rekeyed) {
        return one.offset() < other.offset()
                || (!rekeyed && one.offset() == other.offset() && one.index() < other.index());
    }
}
