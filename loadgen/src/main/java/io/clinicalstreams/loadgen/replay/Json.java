package io.clinicalstreams.loadgen.replay;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Streaming parsers over bytes that know each token's offset. */
final class Json {

    private final ObjectMapper mapper = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build());

    JsonParser parser(byte[] json) throws IOException {
        return mapper.createParser(json);
    }

    /** The offset of the current token's first byte. */
    static int start(JsonParser parser) throws IOException {
        long offset = parser.currentTokenLocation().getByteOffset();
        if (offset < 0) {
            throw new IOException("not UTF-8");
        }
        return (int) offset;
    }

    /** The current token's text if it is a string; else null, after skipping its children. */
    static @Nullable String text(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            return parser.getText();
        }
        parser.skipChildren();
        return null;
    }
}
