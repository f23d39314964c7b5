package io.clinicalstreams.pipeline.step;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long an ended alert is kept: as long as configured, but at least as long as any rule looks back. A reading that
 * is not yet stale, or that arrives within the cool-down, must find its episode.
 */
public final class AlertRetention {

    private static final Logger LOG = LoggerFactory.getLogger(AlertRetention.class);

    private final Duration configured;
    private final RuleTable rules;
    private Duration warned = Duration.ZERO;

    private AlertRetention(Duration configured, RuleTable rules) {
        this.configured = configured;
        this.rules = rules;
    }

    /** Logs a warning whenever the rules make it longer than configured. */
    public static AlertRetention of(Duration configured, RuleTable rules) {
        AlertRetention retention = new AlertRetention(configured, rules);
        rules.onChange(retention::warnIfLonger);
        return retention;
    }

    Duration length() {
        Duration needed = rules.lookBack();
        return needed.compareTo(configured) > 0 ? needed : configured;
    }

    private synchronized void warnIfLonger() {
        Duration length = length();
        if (!length.equals(configured) && !length.equals(warned)) {
            LOG.atWarn()
                    .log("alerting.keep-ended-alerts is " + configured + ", but a rule looks back for " + length
                            + ": ended alerts are kept that long");
        }
        warned = length;
    }
}
