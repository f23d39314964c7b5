package io.clinicalstreams.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clinicalstreams.loadgen.generate.Generated;
import io.clinicalstreams.loadgen.generate.Malformation;
import io.clinicalstreams.loadgen.scenario.Scenario;
import io.clinicalstreams.loadgen.scenario.Share;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;

/** What a run has sent, so that no guarantee is checked on input that lacks what it is about. */
final class SentKinds {

    private static final Duration WITHIN = Duration.ofSeconds(60);

    /** A run with less of it is about other things, and need not last until each kind was sent. */
    private static final double ABOUT_MALFORMED_INPUT = 0.05;

    private final Scenario scenario;
    private final Set<String> sent = new ConcurrentSkipListSet<>();

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
        } else if (record.critical()) {
            sent.add("critical " + record.keying());
        } else {
            sent.add((record.kind() == Generated.Kind.BUNDLE ? "Bundle " : "routine ") + record.keying());
        }
    }

    /** Every keying of critical readings and of Bundles, and every malformed kind, as far as the scenario asks for them. */
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
