package io.clinicalstreams.pipeline.fhir.json;

import io.clinicalstreams.topics.wire.Reason;
import org.jspecify.annotations.Nullable;

/** What was found wrong while reading: of each weight the first. The order of reasons is in the documentation of {@code pipeline.fhir}. */
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

    /** Well-formed JSON that no resource may hold. */
    void json(Reason reason) {
        json = json == null ? reason : json;
    }

    /** An element that is read is not what FHIR says it is. */
    public void element(Reason reason) {
        element = element == null ? reason : element;
    }

    @Nullable
    public Reason unreadable() {
        return unreadable;
    }

    /** What rejects a resource of any type. */
    @Nullable
    public Reason ofJson() {
        return unreadable != null ? unreadable : json;
    }

    /** Puts aside what was noted so far, to note what belongs to a part; {@link #putBack} ends that. */
    public Noted setAside() {
        Noted noted = new Noted(json, element);
        json = null;
        element = null;
        return noted;
    }

    /** Takes what was set aside up again and answers the weightiest problem of the part; null when it has none. */
    @Nullable
    public Reason putBack(Noted noted) {
        Reason ofPart = json != null ? json : element;
        json = noted.json;
        element = noted.element;
        return ofPart;
    }

    /** ReadProblems that were set aside. */
    public record Noted(@Nullable Reason json, @Nullable Reason element) {}

    /** The weightiest. */
    @Nullable
    public Reason first() {
        Reason reason = ofJson();
        return reason != null ? reason : element;
    }
}
