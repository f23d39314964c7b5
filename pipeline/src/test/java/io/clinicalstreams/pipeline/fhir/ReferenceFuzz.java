package io.clinicalstreams.pipeline.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.topics.wire.PatientKey;
import io.clinicalstreams.topics.wire.PatientKeys;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.IdType;

/** Fuzz target: any text as a reference to a patient. HAPI decides which type and id it names. */
final class ReferenceFuzz {

    private static final PatientKeys KEYS =
            new PatientKeys(Set.of("https://ours.example/fhir", "https://ours.example/fhir/b"));
    private static final Pattern PLAIN = Pattern.compile("Patient/[A-Za-z0-9.-]{1,64}");

    private ReferenceFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        String text = new String(data, StandardCharsets.UTF_8);
        PatientKey key = KEYS.ofReference(text).key();
        if (PLAIN.matcher(text).matches()) {
            assertThat(key).isEqualTo(new PatientKey(text));
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
}
