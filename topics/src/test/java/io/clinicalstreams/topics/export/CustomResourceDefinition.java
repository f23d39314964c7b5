package io.clinicalstreams.topics.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/**
 * Strimzi's definition of a resource, applied more strictly than by the API server, which silently drops unknown
 * fields: here they are refused.
 */
final class CustomResourceDefinition {

    private static final YAMLMapper YAML = YAMLMapper.builder().build();

    private final String apiVersion;
    private final String kind;
    private final JsonSchema schema;

    private CustomResourceDefinition(JsonNode definition) {
        JsonNode spec = definition.get("spec");
        JsonNode version = spec.get("versions").get(0);
        apiVersion = spec.get("group").asText() + '/' + version.get("name").asText();
        kind = spec.get("names").get("kind").asText();
        ObjectNode root = version.get("schema").get("openAPIV3Schema").deepCopy();
        describeMetadata((ObjectNode) root.get("properties"));
        refuseUnknownFields(root);
        schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(root);
    }

    /** @param name of a file of {@code strimzi/} */
    static CustomResourceDefinition of(String name) {
        try (InputStream file =
                Objects.requireNonNull(CustomResourceDefinition.class.getResourceAsStream("/strimzi/" + name), name)) {
            return new CustomResourceDefinition(YAML.readTree(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    boolean describes(JsonNode resource) {
        return resource.path("apiVersion").asText().equals(apiVersion)
                && resource.path("kind").asText().equals(kind);
    }

    /** The problems of a resource, one line each. */
    List<String> problems(JsonNode resource) {
        return schema.validate(resource).stream()
                .map(ValidationMessage::getMessage)
                .sorted()
                .toList();
    }

    /** The API server defines metadata itself, so the definition omits it. */
    private static void describeMetadata(ObjectNode properties) {
        ObjectNode metadata = properties.putObject("metadata").put("type", "object");
        metadata.putArray("required").add("name");
        ObjectNode known = metadata.putObject("properties");
        known.putObject("name").put("type", "string").put("pattern", "^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$");
        ObjectNode labels = known.putObject("labels").put("type", "object");
        labels.putObject("additionalProperties").put("type", "string").put("pattern", "^[A-Za-z0-9._-]{1,63}$");
        labels.putArray("required").add("strimzi.io/cluster");
    }

    private static void refuseUnknownFields(JsonNode schema) {
        boolean open = schema.path("x-kubernetes-preserve-unknown-fields").asBoolean();
        if (schema instanceof ObjectNode object && schema.has("properties") && !open) {
            object.put("additionalProperties", false);
        }
        schema.path("properties").forEach(CustomResourceDefinition::refuseUnknownFields);
        if (schema.has("items")) {
            refuseUnknownFields(schema.get("items"));
        }
    }
}
