package io.clinicalstreams.pipeline.fhir.datatype;

import io.clinicalstreams.pipeline.fhir.json.JsonCursor;
import io.clinicalstreams.pipeline.fhir.json.Span;
import io.clinicalstreams.pipeline.fhir.json.Text;
import io.clinicalstreams.pipeline.fhir.json.TextMap;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads meta for the security label that marks test data, and for its version. A version that is not in FHIR's format is
 * treated as missing.
 */
public final class MetaReader {

    private static final TextMap<Boolean> REASONS =
            new TextMap<>(Map.of("http://terminology.hl7.org/CodeSystem/v3-ActReason", true));
    private static final TextMap<Boolean> TEST = new TextMap<>(Map.of("HTEST", true));

    /** More digits may not fit in a long. */
    private static final int MOST_DIGITS = 18;

    private final boolean building;
    private final FhirTime time;
    private boolean isTestData;
    private @Nullable Long versionId;
    private @Nullable Instant lastUpdated;

    /** @param building whether its version is read */
    public MetaReader(boolean building, FhirTime time) {
        this.building = building;
        this.time = time;
    }

    public void clear() {
        isTestData = false;
        versionId = null;
        lastUpdated = null;
    }

    public void read(JsonCursor cursor) {
        for (boolean inside = cursor.enterObject(); inside && cursor.nextName(); ) {
            switch (cursor.element()) {
                case SECURITY -> readLabels(cursor);
                case VERSION_ID -> versionId = wholeNumber(cursor);
                case LAST_UPDATED -> lastUpdated = instant(cursor);
                default -> cursor.skip();
            }
        }
    }

    private @Nullable Long wholeNumber(JsonCursor cursor) {
        if (!building || !cursor.isAtString()) {
            cursor.skip();
            return null;
        }
        long span = cursor.anyString();
        String text = span == Span.NONE ? "" : Text.of(cursor.bytes(), span);
        boolean digits = !text.isEmpty()
                && text.length() <= MOST_DIGITS
                && text.chars().allMatch(each -> each >= '0' && each <= '9');
        return digits ? Long.valueOf(text) : null;
    }

    private @Nullable Instant instant(JsonCursor cursor) {
        if (!building || !cursor.isAtString()) {
            cursor.skip();
            return null;
        }
        long span = cursor.anyString();
        return span != Span.NONE && time.isInstant(cursor.bytes(), span) ? time.instant() : null;
    }

    /** meta.versionId, if it is a whole number. */
    public @Nullable Long versionId() {
        return versionId;
    }

    public @Nullable Instant lastUpdated() {
        return lastUpdated;
    }

    private void readLabels(JsonCursor cursor) {
        for (boolean inside = cursor.enterArray(); inside && cursor.nextElement(); ) {
            isTestData |= readLabel(cursor);
        }
    }

    private static boolean readLabel(JsonCursor cursor) {
        boolean reason = false;
        boolean test = false;
        for (boolean inside = cursor.enterObject(); inside && cursor.nextName(); ) {
            switch (cursor.element()) {
                case SYSTEM -> reason = REASONS.find(cursor.bytes(), cursor.string()) != null;
                case CODE -> test = TEST.find(cursor.bytes(), Codes.read(cursor)) != null;
                default -> cursor.skip();
            }
        }
        return reason && test;
    }

    /** True if there is a security label HTEST. */
    public boolean isTestData() {
        return isTestData;
    }
}
