package io.clinicalstreams.pipeline.domain.observation;

/**
 * A number with its unit, as it was reported.
 *
 * @param unit {@link Unit#NONE} when there is none
 */
public record Amount(Interval value, Unit unit) {

    /** Hides the value: this may end up in a log. */
    @Override
    public String toString() {
        return "Amount[hidden]";
    }
}
