package io.clinicalstreams.pipeline.fhir.structure;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How the value of an element is written in JSON: an object, or one of R4's primitive types. */
enum ElementKind {
    /** Not checked: inside an element that is a problem already. */
    ANY(null),
    OBJECT(null),
    /** An object of the type that its resourceType names. */
    RESOURCE("Resource"),
    /** A code of a required value set. */
    CODED(null),
    RESOURCE_TYPE("resourceType"),
    BASE64("base64Binary"),
    BOOLEAN("boolean"),
    CANONICAL("canonical"),
    CODE("code"),
    DATE("date"),
    DATE_TIME("dateTime"),
    DECIMAL("decimal"),
    ID("id"),
    INSTANT("instant"),
    INTEGER("integer"),
    MARKDOWN("markdown"),
    OID("oid"),
    POSITIVE_INTEGER("positiveInt"),
    STRING("string"),
    TIME("time"),
    UNSIGNED_INTEGER("unsignedInt"),
    URI("uri"),
    URL("url"),
    UUID("uuid"),
    XHTML("xhtml");

    private static final Map<String, ElementKind> BY_TYPE = Arrays.stream(values())
            .filter(kind -> kind.type != null)
            .collect(Collectors.toMap(kind -> String.valueOf(kind.type), Function.identity()));

    private final @Nullable String type;

    ElementKind(@Nullable String type) {
        this.type = type;
    }

    /** {@link #OBJECT} for a type that is not primitive. */
    static ElementKind of(String type) {
        return BY_TYPE.getOrDefault(type, OBJECT);
    }

    boolean isPrimitive() {
        return compareTo(RESOURCE_TYPE) > 0 || this == CODED;
    }

    /** Whether it is a JSON string. */
    boolean isText() {
        return switch (this) {
            case ANY, OBJECT, RESOURCE, BOOLEAN, DECIMAL, INTEGER, POSITIVE_INTEGER, UNSIGNED_INTEGER -> false;
            default -> true;
        };
    }
}
