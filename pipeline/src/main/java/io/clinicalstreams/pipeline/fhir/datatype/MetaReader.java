package io.clinicalstreams.pipeline.fhir.datatype;

import io.clinicalstreams.pipeline.fhir.json.JsonCursor;
import io.clinicalstreams.pipeline.fhir.json.RepeatedValues;
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

    private record Content(
            boolean isTestData,
            @Nullable Long versionId,
            @Nullable Instant lastUpdated) {

        static final Content NONE = new Content(false, null, null);
    }

    private static final TextMap<Boolean> REASONS =
            new TextMap<>(Map.of("http://terminology.hl7.org/CodeSystem/v3-ActReason", true));
    private static final TextMap<Boolean> TEST = new TextMap<>(Map.of("HTEST", true));

    /** More digits may not fit in a long. */
    private static final int MOST_DIGITS = 18;

    private final boolean building;
    private final FhirTime time;
    private final RepeatedValues<Content> repeated = new RepeatedValues<>(this::readContent);
    private Content content = Content.NONE;

    /** @param building whether its content will be used */
    public MetaReader(boolean building, FhirTime time) {
        this.building = building;
        this.time = time;
    }

    public void clear() {
        content = Content.NONE;
    }

    public void read(JsonCursor cursor) {
        content = repeated.read(cursor);
    }

    private Content readContent(JsonCursor cursor) {
        boolean isTestData = false;
        Long versionId = null;
        Instant lastUpdated = null;
        for (boolean inside = cursor.enterObject(); inside && cursor.nextName(); ) {
            switch (cursor.element()) {
                case SECURITY -> isTestData |= readLabels(cursor);
                case VERSION_ID -> versionId = wholeNumber(cursor);
                case LAST_UPDATED -> lastUpdated = instant(cursor);
                default -> cursor.skip();
            }
        }
        return new Content(isTestData, versionId, lastUpdated);
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
        return content.versionId;
    }

    public @Nullable Instant lastUpdated() {
        return content.lastUpdated;
    }

    private boolean readLabels(JsonCursor cursor) {
        boolean isTestData = false;
        for (boolean inside = cursor.enterArray(); inside && cursor.nextElement(); ) {
            isTestData |= readLabel(cursor);
        }
        return isTestData;
    }

    private boolean readLabel(JsonCursor cursor) {
        long system = Span.NONE;
        long code = Span.NONE;
        for (boolean inside = cursor.enterObject(); inside && cursor.nextName(); ) {
            switch (cursor.element()) {
                case SYSTEM -> system = cursor.string();
                case CODE -> code = Codes.read(cursor);
                default -> cursor.skip();
            }
        }
        return building && TEST.find(cursor.bytes(), code) != null && REASONS.find(cursor.bytes(), system) != null;
    }

    /** True if there is a security label HTEST; false if the content is not to be built. */
    public boolean isTestData() {
        return content.isTestData;
    }
}
