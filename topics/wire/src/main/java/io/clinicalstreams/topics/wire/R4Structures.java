package io.clinicalstreams.topics.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * The structures of FHIR R4 (4.0.1): every resource type, data type and part of one with its elements, and the value
 * sets whose codes are required. Read from {@code r4-structures.txt}, which a test generates from HAPI's model. A line
 * is a value set, {@code @NAME code code}, or a structure, {@code NAME element:type element:type|type}. An element's
 * name ends with {@code !} if it is required, {@code *} if it is an array, {@code +} if it is both; {@code [x]} before
 * that is a choice of type. Its type is a primitive type, another structure, or a value set.
 */
public final class R4Structures {

    /** The value set of the names that a narrative may have with an ampersand, such as nbsp. */
    public static final String HTML_ENTITIES = "@HtmlEntities";

    private static final String FILE = "r4-structures.txt";
    private static final String CHOICE = "[x]";

    /**
     * @param types one, or several for a choice
     * @param isMany whether it is an array
     */
    public record Element(List<String> types, boolean isRequired, boolean isMany, boolean isChoice) {

        public Element {
            types = List.copyOf(types);
        }
    }

    private R4Structures() {}

    /** The elements by name, for each structure; a choice has the name {@code value[x]}. */
    public static Map<String, Map<String, Element>> types() {
        Map<String, Map<String, Element>> types = new LinkedHashMap<>();
        for (String line : lines()) {
            if (!line.startsWith("@")) {
                String[] words = line.split(" ", -1);
                Map<String, Element> elements = new LinkedHashMap<>();
                Arrays.stream(words).skip(1).forEach(word -> add(elements, word));
                types.put(words[0], elements);
            }
        }
        return types;
    }

    private static void add(Map<String, Element> elements, String word) {
        int colon = word.indexOf(':');
        char mark = word.charAt(colon - 1);
        boolean marked = "!*+".indexOf(mark) >= 0;
        String name = word.substring(0, marked ? colon - 1 : colon);
        List<String> types = List.of(word.substring(colon + 1).split("\\|", -1));
        elements.put(
                name,
                new Element(types, mark == '!' || mark == '+', mark == '*' || mark == '+', name.endsWith(CHOICE)));
    }

    /** The codes by name, which begins with {@code @}. */
    public static Map<String, List<String>> valueSets() {
        Map<String, List<String>> valueSets = new LinkedHashMap<>();
        for (String line : lines()) {
            if (line.startsWith("@")) {
                List<String> words = List.of(line.split(" ", -1));
                valueSets.put(words.get(0), words.subList(1, words.size()));
            }
        }
        return valueSets;
    }

    /** The name of a choice with one type: {@code valueString}. */
    public static String formOf(String choice, String type) {
        return choice.replace(CHOICE, type.substring(0, 1).toUpperCase(Locale.ROOT) + type.substring(1));
    }

    /** Whether a primitive element may have extensions: those that R4 defines as plain text may not. */
    public static boolean hasSibling(String structure, String name, String type) {
        boolean isElementId = name.equals("id") && type.equals("string");
        boolean isUrl = structure.equals("Extension") && name.equals("url");
        return !isElementId && !isUrl && !type.equals("xhtml") && !type.equals("resourceType");
    }

    private static List<String> lines() {
        try (InputStream in = Objects.requireNonNull(R4Structures.class.getResourceAsStream(FILE), FILE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
