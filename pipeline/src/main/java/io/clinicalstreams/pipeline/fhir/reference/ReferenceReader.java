package io.clinicalstreams.pipeline.fhir.reference;

import io.clinicalstreams.pipeline.fhir.datatype.IdentifierReader;
import io.clinicalstreams.pipeline.fhir.datatype.Ids;
import io.clinicalstreams.pipeline.fhir.datatype.KnownTypes;
import io.clinicalstreams.pipeline.fhir.json.Bounds;
import io.clinicalstreams.pipeline.fhir.json.Element;
import io.clinicalstreams.pipeline.fhir.json.JsonCursor;
import io.clinicalstreams.pipeline.fhir.json.Span;
import io.clinicalstreams.pipeline.fhir.json.Text;
import io.clinicalstreams.topics.wire.Reason;
import io.clinicalstreams.topics.wire.Reference;
import io.clinicalstreams.topics.wire.ResourceTypeNames;
import io.clinicalstreams.topics.wire.Subject;
import org.jspecify.annotations.Nullable;

/** Reads a Reference: its text, its identifier and its type. */
public final class ReferenceReader implements Subject {

    private final IdentifierReader identifier = new IdentifierReader();
    private byte[] bytes = {};
    private long place = Span.NONE;

    /** The resource type in {@code Type/id}, the usual form, whose parts are created only when asked for. */
    private @Nullable String typeInText;

    private @Nullable String text;
    private @Nullable Reference reference;
    private long type = Span.NONE;
    private boolean hasContent;

    public void clear() {
        place = Span.NONE;
        typeInText = null;
        text = null;
        reference = null;
        type = Span.NONE;
        hasContent = false;
        identifier.clear();
    }

    /** Replaces what was read before: an object that is given twice is rejected, but may be asked first. */
    public void read(JsonCursor cursor) {
        clear();
        bytes = cursor.bytes();
        int start = cursor.position() + 1;
        place = Span.of(start, start, false);
        for (boolean inside = cursor.enterObject(); inside && cursor.nextName(); ) {
            hasContent |= cursor.element() != Element.ID;
            switch (cursor.element()) {
                case REFERENCE -> readText(cursor);
                case TYPE -> type = cursor.string();
                case IDENTIFIER -> identifier.read(cursor);
                default -> cursor.skip();
            }
        }
    }

    private void readText(JsonCursor cursor) {
        long span = cursor.string();
        if (span == Span.NONE) {
            return;
        }
        place = span;
        text = null;
        reference = null;
        typeInText = typeOfPlain(bytes, span);
        if (typeInText != null) {
            return;
        }
        text = Text.of(bytes, span);
        reference = Span.length(span) > Bounds.TEXT_BYTES ? null : Reference.parse(text);
        if (reference == null) {
            cursor.problems().element(Reason.INVALID_REFERENCE);
        }
    }

    /** The type in {@code Type/id}; null if the text is in another form, or has a version. */
    private static @Nullable String typeOfPlain(byte[] bytes, long span) {
        int start = Span.start(span);
        int end = Span.end(span);
        int slash = start;
        while (slash < end && bytes[slash] != '/') {
            slash++;
        }
        boolean isPlain = slash < end && !Span.isEscaped(span) && Ids.isId(bytes, Span.of(slash + 1, end, false));
        return isPlain ? KnownTypes.BY_NAME.find(bytes, Span.of(start, slash, false)) : null;
    }

    /** Where its text is; if it has none, an empty place at the start of the object. */
    long place() {
        return place;
    }

    /** True if it contains more than an id. */
    public boolean hasContent() {
        return hasContent;
    }

    /** The text if it is {@code Patient/id} and no type beside it can contradict it: outside a Bundle, that is the key. */
    public @Nullable String plainPatient() {
        return type == Span.NONE && ResourceTypeNames.PATIENT.equals(typeInText) ? text() : null;
    }

    @Override
    public @Nullable String text() {
        if (text == null && typeInText != null) {
            text = Text.of(bytes, place);
        }
        return text;
    }

    @Override
    public @Nullable Reference reference() {
        String plain = text();
        if (reference == null && typeInText != null && plain != null) {
            reference =
                    new Reference(Reference.Kind.RELATIVE, plain, typeInText, plain.substring(typeInText.length() + 1));
        }
        return reference;
    }

    @Override
    public @Nullable String system() {
        return identifier.system();
    }

    @Override
    public @Nullable String logical() {
        return identifier.text();
    }

    @Override
    public @Nullable String type() {
        if (type == Span.NONE) {
            return null;
        }
        String uri = Text.of(bytes, type);
        return uri.startsWith(TYPE_BASE) ? uri.substring(TYPE_BASE.length()) : uri;
    }

    /** The base of a type's URI. */
    private static final String TYPE_BASE = "http://hl7.org/fhir/StructureDefinition/";
}
