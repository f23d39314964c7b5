package io.clinicalstreams.pipeline.runtime;

import io.clinicalstreams.pipeline.step.RuleTable;
import org.apache.kafka.streams.KafkaStreams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the alerting lane while there are no rules to evaluate by: before its start until the reference data are loaded,
 * and again when they vanish. Readiness alone would not hold back what is already assigned.
 */
final class PauseWithoutRules {

    private static final Logger LOG = LoggerFactory.getLogger(PauseWithoutRules.class);

    private final KafkaStreams streams;
    private final RuleTable rules;
    private boolean loaded;

    PauseWithoutRules(KafkaStreams streams, RuleTable rules) {
        this.streams = streams;
        this.rules = rules;
    }

    /** Call before the lane starts. */
    void holdBack() {
        streams.pause();
        rules.onChange(this::adjust);
    }

    /** Call when the lane has started: then the reference topic has been read to its end. */
    synchronized void referenceDataLoaded() {
        loaded = true;
        adjust();
        if (streams.isPaused()) {
            LOG.atWarn()
                    .log("the alerting lane waits: no complete set of alert rules; load them with"
                            + " 'topics reference apply'");
        }
    }

    private synchronized void adjust() {
        if (!loaded) {
            return;
        }
        if (rules.isUsable() && streams.isPaused()) {
            LOG.atInfo().log("the alerting lane evaluates by " + rules.size() + " rules");
            streams.resume();
        } else if (!rules.isUsable() && !streams.isPaused()) {
            LOG.atError().log("the alert rules have vanished; the alerting lane waits until they are back");
            streams.pause();
        }
    }
}
