package io.clinicalstreams.pipeline.domain.observation;

import io.clinicalstreams.topics.wire.Heartbeat;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A code in a code system, like FHIR's Coding: {@code http://loinc.org}, {@code 2823-3}. Either part may be missing in
 * real data. LOINC's other spellings become the one that FHIR prescribes, so a code is the same however its system is
 * written.
 */
public record Coding(@Nullable String system, @Nullable String code) {

    public static final String LOINC = "http://loinc.org";

    private static final Set<String> LOINC_TOO =
            Set.of("urn:oid:2.16.840.1.113883.6.1", "http://loinc.org/", "https://loinc.org", "https://loinc.org/");

    /** What is observed when a gateway says that it is there. After the set that the constructor uses. */
    public static final Coding HEARTBEAT = new Coding(Heartbeat.SYSTEM, Heartbeat.CODE);

    public Coding {
        system = system == null || system.equals(LOINC) || !LOINC_TOO.contains(system) ? system : LOINC;
    }
}
