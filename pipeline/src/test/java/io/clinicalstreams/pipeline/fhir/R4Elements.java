package io.clinicalstreams.pipeline.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clinicalstreams.topics.wire.PatientKey;
import io.clinicalstreams.topics.wire.Reason;
import io.clinicalstreams.topics.wire.Reference;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The elements that are read, with the types and regular expressions that FHIR R4 publishes: the judge of format, where
 * HAPI's parser is lenient.
 */
final class R4Elements {

    private static final String VALUES =
            " code:CodeableConcept interpretation:CodeableConcept* referenceRange:ReferenceRange*"
                    + " modifierExtension:Modifier*"
                    + " valueQuantity:Quantity valueCodeableConcept:Any valueRange:Any valueRatio:Any valueSampledData:Any"
                    + " valuePeriod:Any valueString:string valueTime:anyTime valueDateTime:anyDateTime"
                    + " valueBoolean:boolean valueInteger:integer";

    /**
     * The elements of each type that are read. Behind the type, a star means an array, and a plus an array of which only
     * the first is read. Of {@code Any}, anyTime and anyDateTime, only the presence is read.
     */
    private static final Map<String, Map<String, String>> TYPES = """
            Observation id:id meta:Meta identifier:Identifier+ status:string subject:Reference encounter:Reference \
            issued:instant dataAbsentReason:Any component:Component* effectiveDateTime:dateTime effectiveInstant:instant \
            effectivePeriod:Period effectiveTiming:Timing%1$s
            Component%1$s
            MedicationRequest id:id status:string intent:string subject:Reference authoredOn:dateTime \
            medicationCodeableConcept:Any medicationReference:Reference
            Encounter id:id status:string class:Coding subject:Reference period:Period statusHistory:StatusHistory* \
            location:EncounterLocation*
            MedicationKnowledge id:id status:string code:CodeableConcept
            StatusHistory status:string period:Period
            EncounterLocation location:Any
            ReferenceRange low:Any high:Any text:string _text:Any
            Meta security:Coding*
            CodeableConcept text:string coding:Coding*
            Coding system:string code:code
            Identifier system:short value:short
            Quantity comparator:comparator value:decimal unit:short system:string code:unit
            Reference reference:reference type:string identifier:Identifier
            Period start:dateTime end:dateTime
            Timing event:dateTime*
            Any
            Modifier
            """.formatted(VALUES)
            .lines()
            .collect(Collectors.toMap(line -> line.split(" ", 2)[0], R4Elements::elements));

    private static final Pattern CODE = Pattern.compile("[^\\s]+(\\s[^\\s]+)*");
    private static final Predicate<String> IS_CODE = CODE.asMatchPredicate();

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9\\-.]{1,64}");
    private static final String YEAR = "([0-9]([0-9]([0-9][1-9]|[1-9]0)|[1-9]00)|[1-9]000)";
    private static final Pattern DATE = Pattern.compile(YEAR + "(-(0[1-9]|1[0-2])(-(0[1-9]|[1-2][0-9]|3[0-1]))?)?");
    private static final Pattern INSTANT =
            Pattern.compile(YEAR + "-(0[1-9]|1[0-2])-(0[1-9]|[1-2][0-9]|3[0-1])T([01][0-9]|2[0-3]):[0-5][0-9]"
                    + ":([0-5][0-9]|60)(\\.[0-9]+)?(Z|(\\+|-)((0[0-9]|1[0-3]):[0-5][0-9]|14:00))");

    /** Of a text that is not empty. */
    private static final Map<String, Predicate<String>> FORMATS = Map.of(
            "string",
            text -> true,
            "short",
            R4Elements::isShort,
            "anyTime",
            text -> true,
            "anyDateTime",
            text -> true,
            "id",
            R4Elements::isId,
            "code",
            IS_CODE,
            "unit",
            IS_CODE.and(R4Elements::isShort),
            "comparator",
            Set.of("<", "<=", ">=", ">")::contains,
            "instant",
            text -> moment(text) != null,
            "dateTime",
            text -> date(text) != null || moment(text) != null);

    private static final Set<String> ENCOUNTER_STATUS = Set.of(
            "planned",
            "arrived",
            "triaged",
            "in-progress",
            "onleave",
            "finished",
            "cancelled",
            "entered-in-error",
            "unknown");

    /** Stands for every reference into the resource. */
    private static final String INNER = "#1";

    private R4Elements() {}

    private static Map<String, String> elements(String line) {
        return Arrays.stream(line.split(" "))
                .skip(1)
                .map(element -> element.split(":"))
                .collect(Collectors.toMap(element -> element[0], element -> element[1]));
    }

    /** Whether all elements of this type of resource are checked. */
    static boolean areReadOf(String type) {
        return Set.of("Observation", "MedicationRequest", "Encounter", "MedicationKnowledge")
                .contains(type);
    }

    private static boolean isShort(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length <= PatientKey.MAX_BYTES;
    }

    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /** Why elements that are read are not in FHIR's format; empty if all are. */
    static Set<Reason> problems(ObjectNode resource) {
        Set<Reason> problems = EnumSet.noneOf(Reason.class);
        check(resource, resource.get("resourceType").textValue(), problems);
        return problems;
    }

    private static void check(JsonNode object, String type, Set<Reason> problems) {
        Map<String, String> elements = elementsOf(type);
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            String of = elements.get(member.getKey());
            if (of != null) {
                checkMember(withoutExtended(object, member.getKey()), of, problems);
            }
        }
        boolean invalid =
                switch (type) {
                    case "Period" -> isReversed(object);
                    case "StatusHistory" ->
                        !ENCOUNTER_STATUS.contains(object.path("status").asText()) || !isPresent(object.path("period"));
                    case "EncounterLocation" -> !isPresent(object.path("location"));
                    default -> false;
                };
        if (invalid) {
            problems.add(Reason.INVALID_VALUE);
        }
    }

    /** An array without the nulls that have extensions beside them; any other value as it is. */
    private static JsonNode withoutExtended(JsonNode object, String name) {
        JsonNode value = object.get(name);
        JsonNode extensions = object.path('_' + name);
        if (!name.equals("event") || !value.isArray()) {
            return value;
        }
        ArrayNode own = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < value.size(); i++) {
            boolean extended = extensions.isArray() && extensions.path(i).isObject();
            if (!value.get(i).isNull() || !extended) {
                own.add(value.get(i));
            }
        }
        return own;
    }

    private static void checkMember(JsonNode value, String of, Set<Reason> problems) {
        String type = single(of);
        if (!type.equals(of)) {
            if (value.isArray()) {
                for (int i = 0; i < (of.endsWith("+") ? Math.min(1, value.size()) : value.size()); i++) {
                    checkMember(value.get(i), type, problems);
                }
            } else {
                problems.add(Reason.WRONG_ELEMENT_TYPE);
            }
        } else if (isComplex(type)) {
            if (value.isObject()) {
                check(value, type, problems);
            } else {
                problems.add(Reason.WRONG_ELEMENT_TYPE);
            }
        } else {
            Reason problem = problem(value, type);
            if (problem != null) {
                problems.add(problem);
            }
        }
    }

    private static @Nullable Reason problem(JsonNode value, String type) {
        return switch (type) {
            case "boolean" -> value.isBoolean() ? null : Reason.WRONG_ELEMENT_TYPE;
            case "decimal" -> value.isNumber() ? null : Reason.WRONG_ELEMENT_TYPE;
            case "integer" ->
                !value.isNumber() ? Reason.WRONG_ELEMENT_TYPE : value.isInt() ? null : Reason.INVALID_VALUE;
            default -> !value.isTextual() ? Reason.WRONG_ELEMENT_TYPE : problem(value.textValue(), type);
        };
    }

    private static @Nullable Reason problem(String text, String type) {
        if (text.isEmpty()) {
            return Reason.INVALID_VALUE;
        }
        if (type.equals("reference")) {
            // ReferenceFuzz judges which texts are references.
            return isShort(text) && Reference.parse(text) != null ? null : Reason.INVALID_REFERENCE;
        }
        Predicate<String> format = FORMATS.get(type);
        return format != null && format.test(text) ? null : Reason.INVALID_VALUE;
    }

    /** An object with more than an id. */
    private static boolean isPresent(JsonNode value) {
        return value.isObject() && value.size() > (value.has("id") ? 1 : 0);
    }

    private static boolean isReversed(JsonNode period) {
        String start = period.path("start").asText();
        String end = period.path("end").asText();
        Instant from = moment(start);
        Instant to = moment(end);
        LocalDate first = date(start);
        LocalDate last = date(end);
        if (from != null && last != null) {
            // The end of the day, month or year in UTC-12.
            LocalDate next =
                    end.length() == 4 ? last.plusYears(1) : end.length() == 7 ? last.plusMonths(1) : last.plusDays(1);
            return !from.isBefore(Instant.parse(next + "T12:00:00Z"));
        }
        if (first != null && to != null) {
            return to.isBefore(Instant.parse(first.minusDays(1) + "T10:00:00Z"));
        }
        return (from != null && to != null) ? from.isAfter(to) : areReversedDates(period);
    }

    private static boolean areReversedDates(JsonNode period) {
        String start = period.path("start").asText();
        String end = period.path("end").asText();
        int given = Math.min(start.length(), end.length());
        return date(start) != null
                && date(end) != null
                && start.substring(0, given).compareTo(end.substring(0, given)) > 0;
    }

    /** The first day of a date; null if the text is not one. */
    static @Nullable LocalDate date(String text) {
        return DATE.matcher(text).matches() ? day(text + "-01-01".substring(text.length() - 4)) : null;
    }

    private static @Nullable LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException notInTheCalendar) {
            return null;
        }
    }

    /** An instant, to the nanosecond; null if the text is not one. */
    static @Nullable Instant moment(String text) {
        if (!INSTANT.matcher(text).matches() || day(text.substring(0, 10)) == null) {
            return null;
        }
        boolean leap = text.startsWith("60", 17);
        String second = leap ? text.substring(0, 17) + "59" + text.substring(19) : text;
        return OffsetDateTime.parse(second.replaceFirst("(\\.[0-9]{9})[0-9]+", "$1"))
                .toInstant()
                .plusSeconds(leap ? 1 : 0);
    }

    /**
     * The resource with nothing but what is read, for a judge that looks at everything. An object with content that is
     * not read has an extension instead; an object without content is left out, except in an array. Instead of the
     * contained resources there is one, to which all references into the resource refer.
     */
    static ObjectNode read(ObjectNode resource) {
        String type = resource.get("resourceType").textValue();
        ObjectNode read = read(resource, type);
        read.remove("extension");
        read.withArray("contained").addObject().put("resourceType", "Basic").put("id", INNER.substring(1));
        return read.put("resourceType", type);
    }

    private static ObjectNode read(JsonNode object, String type) {
        ObjectNode read = JsonNodeFactory.instance.objectNode();
        Map<String, String> elements = elementsOf(type);
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            String of = elements.get(member.getKey());
            JsonNode value = of == null ? read.objectNode() : readMember(withoutExtended(object, member.getKey()), of);
            if (!(value.isContainerNode() && value.isEmpty())) {
                read.set(member.getKey(), value);
            }
            if (!member.getKey().equals("id")) {
                read.withArray("extension")
                        .removeAll()
                        .addObject()
                        .put("url", "urn:x")
                        .put("valueBoolean", true);
            }
        }
        return read;
    }

    private static JsonNode readMember(JsonNode value, String of) {
        String type = single(of);
        if (!type.equals(of)) {
            ArrayNode read = JsonNodeFactory.instance.arrayNode();
            for (int i = 0; i < (of.endsWith("+") ? Math.min(1, value.size()) : value.size()); i++) {
                JsonNode each = readMember(value.get(i), type);
                if (!(type.equals("Modifier") && each.isEmpty())) {
                    read.add(each);
                }
            }
            return read;
        }
        if (type.equals("Modifier")) {
            // Only its presence is read, and HAPI wants a url.
            ObjectNode modifier = JsonNodeFactory.instance.objectNode();
            return isPresent(value) ? modifier.put("url", "urn:x").put("valueBoolean", true) : modifier;
        }
        if (isComplex(type)) {
            return read(value, type);
        }
        return switch (type) {
            case "reference" -> value.asText().startsWith("#") ? JsonNodeFactory.instance.textNode(INNER) : value;
            case "anyTime" -> JsonNodeFactory.instance.textNode("12:00:00");
            case "anyDateTime" -> JsonNodeFactory.instance.textNode("2020");
            default -> value;
        };
    }

    private static Map<String, String> elementsOf(String type) {
        return TYPES.getOrDefault(type, Map.of());
    }

    private static String single(String of) {
        return of.endsWith("*") || of.endsWith("+") ? of.substring(0, of.length() - 1) : of;
    }

    private static boolean isComplex(String type) {
        return Character.isUpperCase(type.charAt(0));
    }
}
