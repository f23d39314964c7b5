package io.clinicalstreams.pipeline.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.pipeline.domain.observation.Observation;
import io.clinicalstreams.pipeline.fhir.resource.Depth;
import io.clinicalstreams.pipeline.fhir.resource.Finding;
import io.clinicalstreams.topics.FhirSettings;
import io.clinicalstreams.topics.wire.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Shorthand for tests: reads JSON with single quotes and returns findings. Both depths must have the same verdict. */
final class Reading {

    private final ResourceReader routing;
    private final ResourceReader clinical;

    Reading() {
        this(FhirSettings.DEFAULT);
    }

    Reading(FhirSettings settings) {
        routing = new ResourceReader(settings, Depth.ROUTING);
        clinical = new ResourceReader(settings, Depth.CLINICAL);
    }

    static Reading withBase(String baseUrl) {
        return new Reading(new FhirSettings(Set.of(baseUrl), FhirSettings.DEFAULT.zone(), null));
    }

    static byte[] json(String singleQuoted) {
        return singleQuoted.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    /** An Observation with all required elements, and more. */
    static String observation(String more) {
        return "{'resourceType':'Observation','status':'final','code':{'coding':[{'system':'http://loinc.org','code':'2823-3'}]}"
                + ",'subject':{'reference':'Patient/1'}" + (more.isEmpty() ? "" : ",") + more + "}";
    }

    List<ReadResource> all(byte[] value) {
        List<ReadResource> read = clinical.read(value);
        List<ReadResource> routed = routing.read(value);
        assertThat(routed.stream().map(Reading::verdict))
                .isEqualTo(read.stream().map(Reading::verdict).toList());
        return read;
    }

    List<ReadResource> all(String singleQuoted) {
        return all(json(singleQuoted));
    }

    Finding one(byte[] value) {
        List<ReadResource> read = all(value);
        assertThat(read).hasSize(1);
        assertThat(read.get(0).bytes()).isSameAs(value);
        return read.get(0).finding();
    }

    /** {@code OBSERVATION Patient/1}, {@code ignored Patient}, {@code MISSING_STATUS}: the result of one resource. */
    String verdict(String singleQuoted) {
        return verdict(one(json(singleQuoted)));
    }

    List<String> verdicts(String singleQuoted) {
        return all(singleQuoted).stream().map(Reading::verdict).toList();
    }

    static String verdict(ReadResource resource) {
        return verdict(resource.finding());
    }

    static String verdict(Finding finding) {
        return finding.answer(new Finding.Answers<>(
                routed -> routed.type() + " " + routed.patient().reference(),
                catalogued -> catalogued.type() + " " + catalogued.code(),
                ignored -> "ignored " + ignored.reason()
                        + (ignored.patient() == null
                                ? ""
                                : " " + ignored.patient().reference()),
                rejected -> rejected.reason().name()));
    }

    static Reason reason(Finding finding) {
        assertThat(finding).isInstanceOf(Finding.Rejected.class);
        return ((Finding.Rejected) finding).reason();
    }

    Observation content(String singleQuoted) {
        Finding finding = one(json(singleQuoted));
        assertThat(finding).isInstanceOf(Finding.Routed.class);
        return Objects.requireNonNull(((Finding.Routed) finding).observation());
    }

    /** Each pair of a list: the input and the expected result. */
    static List<String[]> pairs(String... inputsAndVerdicts) {
        List<String[]> pairs = new ArrayList<>();
        for (int i = 0; i < inputsAndVerdicts.length; i += 2) {
            pairs.add(new String[] {inputsAndVerdicts[i], inputsAndVerdicts[i + 1]});
        }
        return pairs;
    }
}
