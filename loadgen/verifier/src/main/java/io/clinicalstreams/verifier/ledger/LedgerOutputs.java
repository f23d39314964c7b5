package io.clinicalstreams.verifier.ledger;

import io.clinicalstreams.topics.wire.ClinicalHeaders;
import io.clinicalstreams.topics.wire.HeaderNames;
import io.clinicalstreams.verifier.account.ProblemList;
import io.clinicalstreams.verifier.account.Promise;
import io.clinicalstreams.verifier.source.Mark;
import io.clinicalstreams.verifier.source.TopicSource;
import io.clinicalstreams.verifier.source.VerifiedTopic;
import io.clinicalstreams.verifier.source.VerifiedTopics;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The lanes' output as counted in its topics, under the names that the ledger has for it.
 *
 * @param counts by lane, then by group and reason
 */
public record LedgerOutputs(Map<String, Map<String, Map<String, Long>>> counts) {

    private static final String RECORDING = "recording";
    private static final String ALERTING = "alerting";

    /**
     * Reads all output after the mark.
     *
     * @param compacted full names of topics whose records cannot be counted
     */
    public static LedgerOutputs read(TopicSource source, VerifiedTopics topics, Mark from, Set<String> compacted) {
        LedgerOutputs outputs = new LedgerOutputs(new TreeMap<>());
        for (VerifiedTopic topic : topics.recorded()) {
            if (!compacted.contains(topic.fullName())) {
                source.read(topic, from, record -> outputs.count(RECORDING, "recorded", topic.name()));
            }
        }
        source.read(
                topics.rejected(),
                from,
                record -> outputs.count(RECORDING, "rejected", text(record, HeaderNames.REASON)));
        source.read(topics.rekeyed(), from, record -> {
            ClinicalHeaders headers = new ClinicalHeaders(record.headers());
            if (headers.merge() != null) {
                outputs.count(ALERTING, "forwarded", headers.merge().label());
            } else if (headers.origin() != null) {
                outputs.count(RECORDING, "rekeyed", topics.rekeyed().name());
            }
        });
        source.read(
                topics.alertsGenerated(),
                from,
                record -> outputs.count(ALERTING, "alerts", text(record, HeaderNames.TRANSITION)));
        return outputs;
    }

    private static String text(ConsumerRecord<byte[], byte[]> record, String header) {
        String text = new ClinicalHeaders(record.headers()).text(header);
        return text == null ? "none" : text;
    }

    private void count(String lane, String group, String reason) {
        counts.computeIfAbsent(lane, each -> new TreeMap<>())
                .computeIfAbsent(group, each -> new TreeMap<>())
                .merge(reason, 1L, Long::sum);
    }

    /**
     * Everything that the ledger counts as written is in the topics, and nothing else.
     *
     * @param before the lane's counts before the topics were read
     * @param after the same, after they were read
     */
    public Promise match(String lane, LedgerCounts before, LedgerCounts after, Set<String> compacted) {
        ProblemList problems = new ProblemList();
        for (String group :
                lane.equals(ALERTING) ? Set.of("alerts", "forwarded") : Set.of("recorded", "rejected", "rekeyed")) {
            Map<String, Long> written = counts.getOrDefault(lane, Map.of()).getOrDefault(group, Map.of());
            Map<String, Long> least = of(before, group);
            Map<String, Long> most = of(after, group);
            Set<String> reasons = new TreeSet<>(written.keySet());
            reasons.addAll(most.keySet());
            reasons.removeAll(compacted);
            for (String reason : reasons) {
                long found = written.getOrDefault(reason, 0L);
                if (found < least.getOrDefault(reason, 0L) || found > most.getOrDefault(reason, 0L)) {
                    problems.add("%s: the ledger has %d %s as %s, the topics have %d"
                            .formatted(lane, most.getOrDefault(reason, 0L), group, reason, found));
                }
            }
        }
        return problems::lines;
    }

    private static Map<String, Long> of(LedgerCounts counts, String group) {
        if (group.equals("forwarded")) {
            Map<String, Long> forwarded = new TreeMap<>(counts.outcomes(group));
            // The Patient itself is counted as learned.
            counts.findings("merges").forEach((event, count) -> {
                if (event.equals("moved")) {
                    forwarded.merge("state", count, Long::sum);
                }
            });
            return forwarded;
        }
        return group.equals("alerts") ? counts.findings(group) : counts.outcomes(group);
    }
}
