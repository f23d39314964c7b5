package io.clinicalstreams.topics.file;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One value of a document.
 *
 * @param text of a scalar, as written
 * @param line the line where it begins, from 1
 * @param fields of an object, in the document's order
 * @param elements of a list
 */
record YamlNode(JsonToken token, String text, int line, Map<String, YamlNode> fields, List<YamlNode> elements) {

    private static final Map<Class<?>, String> WANTED = Map.of(
            String.class, "text",
            boolean.class, "true or false",
            BigDecimal.class, "a number",
            double.class, "a number",
            Double.class, "a number",
            Duration.class, "a duration such as PT24H",
            ZoneId.class, "a time zone such as Europe/Berlin");

    /** Reads the parser's current value to its end. */
    static YamlNode read(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        YamlNode node = new YamlNode(
                token,
                token.isScalarValue() ? parser.getText() : "",
                parser.currentTokenLocation().getLineNr(),
                new LinkedHashMap<>(),
                new ArrayList<>());
        if (token == JsonToken.START_OBJECT) {
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                parser.nextToken();
                node.fields.put(name, read(parser));
            }
        } else if (token == JsonToken.START_ARRAY) {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                node.elements.add(read(parser));
            }
        }
        return node;
    }

    boolean isObject() {
        return token == JsonToken.START_OBJECT;
    }

    boolean isList() {
        return token == JsonToken.START_ARRAY;
    }

    boolean isText() {
        return token == JsonToken.VALUE_STRING;
    }

    boolean isValue() {
        return token.isScalarValue() && !isNull();
    }

    boolean isNull() {
        return token == JsonToken.VALUE_NULL;
    }

    /** The scalar converted to a type; null if it cannot be. */
    @Nullable
    Object as(Class<?> type) {
        try {
            if (type.isEnum()) {
                return constants(type).get(text);
            } else if (type == String.class) {
                return isText() ? text : null;
            } else if (type == boolean.class) {
                return token.isBoolean() ? token == JsonToken.VALUE_TRUE : null;
            } else if (type == Duration.class) {
                return Duration.parse(text);
            } else if (type == ZoneId.class) {
                return ZoneId.of(text);
            } else if (type == BigDecimal.class) {
                return token.isNumeric() ? new BigDecimal(text) : null;
            } else if (type == double.class || type == Double.class) {
                return token.isNumeric() ? new BigDecimal(digits()).doubleValue() : null;
            } else if (token != JsonToken.VALUE_NUMBER_INT) {
                return null;
            }
            // Decimal, whatever YAML makes of a leading zero: 010 is ten.
            BigDecimal whole = new BigDecimal(digits());
            return type == Long.class || type == long.class
                    ? (Object) whole.longValueExact()
                    : type == short.class ? (Object) whole.shortValueExact() : (Object) whole.intValueExact();
        } catch (DateTimeException | ArithmeticException | NumberFormatException notOne) {
            return null;
        }
    }

    /** Digits may be grouped with underscores. */
    private String digits() {
        return text.replaceAll("(?<=\\d)_(?=\\d)", "");
    }

    /** This object with the other's fields where it has none of its own. */
    YamlNode over(YamlNode defaults) {
        defaults.fields.forEach(fields::putIfAbsent);
        return this;
    }

    /** A type in words for a file's author. */
    static String wanted(Class<?> type) {
        return type.isEnum()
                ? "one of " + String.join(", ", constants(type).keySet())
                : WANTED.getOrDefault(type, "a whole number");
    }

    /** Constants by their names in files: {@code key-value}. */
    private static Map<String, Object> constants(Class<?> type) {
        Map<String, Object> constants = new TreeMap<>();
        for (Object constant : type.getEnumConstants()) {
            constants.put(constant.toString().toLowerCase(Locale.ROOT).replace('_', '-'), constant);
        }
        return constants;
    }
}
