package io.clinicalstreams.pipeline.fhir.structure;

import io.clinicalstreams.pipeline.fhir.datatype.Codes;
import io.clinicalstreams.pipeline.fhir.datatype.FhirTime;
import io.clinicalstreams.pipeline.fhir.datatype.Ids;
import io.clinicalstreams.pipeline.fhir.json.Span;
import io.clinicalstreams.pipeline.fhir.json.Text;
import java.time.ZoneOffset;
import java.util.regex.Pattern;

/** The formats of R4's primitive types that are JSON strings. None may be empty. */
final class TextFormats {

    private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\\.[0-9]+)?");
    private static final Pattern OID = Pattern.compile("urn:oid:[0-2](\\.(0|[1-9][0-9]*))+");
    private static final Pattern UUID =
            Pattern.compile("urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private final FhirTime time = new FhirTime(ZoneOffset.UTC);
    private final Narratives narratives = new Narratives();

    boolean isValid(ElementKind kind, byte[] bytes, long span) {
        if (Span.length(span) == 0) {
            return false;
        }
        return switch (kind) {
            case STRING, MARKDOWN, RESOURCE_TYPE -> true;
            case CODE -> Codes.isCode(bytes, span);
            case URI, URL, CANONICAL -> hasNoWhitespace(bytes, span);
            case ID -> Ids.isId(bytes, span);
            case DATE_TIME -> time.read(bytes, span);
            case INSTANT -> time.read(bytes, span) && time.isMoment();
            case DATE -> time.read(bytes, span) && !time.isMoment();
            case TIME -> matches(TIME, bytes, span);
            case OID -> matches(OID, bytes, span);
            case UUID -> matches(UUID, bytes, span);
            case BASE64 -> isBase64(bytes, span);
            case XHTML -> narratives.isValid(Text.of(bytes, span));
            case ANY, OBJECT, RESOURCE, CODED, BOOLEAN, DECIMAL, INTEGER, POSITIVE_INTEGER, UNSIGNED_INTEGER ->
                throw new IllegalArgumentException("not a text: " + kind);
        };
    }

    private static boolean matches(Pattern format, byte[] bytes, long span) {
        return format.matcher(Text.of(bytes, span)).matches();
    }

    private static boolean hasNoWhitespace(byte[] bytes, long span) {
        if (Span.isEscaped(span)) {
            byte[] text = Text.utf8(bytes, span);
            return hasNoWhitespace(text, 0, text.length);
        }
        return hasNoWhitespace(bytes, Span.start(span), Span.end(span));
    }

    private static boolean hasNoWhitespace(byte[] bytes, int start, int end) {
        for (int at = start; at < end; at++) {
            if (bytes[at] == ' ' || (bytes[at] >= '\t' && bytes[at] <= '\r')) {
                return false;
            }
        }
        return true;
    }

    /** Groups of four characters, with whitespace anywhere and padding only at the end. */
    private static boolean isBase64(byte[] bytes, long span) {
        byte[] text = Span.isEscaped(span) ? Text.utf8(bytes, span) : bytes;
        int at = Span.isEscaped(span) ? 0 : Span.start(span);
        int end = Span.isEscaped(span) ? text.length : Span.end(span);
        int characters = 0;
        int padding = 0;
        for (; at < end; at++) {
            byte next = text[at];
            if (next == '=') {
                padding++;
            } else if (isBase64(next) && padding == 0) {
                characters++;
            } else if (next != ' ' && (next < '\t' || next > '\r')) {
                return false;
            }
        }
        return characters > 0 && padding <= 2 && (characters + padding) % 4 == 0;
    }

    private static boolean isBase64(byte next) {
        return (next >= 'A' && next <= 'Z')
                || (next >= 'a' && next <= 'z')
                || (next >= '0' && next <= '9')
                || next == '+'
                || next == '/';
    }
}
