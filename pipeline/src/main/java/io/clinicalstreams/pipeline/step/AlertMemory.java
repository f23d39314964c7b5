package io.clinicalstreams.pipeline.step;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long an ended alert is remembered: as long as was asked for, and never shorter than a rule looks back. A reading
 * that is not stale yet, or that comes within the cool-down, has to find the episode that it belongs to.
 */
public final class AlertMemory {

    private static final Logger LOG = LoggerFactory.getLogger(AlertMemory.class);

    private final Duration asked;
    private final RuleTable rules;
    private Duration told = Duration.ZERO;

    private AlertMemory(Duration asked, RuleTable rules) {
        this.asked = asked;
        this.rules = rules;
    }

    /** Says so whenever the rules make it longer than was asked for. */
    public static AlertMemory of(Duration asked, RuleTable rules) {
        AlertMemory memory = new AlertMemory(asked, rules);
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
                    .log("alerting.keep-ended-alerts is " + asked + ", and a rule looks back for " + length
                            + ": ended alerts are kept for so long");
        }
        told = length;
    }
}
