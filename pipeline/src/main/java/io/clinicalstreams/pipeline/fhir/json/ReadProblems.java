package io.clinicalstreams.pipeline.fhir.json;

import io.clinicalstreams.topics.wire.Reason;
import org.jspecify.annotations.Nullable;

/**
 * The problems found while reading: the first of each category. The package {@code pipeline.fhir} documents the order
 * of reasons.
 */
public final class ReadProblems {

    private @Nullable Reason unreadable;
    private @Nullable Reason json;
    private @Nullable Reason element;

    void reset() {
        unreadable = null;
        json = null;
        element = null;
    }

    /** The bytes cannot be read any further. */
    void unreadable(Reason reason) {
        unreadable = unreadable == null ? reason : unreadable;
    }

    /** Well-formed JSON that is not allowed in any resource. */
    void json(Reason reason) {
        json = json == null ? reason : json;
    }

    /** An element that is read does not conform to FHIR. */
    public void element(Reason reason) {
        element = element == null ? reason : element;
    }

    @Nullable
    public Reason unreadable() {
        return unreadable;
    }

    /** The problem that rejects a resource of any type. */
    @Nullable
    public Reason ofJson() {
        return unreadable != null ? unreadable : json;
    }

    /** Sets aside the problems so far, to collect those of a part until {@link #putBack}. */
    public Noted setAside() {
        Noted noted = new Noted(json, element);
        json = null;
        element = null;
        return noted;
    }

    /** Restores the problems that were set aside and returns the part's most important problem; null if it has none. */
    @Nullable
    public Reason putBack(Noted noted) {
        Reason ofPart = json != null ? json : element;
        json = noted.json;
        element = noted.element;
        return ofPart;
    }

    /** Problems that were set aside. */
    public record Noted(@Nullable Reason json, @Nullable Reason element) {}

    /** The most important problem. */
    @Nullable
    public Reason first() {
        Reason reason = ofJson();
        return reason != null ? reason : element;
    }
}
