package io.clinicalstreams.application;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clinicalstreams.loadgen.generate.Generated;
import io.clinicalstreams.loadgen.generate.Malformation;
import io.clinicalstreams.loadgen.scenario.Scenario;
import io.clinicalstreams.loadgen.scenario.Share;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a run has sent, so that no guarantee is checked on input that lacks what it is about. */
final class SentKinds {

    private static final Duration WITHIN = Duration.ofSeconds(60);

    /** A run with less of it is about other things, and need not last until each kind was sent. */
    private static final double ABOUT_MALFORMED_INPUT = 0.05;

    /** Less than the least age of a late one, and more than any other has. */
    private static final Duration IN_TIME = Duration.ofSeconds(30);

    private static final String LATE = "late";
    private static final String OVERTAKEN = "overtaken";
    private static final Pattern ISSUED = Pattern.compile("\"issued\":\"([^\"]+)\"");

    private final Scenario scenario;
    private final Set<String> sent = new ConcurrentSkipListSet<>();

    /** When the latest Observation of each key was issued. */
    private final Map<String, Instant> issued = new HashMap<>();

    SentKinds(Scenario scenario) {
        this.scenario = scenario;
    }

    /** The fraction of critical records. */
    double critical() {
        return scenario.share(Share.CRITICAL);
    }

    void add(Generated record) {
        if (record.malformation() != null) {
            sent.add(record.malformation().name());
            return;
        }
        sent.add(record.kind().name());
        if (record.critical()) {
            sent.add("critical " + record.keying());
        } else {
            sent.add((record.kind() == Generated.Kind.BUNDLE ? "Bundle " : "routine ") + record.keying());
        }
        Matcher time = ISSUED.matcher(new String(Objects.requireNonNull(record.value()), UTF_8));
        if (record.kind() != Generated.Kind.BUNDLE && record.keying() == Generated.Keying.RIGHT && time.find()) {
            observed(
                    new String(Objects.requireNonNull(record.key()), UTF_8), Instant.parse(time.group(1)), record.at());
        }
    }

    private void observed(String patient, Instant at, Instant sentAt) {
        if (at.isBefore(sentAt.minus(IN_TIME))) {
            sent.add(LATE);
        } else if (at.isBefore(issued.getOrDefault(patient, Instant.MIN))) {
            sent.add(OVERTAKEN);
        } else {
            issued.put(patient, at);
        }
    }

    /**
     * Every keying of critical readings and of Bundles, whatever changes the past, and every malformed kind, as far as the
     * scenario asks for them.
     */
    private Set<String> due() {
        Set<String> due = new TreeSet<>();
        for (Generated.Keying keying : Generated.Keying.values()) {
            if (keying == Generated.Keying.RIGHT || scenario.share(Share.MISKEYED) > 0) {
                due.add("routine " + keying);
                if (scenario.share(Share.CRITICAL) > 0) {
                    due.add("critical " + keying);
                }
                if (scenario.share(Share.BUNDLES) > 0) {
                    due.add("Bundle " + keying);
                }
            }
        }
        Map.of(
                        Share.CORRECTED, Generated.Kind.CORRECTION.name(),
                        Share.WITHDRAWN, Generated.Kind.WITHDRAWAL.name(),
                        Share.MERGED, Generated.Kind.MERGE.name(),
                        Share.LATE, LATE,
                        Share.REORDERED, OVERTAKEN)
                .forEach((share, kind) -> {
                    if (scenario.share(share) > 0) {
                        due.add(kind);
                    }
                });
        if (scenario.share(Share.MALFORMED) >= ABOUT_MALFORMED_INPUT) {
            for (Malformation malformation : Malformation.values()) {
                due.add(malformation.name());
            }
        }
        return due;
    }

    void awaitEach() {
        await().atMost(WITHIN).untilAsserted(() -> assertThat(sent).containsAll(due()));
    }
}
