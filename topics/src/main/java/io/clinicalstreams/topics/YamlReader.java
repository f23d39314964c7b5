package io.clinicalstreams.topics;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file of the catalogue into its record. Nothing is forgiven: an unknown or doubled key, a second document, a
 * value of another type are problems with file and path.
 */
final class YamlReader {

    private static final Pattern PATH_IN_FRONT = Pattern.compile("([a-z-]+): (.+)", Pattern.DOTALL);

    private final Problems problems;

    YamlReader(Problems problems) {
        this.problems = problems;
    }

    <T> Optional<T> read(CatalogueFile file, Class<T> type) {
        int before = problems.count();
        try {
            T value = mapperFor(file).readValue(file.text(), type);
            return problems.count() == before ? Optional.ofNullable(value) : Optional.empty();
        } catch (JsonMappingException wrong) {
            note(file, pathOf(wrong), reasonOf(wrong));
        } catch (JsonProcessingException notYaml) {
            note(file, "", firstLine(notYaml.getOriginalMessage()) + lineOf(notYaml.getLocation()));
        }
        return Optional.empty();
    }

    private JsonMapper mapperFor(CatalogueFile file) {
        return JsonMapper.builder(new YAMLFactory())
                .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .addModule(new JavaTimeModule())
                .addHandler(new DeserializationProblemHandler() {
                    @Override
                    public boolean handleUnknownProperty(
                            DeserializationContext context,
                            JsonParser parser,
                            JsonDeserializer<?> deserializer,
                            Object beanOrClass,
                            String property)
                            throws IOException {
                        String path = parser.getParsingContext().pathAsPointer().toString();
                        note(file, path.isEmpty() ? property : path.substring(1).replace('/', '.'), "is not known here");
                        parser.skipChildren();
                        return true;
                    }
                })
                .build();
    }

    /** A compact constructor's message may begin with the path below the record: that joins the record's own. */
    private void note(CatalogueFile file, String path, String reason) {
        var inFront = PATH_IN_FRONT.matcher(reason);
        if (inFront.matches()) {
            problems.add(file.name(), path.isEmpty() ? inFront.group(1) : path + '.' + inFront.group(1), inFront.group(2));
        } else {
            problems.add(file.name(), path, reason);
        }
    }

    private static String pathOf(JsonMappingException wrong) {
        return wrong.getPath().stream()
                .map(step -> step.getFieldName() == null ? String.valueOf(step.getIndex()) : step.getFieldName())
                .collect(Collectors.joining("."));
    }

    private static String reasonOf(JsonMappingException wrong) {
        if (wrong instanceof ValueInstantiationException && wrong.getCause() instanceof IllegalArgumentException refused) {
            return String.valueOf(refused.getMessage());
        }
        return firstLine(wrong.getOriginalMessage()) + lineOf(wrong.getLocation());
    }

    private static String firstLine(@Nullable String message) {
        return message == null ? "cannot be read" : message.lines().findFirst().orElse("cannot be read");
    }

    private static String lineOf(@Nullable JsonLocation location) {
        return location == null ? "" : " (line " + location.getLineNr() + ')';
    }
}
