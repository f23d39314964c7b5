package io.clinicalstreams.peer.naive;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import io.clinicalstreams.peer.Peer;
import io.clinicalstreams.peer.PeerInput;
import io.clinicalstreams.peer.StreamsProcessing;
import io.clinicalstreams.topics.TopicNames;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Branched;
import org.apache.kafka.streams.kstream.BranchedKStream;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Observation;
import org.jspecify.annotations.Nullable;

/**
 * The recording lane as most people write it: strings in and out, HAPI parses and encodes each resource, and Kafka's
 * defaults but for the guarantee. It routes as the lane does, with the same guarantee: exactly once.
 */
public final class NaivePeer implements Peer {

    private static final FhirContext FHIR = FhirContext.forR4();

    /** A received text and what HAPI reads in it: null if it is not FHIR. */
    private record Parsed(String text, @Nullable IBaseResource resource) {

        static Parsed of(String text) {
            try {
                return new Parsed(text, FHIR.newJsonParser().parseResource(text));
            } catch (DataFormatException wrong) {
                return new Parsed(text, null);
            }
        }

        String encoded() {
            return FHIR.newJsonParser().encodeResourceToString(resource);
        }

        /** The key that the patient's records must have; null for a resource that is not routed. */
        @Nullable
        String patient() {
            if (resource instanceof Observation observation) {
                return observation.getSubject().getReference();
            }
            if (resource instanceof MedicationRequest request) {
                return request.getSubject().getReference();
            }
            return resource instanceof Encounter encounter
                    ? encounter.getSubject().getReference()
                    : null;
        }
    }

    @Override
    public Processing start(PeerInput input) {
        Map<String, Object> settings = input.streamsDefaults();
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        StreamsConfig config = new StreamsConfig(settings);
        return StreamsProcessing.start(new KafkaStreams(topology(input::name), config), config, Map::of);
    }

    /** @param names full names of topics */
    static Topology topology(UnaryOperator<String> names) {
        StreamsBuilder builder = new StreamsBuilder();
        BranchedKStream<String, Parsed> routes = builder.stream(
                        names.apply(TopicNames.RESOURCE_RECEIVED),
                        Consumed.with(Serdes.String(), Serdes.String())
                                .withOffsetResetPolicy(AutoOffsetReset.earliest()))
                .mapValues(Parsed::of)
                .split();
        Produced<String, String> strings = Produced.with(Serdes.String(), Serdes.String());
        routes.branch(
                (key, parsed) -> parsed.resource() == null, Branched.withConsumer(wrong -> wrong.mapValues(Parsed::text)
                        .to(names.apply(TopicNames.RESOURCE_REJECTED), strings)));
        routes.branch(
                (key, parsed) -> parsed.patient() != null && !parsed.patient().equals(key),
                Branched.withConsumer(miskeyed -> miskeyed.selectKey((key, parsed) -> parsed.patient())
                        .mapValues(Parsed::encoded)
                        .to(names.apply(TopicNames.RESOURCE_REKEYED), strings)));
        route(Observation.class, TopicNames.OBSERVATION_RECORDED, routes, names);
        route(MedicationRequest.class, TopicNames.MEDICATION_REQUESTED, routes, names);
        route(Encounter.class, TopicNames.ENCOUNTER_CHANGED, routes, names);
        return builder.build();
    }

    private static void route(
            Class<?> type, String topic, BranchedKStream<String, Parsed> routes, UnaryOperator<String> names) {
        routes.branch(
                (key, parsed) -> type.isInstance(parsed.resource()),
                Branched.withConsumer(recorded -> recorded.mapValues(Parsed::encoded)
                        .to(names.apply(topic), Produced.with(Serdes.String(), Serdes.String()))));
    }
}
