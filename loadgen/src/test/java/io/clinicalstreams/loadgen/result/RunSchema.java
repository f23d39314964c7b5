package io.clinicalstreams.loadgen.result;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The schema of result files, as the repository has it. */
public final class RunSchema {

    private static final Path SCHEMA =
            Path.of(System.getProperty("project.root", ".."), "loadgen/run-result.schema.json");

    private RunSchema() {}

    /** What the schema does not allow. */
    public static List<String> problems(String json) throws IOException {
        JsonNode schema = new ObjectMapper().readTree(Files.readString(SCHEMA));
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(schema)
                .validate(new ObjectMapper().readTree(json))
                .stream()
                .map(Object::toString)
                .toList();
    }
}
