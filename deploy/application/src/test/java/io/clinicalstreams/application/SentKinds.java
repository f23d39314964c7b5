package io.clinicalstreams.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clinicalstreams.loadgen.generate.Generated;
import io.clinicalstreams.loadgen.generate.GeneratorSettings;
import io.clinicalstreams.loadgen.generate.Malformation;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;

/** What a run has sent, so that no guarantee is checked on input that lacks what it is about. */
final class SentKinds {

    private static final Duration WITHIN = Duration.ofSeconds(60);

    /** A run with less of it is about other things, and need not last until each kind was sent. */
    private static final double ABOUT_MALFORMED_INPUT = 0.05;

    private final GeneratorSettings settings;
    private final Set<String> sent = new ConcurrentSkipListSet<>();

    SentKinds(GeneratorSettings settings) {
        this.settings = settings;
    }

    /** The fraction of critical records. */
    double critical() {
        return settings.critical();
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

    /** Every keying of critical readings and of Bundles, and every malformed kind, as far as the settings ask for them. */
    private Set<String> due() {
        Set<String> due = new TreeSet<>();
        for (Generated.Keying keying : Generated.Keying.values()) {
            if (keying == Generated.Keying.RIGHT || settings.miskeyed() > 0) {
                due.add("routine " + keying);
                if (settings.critical() > 0) {
                    due.add("critical " + keying);
                }
                if (settings.bundles() > 0) {
                    due.add("Bundle " + keying);
                }
            }
        }
        if (settings.malformed() >= ABOUT_MALFORMED_INPUT) {
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
