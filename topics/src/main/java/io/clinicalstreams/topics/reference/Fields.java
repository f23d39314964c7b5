package io.clinicalstreams.topics.reference;

import com.fasterxml.jackson.databind.JsonNode;
import io.clinicalstreams.topics.reference.AlertRule.Code;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one object of a document, read by name. What is missing, of another type or not known is noted with its
 * path, and reading goes on with a placeholder, so that an author sees all problems at once.
 */
final class Fields {

    /** How a document writes names of several words. */
    enum Names {
        CAMEL_CASE,
        KEBAB_CASE;

        private String of(String name) {
            return this == CAMEL_CASE ? name : name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
        }
    }

    private final JsonNode object;
    private final String path;
    private final Names names;
    private final Notes notes;
    private final Set<String> asked = new HashSet<>();

    Fields(JsonNode object, String path, Names names, Notes notes) {
        this.object = object;
        this.path = path;
        this.names = names;
        this.notes = notes;
        if (!object.isObject()) {
            notes.add(path, object.isMissingNode() ? "is missing" : "must have fields");
        }
    }

    boolean has(String name) {
        return !node(name).isMissingNode();
    }

    JsonNode node(String name) {
        asked.add(names.of(name));
        return object.path(names.of(name));
    }

    /** The path of a field. */
    String at(String name) {
        return path.isEmpty() ? names.of(name) : path + '.' + names.of(name);
    }

    /** Notes a problem of a field. */
    void problem(String name, String message) {
        notes.add(at(name), message);
    }

    /** An element of a list. */
    Fields element(String name, int index, JsonNode node) {
        return new Fields(node, at(name) + '.' + index, names, notes);
    }

    Fields object(String name) {
        return new Fields(node(name), at(name), names, notes);
    }

    String text(String name) {
        return textOf(node(name), at(name), notes);
    }

    /** A UCUM unit. An author's mistake is refused; what is in the topic already was checked when it was written. */
    String unit(String name) {
        String unit = text(name);
        if (names == Names.KEBAB_CASE && !unit.isEmpty()) {
            String wrong = UcumUnits.problem(unit);
            if (wrong != null) {
                notes.add(at(name), wrong);
            }
        }
        return unit;
    }

    @Nullable
    String textOrNull(String name) {
        return has(name) ? text(name) : null;
    }

    static String textOf(JsonNode node, String at, Notes notes) {
        if (node.isTextual() && !node.textValue().isBlank()) {
            return node.textValue();
        }
        notes.add(at, node.isMissingNode() ? "is missing" : "must be a text");
        return "";
    }

    @Nullable
    Integer yearsOrNull(String name) {
        if (!has(name)) {
            return null;
        }
        if (!node(name).isInt() || node(name).intValue() < 0) {
            notes.add(at(name), "must be a whole number of years");
        }
        return node(name).intValue();
    }

    Duration duration(String name) {
        String text = text(name);
        try {
            return text.isEmpty() ? Duration.ZERO : Duration.parse(text);
        } catch (DateTimeParseException notADuration) {
            notes.add(at(name), "must be a duration such as PT24H");
            return Duration.ZERO;
        }
    }

    /** The elements of a list that must not be empty. */
    Iterable<JsonNode> list(String name) {
        JsonNode list = node(name);
        if (!list.isArray() || list.isEmpty()) {
            notes.add(at(name), list.isMissingNode() ? "is missing" : "must be a list with at least one element");
        }
        return list.isArray() ? list : Set.of();
    }

    /** The texts of a list; none when it is missing. */
    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        if (has(name)) {
            list(name).forEach(node -> texts.add(textOf(node, at(name) + '.' + texts.size(), notes)));
        }
        return texts;
    }

    /**
     * The codes of a list.
     *
     * @param system of those that are plain texts, which only authors write
     */
    List<Code> codes(String name, String system) {
        List<Code> codes = new ArrayList<>();
        for (JsonNode node : list(name)) {
            if (node.isTextual() && names == Names.KEBAB_CASE) {
                codes.add(new Code(system, node.textValue()));
                checkDigit(codes.get(codes.size() - 1), at(name) + '.' + (codes.size() - 1));
            } else {
                Fields code = element(name, codes.size(), node);
                codes.add(new Code(code.text("system"), code.text("code")));
                checkDigit(codes.get(codes.size() - 1), code.at("code"));
                code.refuseOthers();
            }
        }
        return codes;
    }

    private void checkDigit(Code code, String at) {
        if (names == Names.KEBAB_CASE && code.system().equals(Code.LOINC) && !LoincCheckDigit.isRight(code.code())) {
            notes.add(at, "is not a LOINC code: '" + code.code() + "' fails its check digit");
        }
    }

    /** Call last: what was not asked for is not known. */
    void refuseOthers() {
        for (Iterator<String> each = object.fieldNames(); each.hasNext(); ) {
            String name = each.next();
            if (!asked.contains(name)) {
                notes.add(path.isEmpty() ? name : path + '.' + name, "is not known here");
            }
        }
    }
}
