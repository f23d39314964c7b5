package io.clinicalstreams.topics.file;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.clinicalstreams.topics.problem.Problems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file into its record, and reports every problem with file, path and line. It is strict about unknown or
 * duplicate keys, a second document, a value of another type and a key without a value. Jackson's own binding is not
 * used because it stops at the first problem.
 *
 * <p>A component may be absent if it is {@code @Nullable} (null), or a list or map that is not marked as required
 * (empty). A compact constructor rejects a value with an exception whose message may begin with the path below the
 * record. The fields of a {@code @JsonUnwrapped} component are at the same level as the others; {@code kind} selects
 * its record.
 */
public final class YamlReader {

    private static final Map<Class<?>, Object> ABSENT =
            Map.of(List.class, List.of(), Set.class, Set.of(), Map.class, Map.of());
    private static final String KIND = "kind";

    private final JsonFactory format;
    private final boolean isYaml;
    private final Problems problems;
    private String file = "";
    private int noted;

    /** For YAML: {@code kebab-case} names. */
    public YamlReader(Problems problems) {
        this(new YAMLFactory(), true, problems);
    }

    private YamlReader(JsonFactory format, boolean isYaml, Problems problems) {
        this.format = format.rebuild()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        this.isYaml = isYaml;
        this.problems = problems;
    }

    /** For JSON: {@code camelCase} names, no short forms. */
    public static YamlReader ofJson(Problems problems) {
        return new YamlReader(new JsonFactory(), false, problems);
    }

    /** Empty if there was a problem. */
    public <T> Optional<T> read(CatalogueFile source, Class<T> type) {
        return root(source).map(node -> type.cast(bind(node, type, "")));
    }

    /** The same; each key that the file omits at its top has the value in the other file, except the file's own keys. */
    public <T> Optional<T> read(CatalogueFile source, CatalogueFile defaults, Set<String> own, Class<T> type) {
        Optional<YamlNode> omitted = root(defaults);
        omitted.ifPresent(below -> below.fields().keySet().removeAll(own));
        return root(source).flatMap(node -> omitted.map(below -> type.cast(bind(node.over(below), type, ""))));
    }

    private Optional<YamlNode> root(CatalogueFile source) {
        int before = noted;
        Optional<YamlNode> root = parse(source);
        if (root.isEmpty() && noted == before) {
            note("", "is empty");
        }
        return root;
    }

    /**
     * Every scalar by its path, as written; the scalars of a list joined by commas. A key without a value is absent, and a
     * file may be empty.
     */
    public Map<String, String> settings(CatalogueFile source) {
        Map<String, String> values = new TreeMap<>();
        parse(source).ifPresent(node -> {
            if (node.isObject()) {
                flatten(node, "", values);
            } else {
                refuse(node, "", "names with values");
            }
        });
        return values;
    }

    private void flatten(YamlNode node, String path, Map<String, String> into) {
        node.fields().forEach((name, value) -> flatten(value, below(path, name), into));
        if (node.isObject() || node.isNull()) {
            return;
        }
        for (YamlNode element : node.elements()) {
            if (!element.isValue()) {
                refuse(element, path, "a list of single values");
            }
        }
        String text = node.isList()
                ? String.join(",", node.elements().stream().map(YamlNode::text).toList())
                : node.text();
        if (into.putIfAbsent(path, text) != null) {
            note(path, "is duplicated" + lineOf(node.line()));
        }
    }

    /** Empty if there was a problem, or nothing but comments. */
    private Optional<YamlNode> parse(CatalogueFile source) {
        file = source.name();
        try (JsonParser parser = format.createParser(source.text())) {
            if (parser.nextToken() == null) {
                return Optional.empty();
            }
            YamlNode node = YamlNode.read(parser);
            if (parser.nextToken() != null) {
                note(
                        "",
                        "has a second document"
                                + lineOf(parser.currentTokenLocation().getLineNr()));
                return Optional.empty();
            }
            return Optional.of(node);
        } catch (JsonProcessingException wrong) {
            int line = wrong.getLocation() == null ? 0 : wrong.getLocation().getLineNr();
            note("", isYaml ? wordsOf(wrong.getOriginalMessage()) + lineOf(line) : "is not a JSON object");
        } catch (IOException neverOfAText) {
            throw new UncheckedIOException(neverOfAText);
        }
        return Optional.empty();
    }

    /** Jackson's message without the quoted text, which is indented, and without the names of its methods. */
    private static String wordsOf(@Nullable String message) {
        return String.valueOf(message)
                .lines()
                .filter(line -> !line.startsWith(" "))
                .collect(Collectors.joining(", "))
                .replaceAll(", from `[^`]*`", "");
    }

    private @Nullable Object bind(YamlNode node, Type type, String path) {
        if (type instanceof ParameterizedType generic) {
            Type[] contents = generic.getActualTypeArguments();
            if (generic.getRawType() == Map.class) {
                return map(node, (value, below) -> bind(value, contents[1], below), path);
            }
            Object list = list(node, contents[0], path);
            return generic.getRawType() == Set.class && list instanceof List<?> items
                    ? new LinkedHashSet<>(items)
                    : list;
        }
        Class<?> raw = (Class<?>) type;
        if (raw.isRecord()) {
            return record(node, raw, path);
        }
        Object scalar = node.as(raw);
        return scalar == null ? refuse(node, path, YamlNode.wanted(raw)) : scalar;
    }

    private @Nullable Object list(YamlNode node, Type content, String path) {
        if (!node.isList()) {
            return refuse(node, path, "a list");
        }
        List<@Nullable Object> values = new ArrayList<>();
        for (YamlNode element : node.elements()) {
            String name = Stream.of("id", "name")
                    .map(element.fields()::get)
                    .filter(id -> id != null && !id.text().isEmpty())
                    .findFirst()
                    .map(YamlNode::text)
                    .orElse(String.valueOf(values.size()));
            values.add(bind(element, content, below(path, name)));
        }
        return values;
    }

    private @Nullable Object map(YamlNode node, BiFunction<YamlNode, String, @Nullable Object> content, String path) {
        if (!node.isObject()) {
            return refuse(node, path, "names with values");
        }
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        node.fields().forEach((name, value) -> values.put(name, content.apply(value, below(path, name))));
        return values;
    }

    private @Nullable Object record(YamlNode node, Class<?> type, String path) {
        Optional<Method> shortForm = Stream.of(type.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(JsonCreator.class))
                .findFirst();
        if (isYaml && node.isText() && shortForm.isPresent()) {
            return make(shortForm.get(), path, node.text());
        }
        if (!node.isObject()) {
            return refuse(node, path, "names with values");
        }
        int before = noted;
        Set<String> known = new LinkedHashSet<>();
        Object record = record(node, type, path, known);
        node.fields().keySet().forEach(name -> {
            if (!known.isEmpty() && !known.contains(name)) {
                note(below(path, name), "is unknown here; known are " + String.join(", ", known));
            }
        });
        return noted == before ? record : null;
    }

    /** @param known receives the names of the record's fields; emptied if the kind is unknown */
    private @Nullable Object record(YamlNode node, Class<?> type, String path, Set<String> known) {
        int before = noted;
        RecordComponent[] components = type.getRecordComponents();
        @Nullable Object[] values = new Object[components.length];
        Constructor<?> constructor = constructorOf(type);
        boolean canBeMade = true;
        for (int i = 0; i < components.length; i++) {
            int beforeThis = noted;
            boolean isNullable = false;
            if (components[i].getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
                values[i] = unwrapped(node, components[i].getType(), path, known);
            } else {
                String name = nameOf(components[i]);
                known.add(name);
                isNullable = constructor.getAnnotatedParameterTypes()[i].isAnnotationPresent(Nullable.class);
                values[i] = component(node.fields().get(name), components[i], isNullable, below(path, name));
            }
            if (noted > beforeThis) {
                values[i] = null;
                canBeMade &= isNullable;
            }
        }
        // Also after a problem: the constructor may find more.
        Object made = canBeMade ? make(constructor, path, values) : null;
        return noted == before ? made : null;
    }

    private static Constructor<?> constructorOf(Class<?> type) {
        return Stream.of(type.getDeclaredConstructors())
                .filter(each -> Arrays.equals(
                        each.getParameterTypes(),
                        Stream.of(type.getRecordComponents())
                                .map(RecordComponent::getType)
                                .toArray()))
                .findFirst()
                .orElseThrow();
    }

    private @Nullable Object component(
            @Nullable YamlNode node, RecordComponent component, boolean isNullable, String path) {
        JsonProperty property = component.getAccessor().getAnnotation(JsonProperty.class);
        Object absent =
                isNullable || (property != null && property.required()) ? null : ABSENT.get(component.getType());
        if (node == null || (node.isNull() && absent != null)) {
            if (absent == null && !isNullable) {
                note(path, "is missing");
            }
            return absent;
        }
        if (component.getAccessor().isAnnotationPresent(JsonFormat.class)) {
            return component.getType() == Map.class ? map(node, this::asWritten, path) : asWritten(node, path);
        }
        return bind(node, component.getGenericType(), path);
    }

    private @Nullable Object asWritten(YamlNode node, String path) {
        return node.isValue() ? node.text() : refuse(node, path, "one value");
    }

    /** A record without a kind is of the first kind. */
    private @Nullable Object unwrapped(YamlNode node, Class<?> sealed, String path, Set<String> known) {
        Map<String, Class<?>> kinds = new LinkedHashMap<>();
        for (Class<?> each : sealed.getPermittedSubclasses()) {
            kinds.put(each.getAnnotation(JsonTypeName.class).value(), each);
        }
        YamlNode kind = node.fields().get(KIND);
        Class<?> type = kind == null ? sealed.getPermittedSubclasses()[0] : kinds.get(kind.text());
        if (type == null) {
            refuse(kind == null ? node : kind, below(path, KIND), "one of " + String.join(", ", kinds.keySet()));
            known.clear();
            return null;
        }
        known.add(KIND);
        return record(node, type, path, known);
    }

    /** A constructor's message may begin with the path below the record. */
    private @Nullable Object make(Executable creator, String path, @Nullable Object... values) {
        creator.setAccessible(true);
        try {
            return creator instanceof Method method
                    ? method.invoke(null, values)
                    : ((Constructor<?>) creator).newInstance(values);
        } catch (InvocationTargetException wrong) {
            if (wrong.getCause() instanceof IllegalArgumentException refused) {
                noted++;
                problems.add(file, path, refused);
            } else if (wrong.getCause() instanceof RuntimeException failed) {
                note(path, "cannot be read: " + failed);
            } else {
                throw new IllegalStateException(wrong.getCause());
            }
            return null;
        } catch (ReflectiveOperationException notARecord) {
            throw new IllegalStateException(notARecord);
        }
    }

    /** The message never quotes a whole file: it may be a wrong one, with secrets. */
    private @Nullable Object refuse(YamlNode node, String path, String wanted) {
        String was = node.isValue() && !path.isEmpty() ? ", was '" + node.text() + '\'' : "";
        note(path, (node.isNull() ? "is empty; must be " : "must be ") + wanted + was + lineOf(node.line()));
        return null;
    }

    private void note(String path, String message) {
        noted++;
        problems.add(file, path, message);
    }

    private String nameOf(RecordComponent component) {
        JsonProperty given = component.getAccessor().getAnnotation(JsonProperty.class);
        if (given != null && !given.value().isEmpty()) {
            return given.value();
        }
        return isYaml ? component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT) : component.getName();
    }

    private static String below(String path, String name) {
        return path.isEmpty() ? name : path + '.' + name;
    }

    private static String lineOf(int line) {
        return line > 0 ? " (line " + line + ')' : "";
    }
}
