package io.clinicalstreams.pipeline.fhir;

import java.util.Map;

/** Reads meta, for the label that marks test data. */
final class MetaReader {

    private static final Lexicon<Boolean> REASONS =
            new Lexicon<>(Map.of("http://terminology.hl7.org/CodeSystem/v3-ActReason", true));
    private static final Lexicon<Boolean> TEST = new Lexicon<>(Map.of("HTEST", true));

    private boolean isTestData;

    void clear() {
        isTestData = false;
    }

    void read(JsonCursor cursor) {
        if (!cursor.enterObject()) {
            return;
        }
        while (cursor.nextName()) {
            if (cursor.element() == Element.SECURITY) {
                readLabels(cursor);
            } else {
                cursor.skip();
            }
        }
    }

    private void readLabels(JsonCursor cursor) {
        if (!cursor.enterArray()) {
            return;
        }
        while (cursor.nextElement()) {
            isTestData |= readLabel(cursor);
        }
    }

    private static boolean readLabel(JsonCursor cursor) {
        boolean reason = false;
        boolean test = false;
        if (cursor.enterObject()) {
            while (cursor.nextName()) {
                switch (cursor.element()) {
                    case SYSTEM -> reason = REASONS.find(cursor.bytes(), cursor.string()) != null;
                    case CODE -> test = TEST.find(cursor.bytes(), cursor.code()) != null;
                    default -> cursor.skip();
                }
            }
        }
        return reason && test;
    }

    /** True with a security label HTEST. */
    boolean isTestData() {
        return isTestData;
    }
}
