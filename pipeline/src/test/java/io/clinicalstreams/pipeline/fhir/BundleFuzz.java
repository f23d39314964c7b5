package io.clinicalstreams.pipeline.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clinicalstreams.pipeline.FuzzInput;
import io.clinicalstreams.pipeline.fhir.resource.Finding;
import io.clinicalstreams.topics.wire.Reason;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Fuzz target: Bundles of examples, some of them changed, under fullUrls and with subjects that refer to each other.
 * HAPI resolves the references. What is written for an entry must be read the same on its own, and what is re-keyed must
 * have the same content.
 */
final class BundleFuzz {

    private static final Reading READING = Reading.withBase("https://ours.example/fhir");
    private static final HapiOracle HAPI = new HapiOracle();
    private static final List<ObjectNode> EXAMPLES =
            Examples.embedded().stream().map(ReaderFuzz::parse).toList();
    private static final List<String> TYPES =
            List.of("transaction", "batch", "collection", "message", "document", "searchset", "history");
    private static final List<String> IDS = List.of(
            "urn:uuid:00000000-0000-4000-8000-000000000001",
            "urn:uuid:00000000-0000-4000-8000-000000000002",
            "urn:oid:1.2.3",
            "https://ours.example/fhir/Patient/1",
            "https://b.example/fhir/Patient/1",
            "https://b.example/fhir/Observation/1/_history/2",
            "Patient/1",
            "Patient/2#f",
            "#newborn",
            "Patient?identifier=urn:s|1",
            "https://b.example/odd");
    private static final String URN_SUBJECT = "\"subject\":{\"reference\":\"urn:";
    private static final int MOST_ENTRIES = 5;

    private BundleFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        ObjectNode bundle = bundle(new FuzzInput(data));
        String json = bundle.toString();
        List<ReadResource> read = READING.all(json.getBytes(StandardCharsets.UTF_8));
        int entries = bundle.path("entry").size();
        if (read.get(0).index() < 0) {
            assertThat(read).hasSize(1);
            assertThat(entries == 0 || TYPES.indexOf(bundle.path("type").asText()) > 3)
                    .as("rejected whole")
                    .isTrue();
            return;
        }
        assertThat(read).hasSize(entries);
        // HAPI takes most of the time, and is only asked about references into the Bundle.
        Bundle expected = json.contains(URN_SUBJECT) && HAPI.parse(json) instanceof Bundle parsed ? parsed : null;
        for (ReadResource one : read) {
            assertThat(Reading.verdict(one)).isNotEqualTo(Reason.UNEXPECTED.name());
            if (one.finding() instanceof Finding.Routed routed) {
                assertThat(Reading.verdict(READING.one(Objects.requireNonNull(one.bytes()))))
                        .as("on its own")
                        .isEqualTo(Reading.verdict(one));
                assertRekeyed(one);
                String patient = expected == null ? null : patient(expected, one.index());
                assertThat(patient == null || patient.equals(routed.patient().reference()))
                        .as("HAPI's patient")
                        .isTrue();
            }
            if (one.finding() instanceof Finding.Ignored ignored && ignored.patient() != null) {
                assertRekeyed(one);
            }
        }
    }

    private static void assertRekeyed(ReadResource one) {
        assertThat(READING.all(Objects.requireNonNull(one.rekeyed())))
                .as("re-keyed")
                .singleElement()
                .extracting(ReadResource::finding)
                .isEqualTo(one.finding());
    }

    /** The patient of an Observation that refers to a fullUrl of a Bundle without requests; null for others. */
    private static @Nullable String patient(Bundle bundle, int index) {
        if (bundle.getEntry().stream().anyMatch(Bundle.BundleEntryComponent::hasRequest)) {
            return null;
        }
        if (!(bundle.getEntry().get(index).getResource() instanceof Observation observation)) {
            return null;
        }
        String reference = observation.getSubject().getReference();
        IBaseResource target = observation.getSubject().getResource();
        if (reference == null
                || !reference.startsWith("urn:")
                || !(target instanceof Resource patient)
                || !patient.hasId()
                || isNamedByIdentifier(patient)) {
            return null;
        }
        // HAPI's id of a resource without an id is its fullUrl.
        String id = patient.getIdElement().getIdPart();
        return id.startsWith("urn:") ? id : "Patient/" + id;
    }

    /** HAPI's id of a Patient without an id is its fullUrl. */
    private static boolean isNamedByIdentifier(Resource resource) {
        return resource instanceof Patient patient
                && patient.getIdElement().getIdPart().startsWith("urn:")
                && patient.hasIdentifier();
    }

    private static ObjectNode bundle(FuzzInput choices) {
        ObjectNode bundle = ReaderFuzz.parse("{\"resourceType\":\"Bundle\"}");
        bundle.put("type", one(TYPES, choices));
        ArrayNode entries = bundle.putArray("entry");
        for (int more = choices.applyAsInt(MOST_ENTRIES); more >= 0; more--) {
            ObjectNode entry = entries.addObject();
            if (choices.applyAsInt(4) > 0) {
                entry.put("fullUrl", one(IDS, choices));
            }
            entry.set("resource", resource(choices));
        }
        entries.forEach(entry -> request((ObjectNode) entry, choices));
        return bundle;
    }

    /** Chosen last: the seeds are older, and mean Bundles without requests. */
    private static void request(ObjectNode entry, FuzzInput choices) {
        switch (choices.applyAsInt(8)) {
            case 1 -> entry.putObject("request").put("method", "PUT").put("url", one(IDS, choices));
            case 2 ->
                entry.putObject("request")
                        .put("method", "POST")
                        .put("url", "Patient")
                        .put("ifNoneExist", "identifier=urn:s|" + choices.applyAsInt(2));
            default -> {}
        }
    }

    private static ObjectNode resource(FuzzInput choices) {
        ObjectNode resource = one(EXAMPLES, choices).deepCopy();
        boolean isPatient = resource.get("resourceType").asText().equals("Patient");
        if (choices.applyAsInt(3) > 0 && !isPatient) {
            resource.putObject("subject").put("reference", one(IDS, choices));
        }
        if (choices.applyAsInt(4) == 0) {
            Mutation mutation = Mutation.of(resource, choices);
            if (mutation.kind() != Mutation.Kind.DUPLICATE) {
                resource = ReaderFuzz.parse(mutation.json());
            }
        }
        return resource;
    }

    private static <T> T one(List<T> values, FuzzInput choices) {
        return values.get(choices.applyAsInt(values.size()));
    }
}
