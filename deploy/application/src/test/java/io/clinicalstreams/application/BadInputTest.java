package io.clinicalstreams.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.application.BadInputs.BadInput;
import io.clinicalstreams.loadgen.send.Outgoing;
import io.clinicalstreams.loadgen.send.SendResult;
import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.topics.wire.Coordinates;
import io.clinicalstreams.topics.wire.HeaderNames;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each bad input is handled as expected, its partition continues, and none of its content is disclosed. */
@OnOneBroker
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {

    private static final List<String> OUTPUTS = List.of(
            TopicNames.OBSERVATION_RECORDED,
            TopicNames.RESOURCE_REKEYED,
            TopicNames.RESOURCE_REJECTED,
            TopicNames.ALERT_GENERATED,
            TopicNames.ALERT_CURRENT);

    private final Map<String, Coordinates> badOnes = new LinkedHashMap<>();
    private final Map<String, Coordinates> goodOnesBehind = new LinkedHashMap<>();
    private final Map<String, List<ConsumerRecord<byte[], byte[]>>> outputs = new HashMap<>();
    private TestSystem system;
    private PipelineProcess pipeline;

    @BeforeAll
    void sendEachWithAGoodOneBehind(TestSystem system) throws Exception {
        this.system = system;
        // As on brokers before Kafka 4.4: an inflating record is accepted, and the lanes must handle it.
        system.set(TopicNames.RESOURCE_RECEIVED, "max.decompressed.message.bytes", "2147483639");
        system.applyReferenceData();
        pipeline = system.pipeline("ward-1").awaitReady();
        try (KafkaProducer<byte[], byte[]> gateway = carelessGateway()) {
            for (BadInput bad : all().toList()) {
                badOnes.put(bad.name(), send(bad.input(), gateway));
                goodOnesBehind.put(bad.name(), send(inputs().goodOne("behind"), gateway));
            }
        }
        system.awaitQuiet();
        OUTPUTS.forEach(topic -> outputs.put(topic, system.read(topic)));
    }

    @ParameterizedTest
    @MethodSource("all")
    void endsWhereItShould(BadInput bad) {
        Coordinates origin = badOnes.get(bad.name());

        assertThat(of(TopicNames.OBSERVATION_RECORDED, origin)).hasSize(bad.recorded());
        assertThat(of(TopicNames.RESOURCE_REKEYED, origin)).hasSize(bad.rekeyed());
        assertThat(of(TopicNames.RESOURCE_REJECTED, origin))
                .extracting(record -> header(record, HeaderNames.REASON))
                .containsExactlyElementsOf(
                        bad.rejected().stream().map(Enum::name).toList());
    }

    @ParameterizedTest
    @MethodSource("all")
    void thePartitionContinuesAfterIt(BadInput bad) {
        assertThat(of(TopicNames.OBSERVATION_RECORDED, goodOnesBehind.get(bad.name())))
                .hasSize(1);
    }

    @Test
    void theVerifierFindsNothingLostAndNothingDuplicated() {
        assertThat(system.verdict().rejected().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(all().mapToLong(bad -> bad.rejected().size()).sum());
    }

    @Test
    void quarantineKeepsKeyAndValueAsTheyCame() {
        BadInput notJson =
                all().filter(bad -> bad.name().equals("not JSON")).findFirst().orElseThrow();

        assertThat(of(TopicNames.RESOURCE_REJECTED, badOnes.get(notJson.name())))
                .singleElement()
                .satisfies(record -> {
                    assertThat(record.key()).isEqualTo(notJson.input().key());
                    assertThat(record.value()).isEqualTo(notJson.input().value());
                });
    }

    @Test
    void quarantineDescribesValuesThatAreTooLargeForIt() {
        Coordinates origin = badOnes.get("inflates beyond the output's limit");

        assertThat(of(TopicNames.RESOURCE_REJECTED, origin)).singleElement().satisfies(record -> {
            assertThat(header(record, HeaderNames.VALUE_OMITTED)).isEqualTo("true");
            assertThat(new String(record.value(), StandardCharsets.UTF_8))
                    .startsWith("{\"origin\":\"" + origin + "\",\"length\":8000")
                    .contains("\"sha256\":\"");
        });
    }

    @Test
    void quarantineLeavesOutAKeyThatIsTooLargeForIt() {
        assertThat(of(TopicNames.RESOURCE_REJECTED, badOnes.get("null value under a key that inflates")))
                .singleElement()
                .satisfies(record -> {
                    assertThat(header(record, HeaderNames.KEY_OMITTED)).isEqualTo("true");
                    assertThat(record.key()).isNull();
                    assertThat(record.value()).isNull();
                });
    }

    @Test
    void aRecordOverTheInputsLimitIsRefusedAtTheSender() {
        int before = system.read(TopicNames.RESOURCE_RECEIVED).size();

        SendResult sent = system.send(List.of(Outgoing.of(Resources.bytes(BadInputs.PATIENT), new byte[5_000_000])));

        assertThat(sent.refused()).isEqualTo(1);
        assertThat(sent.problems())
                .singleElement()
                .asString()
                .contains(
                        "was not sent: it has 5000", system.fullName(TopicNames.RESOURCE_RECEIVED), "at most 4190208");
        assertThat(system.read(TopicNames.RESOURCE_RECEIVED)).hasSize(before);
    }

    @Test
    void aUnitThatCannotBeConvertedIsRecordedAndCountedAsNotEvaluated() {
        assertThat(pipeline.metric("clinical_readings_not_evaluated_total", "reason=\"unit-not-convertible\""))
                .isEqualTo(1);
    }

    @Test
    void nothingNamesThePatient() {
        Stream<String> headers = outputs.values().stream()
                .flatMap(List::stream)
                .flatMap(record -> Stream.of(record.headers().toArray()))
                .map(header -> header.key() + '=' + text(header));
        Stream<String> told = Stream.of(
                pipeline.output(),
                pipeline.body("/metrics"),
                pipeline.body("/health/ready"),
                pipeline.body("/health/live"));

        assertThat(Stream.concat(headers, told)).isNotEmpty().allSatisfy(text -> assertThat(text)
                .doesNotContainIgnoringCase(BadInputs.NAME)
                .doesNotContainIgnoringCase(BadInputs.IDENTIFIER));
    }

    Stream<BadInput> all() {
        return inputs().all().stream();
    }

    private BadInputs inputs() {
        return new BadInputs(
                system.catalogue().topic(TopicNames.RESOURCE_RECEIVED).partitions());
    }

    /** It compresses, has no size limit, and sets arbitrary headers. */
    private KafkaProducer<byte[], byte[]> carelessGateway() {
        Map<String, Object> settings = new HashMap<>(system.client());
        settings.put("compression.type", "zstd");
        settings.put("max.request.size", 64_000_000);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private Coordinates send(Outgoing input, KafkaProducer<byte[], byte[]> gateway) throws Exception {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                system.fullName(TopicNames.RESOURCE_RECEIVED), input.partition(), input.key(), input.value());
        for (String header : List.of(HeaderNames.SENT_AT, HeaderNames.ORIGIN, HeaderNames.REASON, "patient")) {
            record.headers().add(header, Resources.bytes(BadInputs.NAME));
        }
        RecordMetadata metadata = gateway.send(record).get();
        return Coordinates.ofRecord(metadata.topic(), metadata.partition(), metadata.offset());
    }

    /** The output of one input record. */
    private List<ConsumerRecord<byte[], byte[]>> of(String topic, Coordinates input) {
        return outputs.get(topic).stream()
                .filter(record -> {
                    Coordinates origin = Coordinates.parse(Objects.requireNonNull(header(record, HeaderNames.ORIGIN)));
                    return Coordinates.ofRecord(origin.topic(), origin.partition(), origin.offset())
                            .equals(input);
                })
                .toList();
    }

    private static @Nullable String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? null : text(header);
    }

    private static String text(Header header) {
        return new String(header.value(), StandardCharsets.UTF_8);
    }
}
