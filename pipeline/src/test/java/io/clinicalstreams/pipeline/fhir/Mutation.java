package io.clinicalstreams.pipeline.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/** One change to one element of a resource. */
record Mutation(Kind kind, String json) {

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
        ALTER,
        TO_ANY_TEXT,
        TO_ANY_NUMBER,
        TO_ANY_TIME
    }

    private static final String DUPLICATE_MARK = "@duplicate@";

    private record Place(ObjectNode parent, String name) {}

    /** Letters that times, references and codes are made of, and some that they are not. */
    private static final String LETTERS = "0123456789-:.+TZ/#|?= aPatientobservuid\"\\\n\u00e4\u2028";

    private static final String OF_TIMES = "0123456789-:.+TZ";
    private static final int LONGEST_TEXT = 48;

    /** @param choose the value from 0 below a bound */
    static Mutation of(ObjectNode original, IntUnaryOperator choose) {
        ObjectNode resource = original.deepCopy();
        List<Place> places = new ArrayList<>();
        collect(resource, places);
        Place place = places.get(choose.applyAsInt(places.size()));
        Kind kind = Kind.values()[choose.applyAsInt(Kind.values().length)];
        apply(kind, place, choose);
        return new Mutation(kind, resource.toString().replace(DUPLICATE_MARK, ""));
    }

    private static void collect(JsonNode node, List<Place> places) {
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> member : object.properties()) {
                if (!member.getKey().equals("resourceType")) {
                    places.add(new Place(object, member.getKey()));
                    collect(member.getValue(), places);
                }
            }
        } else if (node instanceof ArrayNode array) {
            array.forEach(element -> collect(element, places));
        }
    }

    private static void apply(Kind kind, Place place, IntUnaryOperator choose) {
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
                        nodes.textNode(
                                value.isTextual() ? "2020-01-0" + choose.applyAsInt(10) : value.asText("x") + 'x'));
            case TO_NULL -> parent.set(name, nodes.nullNode());
            case TO_ARRAY -> parent.set(name, nodes.arrayNode().add(value));
            case TO_EMPTY_OBJECT -> parent.set(name, nodes.objectNode());
            case TO_EMPTY_TEXT -> parent.set(name, nodes.textNode(""));
            case UNWRAP ->
                parent.set(name, value.isArray() && !value.isEmpty() ? value.get(0) : nodes.booleanNode(true));
            case ALTER ->
                parent.set(
                        name,
                        value.isTextual() ? nodes.textNode(altered(value.asText(), choose)) : nodes.textNode("x y"));
            case TO_ANY_TEXT -> parent.set(name, nodes.textNode(text(LETTERS, choose)));
            case TO_ANY_NUMBER -> parent.set(name, nodes.numberNode(number(choose)));
            case TO_ANY_TIME -> {
                String time = "2020-02-29T12:30:45.125+01:00".substring(0, 4 + choose.applyAsInt(26));
                for (int edits = choose.applyAsInt(4); edits > 0; edits--) {
                    int at = choose.applyAsInt(time.length() + 1);
                    int behind = Math.min(time.length(), at + choose.applyAsInt(2));
                    time = time.substring(0, at) + text(OF_TIMES, choose, 3) + time.substring(behind);
                }
                parent.set(name, nodes.textNode(time));
            }
        }
    }

    private static BigDecimal number(IntUnaryOperator choose) {
        byte[] digits = new byte[1 + choose.applyAsInt(10)];
        for (int i = 0; i < digits.length; i++) {
            digits[i] = (byte) choose.applyAsInt(256);
        }
        return new BigDecimal(new BigInteger(digits), choose.applyAsInt(2) * (choose.applyAsInt(40) - 20));
    }

    private static String text(String letters, IntUnaryOperator choose) {
        return text(letters, choose, LONGEST_TEXT);
    }

    private static String text(String letters, IntUnaryOperator choose, int below) {
        StringBuilder text = new StringBuilder();
        for (int length = choose.applyAsInt(below); length > 0; length--) {
            text.append(letters.charAt(choose.applyAsInt(letters.length())));
        }
        return text.toString();
    }

    private static String altered(String text, IntUnaryOperator choose) {
        if (text.isEmpty()) {
            return "x";
        }
        int at = choose.applyAsInt(text.length());
        char c = "aZ05 -:.T/#?".charAt(choose.applyAsInt(12));
        return text.substring(0, at) + c + text.substring(at + 1);
    }
}
