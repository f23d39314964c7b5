package io.clinicalstreams.pipeline.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.topics.wire.PatientKey;
import io.clinicalstreams.topics.wire.PatientKeys;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.IdType;
import org.jspecify.annotations.Nullable;

/**
 * Fuzz target: any text as a reference to a patient. FHIR's regular expression decides whether it is the address of one,
 * and HAPI which type and id it names.
 */
final class ReferenceFuzz {

    /** The longer one first: an address that begins with both is relative to it. */
    private static final List<String> BASES = List.of("https://ours.example/fhir/b/", "https://ours.example/fhir/");

    private static final PatientKeys KEYS = new PatientKeys(Set.copyOf(BASES));
    private static final String RELATIVE = "Patient/[A-Za-z0-9.-]{1,64}";

    /** FHIR R4's regular expression of a literal reference, with a host, and a fragment as in RFC 3986. */
    private static final Pattern LITERAL = Pattern.compile("((https?://[A-Za-z0-9.:%$-]+/([A-Za-z0-9.:%$-]*/)*)?"
            + RELATIVE + ")(/_history/[A-Za-z0-9.-]{1,64})?(#[A-Za-z0-9._~:/?-]*)?");

    private ReferenceFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        String text = new String(data, StandardCharsets.UTF_8);
        PatientKey key = KEYS.ofReference(text).key();
        Matcher literal = LITERAL.matcher(text);
        if (literal.matches() && text.length() <= PatientKey.MAX_BYTES) {
            assertThat(key == null ? null : key.reference()).isEqualTo(expected(literal.group(1)));
        }
        if (key == null) {
            return;
        }
        String reference = key.reference();
        assertThat(key.toBytes()).hasSizeLessThanOrEqualTo(PatientKey.MAX_BYTES);
        assertThat(new String(key.toBytes(), StandardCharsets.UTF_8)).isEqualTo(reference);
        if (reference.indexOf('|') >= 0) {
            return;
        }
        assertThat(KEYS.ofReference(reference).key()).as("the key's own key").isEqualTo(key);
        if (reference.startsWith("Patient/")) {
            IdType hapi = new IdType(text.replaceAll("#.*", ""));
            assertThat(hapi.getResourceType()).isEqualTo("Patient");
            assertThat("Patient/" + hapi.getIdPart()).isEqualTo(reference);
        }
    }

    /** The key of a patient at an address without version and fragment; null if it is not below its server's base. */
    private static @Nullable String expected(String address) {
        for (String base : BASES) {
            if (address.startsWith(base)) {
                String relative = address.substring(base.length());
                return relative.matches(RELATIVE) ? relative : null;
            }
        }
        return address;
    }
}
