package io.clinicalstreams.pipeline.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.clinicalstreams.pipeline.fhir.resource.Finding;
import io.clinicalstreams.topics.wire.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Fuzz target: any bytes as a record's value. Jackson decides whether they are JSON, HAPI what they contain. */
final class BytesFuzz {

    /** Reasons found before the JSON is read. */
    private static final Set<Reason> BEFORE = EnumSet.of(Reason.EMPTY_VALUE, Reason.TOO_LARGE, Reason.INVALID_UTF8);

    private static final Set<Reason> NOT_READABLE = EnumSet.of(Reason.NOT_JSON, Reason.NESTING_TOO_DEEP);

    private static final JsonFactory JACKSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private static final Reading READING = new Reading();
    private static final HapiComparison HAPI = new HapiComparison();

    private BytesFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        List<ReadResource> read = READING.all(data);
        assertThat(read).isNotEmpty().noneMatch(one -> rejected(one, EnumSet.of(Reason.UNEXPECTED)));
        boolean first = rejected(read.get(0), BEFORE);
        assertThat(rejected(read.get(0), EnumSet.of(Reason.INVALID_UTF8))).isEqualTo(!isUtf8(data));
        if (!first) {
            assertThat(read.size() == 1 && rejected(read.get(0), NOT_READABLE)).isEqualTo(!isJson(data));
            if (read.size() == 1) {
                HAPI.compareFields(data, read.get(0).finding());
            }
        }
    }

    private static boolean rejected(ReadResource read, Set<Reason> reasons) {
        return read.finding() instanceof Finding.Rejected rejected && reasons.contains(rejected.reason());
    }

    private static boolean isUtf8(byte[] data) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(data)) != null;
        } catch (CharacterCodingException invalid) {
            return false;
        }
    }

    /** One JSON value and nothing behind it. */
    private static boolean isJson(byte[] data) {
        String text = new String(data, StandardCharsets.UTF_8);
        if (text.indexOf(0) >= 0 || text.startsWith("\ufeff")) {
            // Jackson would read another encoding, or skip a byte order mark.
            return false;
        }
        // Of text, Jackson takes only the low byte of a hexadecimal digit.
        try (JsonParser parser = JACKSON.createParser(data)) {
            int open = 0;
            do {
                JsonToken token = parser.nextToken();
                if (token == null) {
                    return false;
                }
                // A token that is skipped is not decoded, and its escapes are not checked.
                parser.finishToken();
                open += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            } while (open > 0);
            return parser.nextToken() == null;
        } catch (IOException malformed) {
            return false;
        }
    }
}
