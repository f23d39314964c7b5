package io.clinicalstreams.experiment;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a trial does. */
public enum Measure {
    /** A bare producer with the topic's settings sends to it. */
    PRODUCE,
    /** A bare consumer with the topic's settings reads what was loaded before. */
    CONSUME,
    /** A lane, as the product itself, processes input that was loaded before. */
    CATCH_UP,
    /** Input comes to a running lane at a fixed rate. */
    STEADY,
    /** An instance of a lane with state is killed while input comes, and starts again or is replaced. */
    RESTORE;

    /** The name in files: {@code catch-up}. */
    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether a lane is under test. */
    public boolean isOfALane() {
        return switch (this) {
            case PRODUCE, CONSUME -> false;
            case CATCH_UP, STEADY, RESTORE -> true;
        };
    }

    /** Whether input is loaded before the trial. */
    boolean needsLoadedInput() {
        return switch (this) {
            case PRODUCE, STEADY -> false;
            case CONSUME, CATCH_UP, RESTORE -> true;
        };
    }

    /** Whether records come at a fixed rate only. */
    boolean needsRate() {
        return switch (this) {
            case PRODUCE, CONSUME, CATCH_UP -> false;
            case STEADY, RESTORE -> true;
        };
    }
}
