package io.clinicalstreams.pipeline.fhir;

import io.clinicalstreams.pipeline.fhir.datatype.KnownTypes;
import io.clinicalstreams.pipeline.fhir.json.JsonCursor;
import io.clinicalstreams.pipeline.fhir.json.ReadProblems;
import io.clinicalstreams.pipeline.fhir.json.Span;
import io.clinicalstreams.pipeline.fhir.json.Text;
import io.clinicalstreams.topics.wire.BundleTargets;
import io.clinicalstreams.topics.wire.Reason;
import io.clinicalstreams.topics.wire.Reference;
import io.clinicalstreams.topics.wire.ResourceIds;
import org.jspecify.annotations.Nullable;

/**
 * The first pass over one entry of a Bundle: its position, type and fullUrl. A problem in one entry does not affect the
 * others.
 */
final class EntryScan {

    private final JsonCursor cursor;
    private int resources;
    private int from;
    private int to;
    private long fullUrl;
    private long type;
    private long id;

    EntryScan(JsonCursor cursor) {
        this.cursor = cursor;
    }

    /** Scans the entry at the cursor and adds the target of its fullUrl. */
    BundleEntry scan(BundleTargets targets) {
        clear();
        ReadProblems.Noted ofBundle = cursor.problems().setAside();
        int entryFrom = cursor.position();
        scanEntry();
        int entryTo = cursor.end();
        Reason problem = cursor.problems().putBack(ofBundle);
        if (fullUrl != Span.NONE && resources == 1) {
            noteTarget(targets);
        }
        // Without exactly one resource, the whole entry is quarantined.
        return resources == 1
                ? new BundleEntry(from, to, true, type, fullUrl, problem)
                : new BundleEntry(entryFrom, entryTo, false, Span.NONE, fullUrl, problem);
    }

    private void clear() {
        resources = 0;
        fullUrl = Span.NONE;
        type = Span.NONE;
        id = Span.NONE;
    }

    private void scanEntry() {
        for (boolean inside = cursor.enterObject(); inside && cursor.nextName(); ) {
            switch (cursor.element()) {
                case FULL_URL -> fullUrl = cursor.string();
                case RESOURCE -> scanResource();
                default -> cursor.skip();
            }
        }
    }

    private void scanResource() {
        from = cursor.position();
        if (cursor.enterObject()) {
            resources++;
            while (cursor.nextName()) {
                switch (cursor.element()) {
                    case RESOURCE_TYPE -> type = stringIfAny();
                    case ID -> id = stringIfAny();
                    default -> cursor.skip();
                }
            }
        }
        to = cursor.end();
    }

    /** Does not check what the type's own reader checks. */
    private long stringIfAny() {
        if (cursor.isAtString()) {
            return cursor.anyString();
        }
        cursor.skip();
        return Span.NONE;
    }

    private void noteTarget(BundleTargets targets) {
        byte[] bytes = cursor.bytes();
        String url = Text.of(bytes, fullUrl);
        if (Reference.isUrn(url)) {
            String known = KnownTypes.BY_NAME.find(bytes, type);
            targets.add(
                    url, new BundleTargets.Target(known == null ? "" : known, known == null ? null : usableId(bytes)));
        }
    }

    private @Nullable String usableId(byte[] bytes) {
        String text = id == Span.NONE ? "" : Text.of(bytes, id);
        return ResourceIds.isId(text, 0) ? text : null;
    }
}
