package io.clinicalstreams.pipeline.runtime;

import io.clinicalstreams.pipeline.step.RuleTable;
import org.apache.kafka.streams.KafkaStreams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pauses the alerting lane while there are no rules to evaluate: until the reference data is loaded at start, and again
 * if it is deleted. Readiness alone would not stop processing of assigned partitions.
 */
final class PauseWithoutRules {

    private static final Logger LOG = LoggerFactory.getLogger(PauseWithoutRules.class);

    /** What is paused: a {@code KafkaStreams} instance, or one of a test. */
    interface Pausable {

        void pause();

        void resume();

        boolean isPaused();
    }

    private final Pausable streams;
    private final RuleTable rules;
    private boolean loaded;

    PauseWithoutRules(KafkaStreams streams, RuleTable rules) {
        this(
                new Pausable() {
                    @Override
                    public void pause() {
                        streams.pause();
                    }

                    @Override
                    public void resume() {
                        streams.resume();
                    }

                    @Override
                    public boolean isPaused() {
                        return streams.isPaused();
                    }
                },
                rules);
    }

    PauseWithoutRules(Pausable streams, RuleTable rules) {
        this.streams = streams;
        this.rules = rules;
    }

    /** Call before the lane starts. */
    void holdBack() {
        streams.pause();
        rules.onChange(this::adjust);
    }

    /** Call after the lane has started: the reference topic has then been read to its end. */
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
            LOG.atInfo().log("the alerting lane evaluates " + rules.size() + " rules");
            streams.resume();
        } else if (!rules.isUsable() && !streams.isPaused()) {
            LOG.atError().log("the alert rules were deleted; the alerting lane waits until they are restored");
            streams.pause();
        }
    }
}
