package io.clinicalstreams.loadgen.result;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;

/** How results are written as JSON and read. */
public final class ResultJson {

    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private ResultJson() {}

    public static String text(Object result) {
        try {
            return JSON.writeValueAsString(result) + '\n';
        } catch (JsonProcessingException never) {
            throw new IllegalStateException(never);
        }
    }

    /** The fields of a record, in their order. */
    public static Map<String, Object> fields(Object result) {
        return JSON.convertValue(result, new TypeReference<LinkedHashMap<String, Object>>() {});
    }

    /** @throws JsonProcessingException if the text is no such result */
    public static <T> T read(String text, Class<T> type) throws JsonProcessingException {
        return JSON.readValue(text, type);
    }

    /** Replaces the file in one step, so that a reader finds the result before or this one, and a full disk spoils neither. */
    public static void replace(Path file, Object result) throws IOException {
        Path written = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            Files.writeString(written, text(result));
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(written);
        }
    }
}
