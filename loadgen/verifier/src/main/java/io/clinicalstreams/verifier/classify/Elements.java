package io.clinicalstreams.verifier.classify;

import io.clinicalstreams.topics.wire.Reason;
import io.clinicalstreams.verifier.json.JsonBounds;
import io.clinicalstreams.verifier.json.JsonValue;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One object's elements, checked against FHIR; problems are added to its defects. */
final class Elements {

    /** FHIR R4's regular expression for dateTime. */
    private static final Pattern DATE_TIME = Pattern.compile(
            "([0-9]([0-9]([0-9][1-9]|[1-9]0)|[1-9]00)|[1-9]000)(-(0[1-9]|1[0-2])(-(0[1-9]|[1-2][0-9]|3[0-1])"
                    + "(T([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\\.[0-9]+)?"
                    + "(Z|(\\+|-)((0[0-9]|1[0-3]):[0-5][0-9]|14:00)))?)?)?");

    /** FHIR R4's regular expression for code. */
    private static final Pattern CODE = Pattern.compile("\\S+(\\s\\S+)*");

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9\\-.]{1,64}");

    private static final FhirTimes TIMES = new FhirTimes(ZoneOffset.UTC);

    /** Where a day begins first, and where it ends last. */
    private static final FhirTimes EAST = new FhirTimes(ZoneOffset.ofHours(14));

    private static final FhirTimes WEST = new FhirTimes(ZoneOffset.ofHours(-12));

    private final JsonValue.Members object;
    private final Defects defects;

    Elements(JsonValue.Members object, Defects defects) {
        this.object = object;
        this.defects = defects;
    }

    JsonValue.Members object() {
        return object;
    }

    /** A defect that may be reported as any of these reasons. */
    void must(Reason reason, Reason... alternatives) {
        defects.must(reason, alternatives);
    }

    void may(Reason... reasons) {
        defects.may(reasons);
    }

    Elements of(JsonValue.Members inner) {
        return new Elements(inner, defects);
    }

    /** Whether the element has content in FHIR's sense: an object with nothing but an id does not count. */
    boolean isPresent(String name) {
        JsonValue value = object.get(name);
        return value != null && !(value instanceof JsonValue.Members && !hasContent(name));
    }

    void requiredCode(String name, Set<String> values, Reason missing, Reason invalid) {
        if (isPresent(name)) {
            code(name, values, invalid, missing);
        } else {
            defects.must(missing);
        }
    }

    void optionalCode(String name, Set<String> values, Reason invalid) {
        if (isPresent(name)) {
            code(name, values, invalid, invalid);
        }
    }

    private void code(String name, Set<String> values, Reason invalid, Reason alternative) {
        String code = object.text(name);
        if (code == null) {
            defects.must(Reason.WRONG_ELEMENT_TYPE, alternative);
        } else if (!values.contains(code)) {
            defects.must(invalid, Reason.INVALID_VALUE, alternative);
        }
    }

    void requiredObject(String name, Reason missing) {
        if (!isPresent(name)) {
            defects.must(missing);
        } else if (!(object.get(name) instanceof JsonValue.Members)) {
            defects.must(Reason.WRONG_ELEMENT_TYPE, missing);
        }
    }

    /** The objects of a repeating element; any other value is a defect. */
    List<Elements> objects(String name) {
        if (object.has(name) && !(object.get(name) instanceof JsonValue.Items items && items.areObjects())) {
            defects.must(Reason.WRONG_ELEMENT_TYPE);
            return List.of();
        }
        return object.objects(name).stream().map(this::of).toList();
    }

    /** The number of these elements with content. */
    long present(List<String> names) {
        return names.stream().filter(this::isPresent).count();
    }

    void atMostOneOf(List<String> names) {
        if (present(names) > 1) {
            defects.must(Reason.MULTIPLE_CHOICE);
        } else if (names.stream()
                        .filter(name -> object.has(name) || object.has('_' + name))
                        .count()
                > 1) {
            defects.may(Reason.MULTIPLE_CHOICE);
        }
    }

    /** The resource's own id. */
    void id() {
        JsonValue value = object.get("id");
        if (value instanceof JsonValue.Text text) {
            if (!isId(text.value())) {
                defects.must(Reason.INVALID_VALUE);
            }
        } else if (value != null) {
            defects.must(Reason.WRONG_ELEMENT_TYPE);
        }
    }

    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /** Checks the length of a text that is copied into a key, a state or an alert. */
    void bounded(String name, Reason reason) {
        if (object.get(name) instanceof JsonValue.Text text && JsonBounds.isEndless(text)) {
            defects.must(reason);
        }
    }

    void identifier(@Nullable JsonValue value) {
        if (value instanceof JsonValue.Members identifier) {
            of(identifier).bounded("system", Reason.INVALID_VALUE);
            of(identifier).bounded("value", Reason.INVALID_VALUE);
        }
    }

    /** Checks a reference that the system reads. */
    void reference(String name) {
        if (object.get(name) instanceof JsonValue.Members reference) {
            of(reference).bounded("reference", Reason.INVALID_REFERENCE);
            identifier(reference.get("identifier"));
        }
    }

    /** Requires an object with more than an id. */
    void requiredContent(String name) {
        if (!hasContent(name)) {
            defects.must(Reason.INVALID_VALUE, Reason.WRONG_ELEMENT_TYPE);
        }
    }

    /** Whether the element is an object with more than an id. */
    boolean hasContent(String name) {
        JsonValue.Members inner = object.object(name);
        return inner != null && !inner.elements().keySet().stream().allMatch("id"::equals);
    }

    /** Checks the codes of each Coding of a CodeableConcept. */
    void concept(String name) {
        JsonValue.Members concept = object.object(name);
        if (concept != null) {
            concept.objects("coding").forEach(coding -> of(coding).coded("code"));
        }
    }

    /** Checks a code that the system reads. */
    void coded(String name) {
        JsonValue value = object.get(name);
        if (value instanceof JsonValue.Text text) {
            if (!CODE.matcher(text.value()).matches()) {
                defects.must(Reason.INVALID_VALUE);
            }
        } else if (value != null) {
            defects.must(Reason.WRONG_ELEMENT_TYPE);
        }
    }

    void dateTime(String name) {
        checkDateTime(object.get(name));
    }

    private void checkDateTime(@Nullable JsonValue value) {
        if (value == null) {
            return;
        }
        if (!(value instanceof JsonValue.Text text)) {
            defects.must(Reason.WRONG_ELEMENT_TYPE);
        } else if (!isDateTime(text.value())) {
            defects.must(Reason.INVALID_VALUE);
        }
    }

    static boolean isDateTime(String text) {
        // The pattern gives every month 31 days.
        return DATE_TIME.matcher(text).matches() && TIMES.moment(text) != null;
    }

    void instant(String name) {
        dateTime(name);
        String text = object.text(name);
        if (text != null && !text.contains("T")) {
            defects.must(Reason.INVALID_VALUE);
        }
    }

    void period(String name) {
        JsonValue value = object.get(name);
        if (value instanceof JsonValue.Members period) {
            of(period).dateTime("start");
            of(period).dateTime("end");
            if (endsBeforeItStarts(period.text("start"), period.text("end"))) {
                defects.must(Reason.INVALID_VALUE);
            }
        } else if (value != null) {
            defects.must(Reason.WRONG_ELEMENT_TYPE);
        }
    }

    /** per-1: of two dates as far as both are given; of a date and an instant in every time zone. */
    private static boolean endsBeforeItStarts(@Nullable String start, @Nullable String end) {
        if (start == null || end == null || !isDateTime(start) || !isDateTime(end)) {
            return false;
        }
        if (!start.contains("T") && !end.contains("T")) {
            int given = Math.min(start.length(), end.length());
            return start.substring(0, given).compareTo(end.substring(0, given)) > 0;
        }
        When from = EAST.when(start);
        When to = WEST.when(end);
        return from != null && to != null && to.to().isBefore(from.from());
    }

    void timing(String name) {
        JsonValue.Members timing = object.object(name);
        if (timing != null) {
            List<JsonValue> extensions = timing.items("_event");
            List<JsonValue> events = timing.items("event");
            for (int i = 0; i < events.size(); i++) {
                if (!Shapes.isExtended(events.get(i), extensions, i)) {
                    checkDateTime(events.get(i));
                }
            }
        }
    }

    void quantity(String name) {
        JsonValue value = object.get(name);
        if (!(value instanceof JsonValue.Members quantity)) {
            if (value != null) {
                defects.must(Reason.WRONG_ELEMENT_TYPE);
            }
            return;
        }
        if (quantity.has("value") && !(quantity.get("value") instanceof JsonValue.Numeral)) {
            defects.must(Reason.WRONG_ELEMENT_TYPE, Reason.INVALID_VALUE);
        }
        of(quantity).bounded("unit", Reason.INVALID_VALUE);
        of(quantity).bounded("code", Reason.INVALID_VALUE);
        of(quantity).coded("code");
        of(quantity).optionalCode("comparator", Set.of("<", "<=", ">=", ">"), Reason.INVALID_VALUE);
    }
}
