package io.clinicalstreams.pipeline.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * One change to one element of a resource.
 *
 * @param path names from the type down, without indexes: {@code Observation.code.coding.system}
 */
record Mutation(Kind kind, String path, String json) {

    enum Kind {
        DROP,
        DUPLICATE,
        RENAME,
        TO_NUMBER,
        TO_TEXT,
        TO_NULL,
        TO_ARRAY,
        TO_EMPTY_OBJECT,
        TO_EMPTY_TEXT,
        UNWRAP,
        ALTER
    }

    private static final String DUPLICATE_MARK = "@duplicate@";

    private record Place(ObjectNode parent, String name, String path) {}

    static Mutation of(ObjectNode original, Random random) {
        ObjectNode resource = original.deepCopy();
        List<Place> places = new ArrayList<>();
        collect(resource, resource.get("resourceType").asText(), places);
        Place place = places.get(random.nextInt(places.size()));
        Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
        apply(kind, place, random);
        return new Mutation(kind, place.path(), resource.toString().replace(DUPLICATE_MARK, ""));
    }

    private static void collect(JsonNode node, String path, List<Place> places) {
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> member : object.properties()) {
                if (!member.getKey().equals("resourceType")) {
                    String memberPath = path + '.' + member.getKey();
                    places.add(new Place(object, member.getKey(), memberPath));
                    collect(member.getValue(), memberPath, places);
                }
            }
        } else if (node instanceof ArrayNode array) {
            array.forEach(element -> collect(element, path, places));
        }
    }

    private static void apply(Kind kind, Place place, Random random) {
        ObjectNode parent = place.parent();
        String name = place.name();
        JsonNode value = parent.get(name);
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        switch (kind) {
            case DROP -> parent.remove(name);
            case DUPLICATE -> parent.set(DUPLICATE_MARK + name, value);
            case RENAME -> {
                parent.remove(name);
                parent.set(name + 'x', value);
            }
            case TO_NUMBER -> parent.set(name, nodes.numberNode(5));
            case TO_TEXT ->
                parent.set(
                        name,
                        nodes.textNode(value.isTextual() ? "2020-01-0" + random.nextInt(10) : value.asText("x") + 'x'));
            case TO_NULL -> parent.set(name, nodes.nullNode());
            case TO_ARRAY -> parent.set(name, nodes.arrayNode().add(value));
            case TO_EMPTY_OBJECT -> parent.set(name, nodes.objectNode());
            case TO_EMPTY_TEXT -> parent.set(name, nodes.textNode(""));
            case UNWRAP ->
                parent.set(name, value.isArray() && !value.isEmpty() ? value.get(0) : nodes.booleanNode(true));
            case ALTER ->
                parent.set(
                        name,
                        value.isTextual() ? nodes.textNode(altered(value.asText(), random)) : nodes.textNode("x y"));
        }
    }

    private static String altered(String text, Random random) {
        if (text.isEmpty()) {
            return "x";
        }
        int at = random.nextInt(text.length());
        char c = "aZ05 -:.T/#?".charAt(random.nextInt(12));
        return text.substring(0, at) + c + text.substring(at + 1);
    }
}
