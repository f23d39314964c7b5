package io.clinicalstreams.topics.file;

import static java.util.Map.entry;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.clinicalstreams.topics.problem.Problems;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file of the catalogue into its record. Nothing is forgiven: an unknown or doubled key, a second document, a
 * value of another type are problems with file and path.
 */
public final class YamlReader {

    private static final Pattern PATH_IN_FRONT = Pattern.compile("([a-z0-9-]+): (.+)", Pattern.DOTALL);

    /** In words that are not Java's. */
    private static final Map<Class<?>, String> WANTED = Map.ofEntries(
            entry(Duration.class, "a duration such as PT24H"),
            entry(int.class, "a whole number"),
            entry(Integer.class, "a whole number"),
            entry(short.class, "a whole number"),
            entry(boolean.class, "true or false"),
            entry(String.class, "one value"),
            entry(List.class, "a list"),
            entry(HashSet.class, "a list"),
            entry(ZoneId.class, "a time zone such as Europe/Berlin"),
            entry(Map.class, "names with values"));

    private final JsonMapper mapper = JsonMapper.builder(new YAMLFactory())
            .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            // Jackson would tell unknown keys only once the record is built, and only the first: UnknownKeys tells all.
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .addModule(new JavaTimeModule())
            .build();

    private final Problems problems;
    private final UnknownKeys unknownKeys;

    public YamlReader(Problems problems) {
        this.problems = problems;
        this.unknownKeys = new UnknownKeys(mapper, problems);
    }

    public <T> Optional<T> read(CatalogueFile file, Class<T> type) {
        int before = problems.count();
        try {
            unknownKeys.find(file.name(), mapper.readTree(file.text()), type);
            T value = mapper.readValue(file.text(), type);
            return problems.count() == before ? Optional.ofNullable(value) : Optional.empty();
        } catch (JsonMappingException wrong) {
            note(file, pathOf(wrong), reasonOf(wrong));
        } catch (JsonProcessingException notYaml) {
            note(file, "", wordsOf(notYaml.getOriginalMessage()) + lineOf(notYaml.getLocation()));
        }
        return Optional.empty();
    }

    /** A compact constructor's message may begin with the path below the record: that joins the record's own. */
    private void note(CatalogueFile file, String path, String reason) {
        Matcher inFront = PATH_IN_FRONT.matcher(reason);
        if (inFront.matches()) {
            String whole = path.isEmpty() ? inFront.group(1) : path + '.' + inFront.group(1);
            problems.add(file.name(), whole, inFront.group(2));
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
        boolean refusedByRecord = wrong instanceof ValueInstantiationException;
        if (refusedByRecord && wrong.getCause() instanceof IllegalArgumentException refused) {
            return String.valueOf(refused.getMessage());
        }
        String message = wordsOf(wrong.getOriginalMessage());
        if (message.startsWith("Missing required creator property")) {
            return "is missing" + lineOf(wrong.getLocation());
        }
        return wanted(wrong).orElse(message) + lineOf(wrong.getLocation());
    }

    private static Optional<String> wanted(JsonMappingException wrong) {
        if (!(wrong instanceof MismatchedInputException mismatch) || mismatch.getTargetType() == null) {
            return Optional.empty();
        }
        String was = wrong instanceof InvalidFormatException given ? ", was '" + given.getValue() + '\'' : "";
        return Optional.ofNullable(WANTED.get(mismatch.getTargetType())).map(wanted -> "must be " + wanted + was);
    }

    /** Jackson's message without the text it quotes, which is indented, and without advice to programmers. */
    private static String wordsOf(@Nullable String message) {
        return String.valueOf(message)
                .replaceAll(" \\(but might if coercion.*\\)", "")
                .lines()
                .filter(line -> !line.startsWith(" "))
                .collect(Collectors.joining(", "));
    }

    private static String lineOf(@Nullable JsonLocation location) {
        return location == null ? "" : " (line " + location.getLineNr() + ')';
    }
}
