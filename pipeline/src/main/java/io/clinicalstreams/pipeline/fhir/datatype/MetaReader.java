package io.clinicalstreams.pipeline.fhir.datatype;

import io.clinicalstreams.pipeline.fhir.json.Element;
import io.clinicalstreams.pipeline.fhir.json.JsonCursor;
import io.clinicalstreams.pipeline.fhir.json.TextMap;
import java.util.Map;

/** Reads meta for the security label that marks test data. */
public final class MetaReader {

    private static final TextMap<Boolean> REASONS =
            new TextMap<>(Map.of("http://terminology.hl7.org/CodeSystem/v3-ActReason", true));
    private static final TextMap<Boolean> TEST = new TextMap<>(Map.of("HTEST", true));

    private boolean isTestData;

    public void clear() {
        isTestData = false;
    }

    public void read(JsonCursor cursor) {
        for (boolean inside = cursor.enterObject(); inside && cursor.nextName(); ) {
            if (cursor.element() == Element.SECURITY) {
                readLabels(cursor);
            } else {
                cursor.skip();
            }
        }
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
