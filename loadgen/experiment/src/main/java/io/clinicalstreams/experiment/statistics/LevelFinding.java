package io.clinicalstreams.experiment.statistics;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What the trials say about a level, compared with the baseline. */
public enum LevelFinding {
    BETTER,
    WORSE,
    NO_CLEAR_DIFFERENCE,
    /** The rulers drifted, so the trials say nothing. */
    MACHINE_TOO_NOISY;

    @JsonCreator
    static LevelFinding of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT).replace(' ', '_'));
    }

    @Override
    @JsonValue
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
