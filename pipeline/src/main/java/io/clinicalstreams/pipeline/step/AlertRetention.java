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

    private final Duration asked;
    private final RuleTable rules;
    private Duration told = Duration.ZERO;

    private AlertRetention(Duration asked, RuleTable rules) {
        this.asked = asked;
        this.rules = rules;
    }

    /** Logs a warning whenever the rules make it longer than configured. */
    public static AlertRetention of(Duration asked, RuleTable rules) {
        AlertRetention memory = new AlertRetention(asked, rules);
        rules.onChange(memory::tell);
        return memory;
    }

    Duration length() {
        Duration needed = rules.lookBack();
        return needed.compareTo(asked) > 0 ? needed : asked;
    }

    private synchronized void tell() {
        Duration length = length();
        if (!length.equals(asked) && !length.equals(told)) {
            LOG.atWarn()
                    .log("alerting.keep-ended-alerts is " + asked + ", but a rule looks back for " + length
                            + ": ended alerts are kept that long");
        }
        told = length;
    }
}
