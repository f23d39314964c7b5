package io.clinicalstreams.pipeline.fhir.json;

import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The names of the elements that are read; those of a measurement are in its reader. */
public enum Element {
    /** Any other name. */
    OTHER(""),
    AUTHORED_ON("authoredOn"),
    BIRTH_DATE("birthDate"),
    CATEGORY("category"),
    CLASS("class"),
    CODE("code"),
    CODING("coding"),
    COMPARATOR("comparator"),
    COMPONENT("component"),
    CONTAINED("contained"),
    /** Base64, in Attachment and Binary: length not limited. */
    DATA("data"),
    DATA_ABSENT_REASON("dataAbsentReason"),
    /** XHTML, in Narrative: length not limited. */
    DIV("div"),
    EFFECTIVE_DATE_TIME("effectiveDateTime"),
    EFFECTIVE_INSTANT("effectiveInstant"),
    EFFECTIVE_PERIOD("effectivePeriod"),
    EFFECTIVE_TIMING("effectiveTiming"),
    ENCOUNTER("encounter"),
    END("end"),
    ENTRY("entry"),
    EVENT("event"),
    /** Extensions of the events, each beside its event. */
    EVENT_EXTENSIONS("_event"),
    EXTENSION("extension"),
    FULL_URL("fullUrl"),
    GENDER("gender"),
    HIGH("high"),
    ID("id"),
    IDENTIFIER("identifier"),
    IF_NONE_EXIST("ifNoneExist"),
    INTENT("intent"),
    ISSUED("issued"),
    LAST_UPDATED("lastUpdated"),
    LINK("link"),
    LINK_OTHER("other"),
    LOCATION("location"),
    LOW("low"),
    MEDICATION_CODEABLE_CONCEPT("medicationCodeableConcept"),
    MEDICATION_REFERENCE("medicationReference"),
    META("meta"),
    METHOD("method"),
    PERIOD("period"),
    REFERENCE("reference"),
    REFERENCE_RANGE("referenceRange"),
    RELATION("relation"),
    REQUEST("request"),
    RESOURCE("resource"),
    RESOURCE_TYPE("resourceType"),
    RESULT("result"),
    SECURITY("security"),
    START("start"),
    STATUS("status"),
    STATUS_HISTORY("statusHistory"),
    SUBJECT("subject"),
    SYSTEM("system"),
    TEXT("text"),
    /** Extensions of a text, which may stand without it. */
    TEXT_EXTENSIONS("_text"),
    TYPE("type"),
    UNIT("unit"),
    URL("url"),
    VALUE("value"),
    VALUE_BASE64_BINARY("valueBase64Binary"),
    VALUE_PERIOD("valuePeriod"),
    VALUE_URI("valueUri"),
    VALUE_URL("valueUrl"),
    VERSION_ID("versionId");

    static final TextMap<Element> BY_NAME = new TextMap<>(Arrays.stream(values())
            .filter(e -> e != OTHER)
            .collect(Collectors.toMap(e -> e.json, Function.identity())));

    private final String json;

    Element(String json) {
        this.json = json;
    }

    /** FHIR limits the length of strings, but not of base64 and XHTML. */
    boolean isUnlimited() {
        return this == DATA || this == DIV || this == VALUE_BASE64_BINARY;
    }

    /** A uri or url, which names a resource of its Bundle if it is that entry's fullUrl. */
    boolean isUri() {
        return this == URL || this == VALUE_URI || this == VALUE_URL;
    }
}
