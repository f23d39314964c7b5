package io.clinicalstreams.pipeline.fhir.datatype;

import io.clinicalstreams.pipeline.domain.observation.Coding;
import io.clinicalstreams.pipeline.fhir.json.Bounds;
import io.clinicalstreams.pipeline.fhir.json.Element;
import io.clinicalstreams.pipeline.fhir.json.JsonCursor;
import io.clinicalstreams.pipeline.fhir.json.RepeatedValues;
import io.clinicalstreams.pipeline.fhir.json.Span;
import io.clinicalstreams.pipeline.fhir.json.TextCache;
import java.util.ArrayList;
import java.util.List;

/** Reads the codes of a CodeableConcept or a Coding. */
public final class ConceptReader {

    /** What one concept says, with places relative to its own. */
    private record Content(List<Coding> codings, int read, boolean hasContent, long firstCode, long firstSystem) {}

    private final boolean building;
    private final TextCache texts;
    private final RepeatedValues<Content> repeated = new RepeatedValues<>(this::readAlone);
    private final List<Coding> codings = new ArrayList<>();
    private int read;
    private boolean hasContent;
    private long firstCode;
    private long firstSystem;

    /** @param building whether {@link #codings} will be used */
    public ConceptReader(boolean building, TextCache texts) {
        this.building = building;
        this.texts = texts;
    }

    public void clear() {
        codings.clear();
        read = 0;
        hasContent = false;
        firstCode = Span.NONE;
        firstSystem = Span.NONE;
    }

    public void read(JsonCursor cursor) {
        if (read > 0 || hasContent) {
            readConcept(cursor);
            return;
        }
        int from = cursor.position();
        Content content = repeated.read(cursor);
        codings.clear();
        codings.addAll(content.codings);
        read = content.read;
        hasContent = content.hasContent;
        firstCode = Span.moved(content.firstCode, from);
        firstSystem = Span.moved(content.firstSystem, from);
    }

    private Content readAlone(JsonCursor cursor) {
        int from = cursor.position();
        readConcept(cursor);
        return new Content(codings(), read, hasContent, Span.moved(firstCode, -from), Span.moved(firstSystem, -from));
    }

    private void readConcept(JsonCursor cursor) {
        for (boolean inside = cursor.enterObject(); inside && cursor.nextName(); ) {
            hasContent |= cursor.element() != Element.ID;
            switch (cursor.element()) {
                case CODING -> readCodings(cursor);
                case TEXT -> cursor.skipString();
                default -> cursor.skip();
            }
        }
    }

    private void readCodings(JsonCursor cursor) {
        for (boolean inside = cursor.enterArray(); inside && cursor.nextElement(); ) {
            readCoding(cursor);
        }
    }

    /** Reads one Coding that is not inside a CodeableConcept. */
    public void readCoding(JsonCursor cursor) {
        long system = Span.NONE;
        long code = Span.NONE;
        for (boolean inside = cursor.enterObject(); inside && cursor.nextName(); ) {
            hasContent |= cursor.element() != Element.ID;
            switch (cursor.element()) {
                case SYSTEM -> system = cursor.string();
                case CODE -> code = Codes.read(cursor);
                default -> cursor.skip();
            }
        }
        if (firstCode == Span.NONE) {
            firstCode = code;
            firstSystem = system;
        }
        read++;
        if (building && read <= Bounds.CODINGS && (system != Span.NONE || code != Span.NONE)) {
            codings.add(new Coding(texts.text(cursor.bytes(), system), texts.text(cursor.bytes(), code)));
        }
    }

    /** True if there is any content other than ids. */
    public boolean hasContent() {
        return hasContent;
    }

    /** True if there are more than a reader of {@link #codings} has to take. */
    public boolean hasTooManyCodings() {
        return read > Bounds.CODINGS;
    }

    /** The first code; {@link Span#NONE} if there is none. */
    public long firstCode() {
        return firstCode;
    }

    /** The system of {@link #firstCode}; {@link Span#NONE} if it has none. */
    public long firstSystem() {
        return firstSystem;
    }

    /** The codings that have a system or a code. */
    public List<Coding> codings() {
        return codings.size() == 1 ? List.of(codings.get(0)) : List.copyOf(codings);
    }
}
