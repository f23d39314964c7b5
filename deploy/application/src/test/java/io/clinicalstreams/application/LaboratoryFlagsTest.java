package io.clinicalstreams.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.loadgen.send.Outgoing;
import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.topics.wire.HeaderNames;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/**
 * Flagged laboratory results of adults, children and patients of unknown age, in every order: the alerts match those
 * that the verifier derives independently from the log.
 */
@OnOneBroker
class LaboratoryFlagsTest {

    private static final int RESULTS = 1_200;
    private static final int PATIENTS = 40;
    private static final List<String> CODES = List.of("10839-9", "600-7", "2823-3");
    private static final List<String> FLAGS = List.of("", "", "N", "H", "HH", "LL", "AA");
    private static final List<String> STATUSES =
            List.of("final", "final", "final", "final", "preliminary", "corrected", "registered", "entered-in-error");
    private static final List<String> UNITS = List.of("mmol/L", "mmol/L", "ng/mL");

    private final Random random = new Random(8);

    @Test
    void areAlertsWhereNoLimitCanJudgeThem(TestSystem system) {
        system.applyReferenceData();
        PipelineProcess pipeline = system.pipeline("ward-1").awaitReady();
        List<Outgoing> records = new ArrayList<>();
        for (int i = 0; i < PATIENTS; i += 4) {
            records.add(patient(i, "1960-01-01"));
            records.add(patient(i + 1, "2024-05-01"));
        }
        for (int i = 0; i < RESULTS; i++) {
            records.add(result(i));
        }

        system.send(records);
        system.verdict();

        assertThat(system.read(TopicNames.ALERT_GENERATED).stream().map(LaboratoryFlagsTest::ruleAndTransition))
                .contains(
                        "curated/laboratory-flag raised",
                        "curated/laboratory-flag resolved",
                        "curated/laboratory-flag recurred",
                        "curated/potassium-high raised");
        pipeline.stop();
    }

    private static Outgoing patient(int number, String birthDate) {
        return Outgoing.of(
                Resources.bytes("Patient/" + number),
                Resources.bytes("{\"resourceType\":\"Patient\",\"id\":\"%d\",\"birthDate\":\"%s\"}"
                        .formatted(number, birthDate)));
    }

    /** Some reuse a previous id, some have a flagged component, some have no key. */
    private Outgoing result(int number) {
        String patient = "Patient/" + random.nextInt(PATIENTS);
        int id = random.nextInt(4) == 0 ? number - random.nextInt(Math.min(number + 1, 9)) : number;
        String value = random.nextInt(3) == 0 ? "7.1" : "4.2";
        String text = Resources.observation("f-" + id, patient, one(CODES), value, one(UNITS))
                .replace("\"final\"", '"' + one(STATUSES) + '"');
        if (random.nextInt(6) == 0) {
            text = text.replaceAll("\"valueQuantity\":\\{[^}]*}", "\"valueString\":\"seen\"");
        } else if (random.nextInt(6) == 0) {
            text = text.replaceAll(
                    "\"valueQuantity\":\\{[^}]*}",
                    "\"component\":[{%s\"code\":{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"1975-2\"}]}}]"
                            .formatted(interpretation()));
        }
        text = text.replace("\"subject\"", interpretation() + "\"subject\"");
        return Outgoing.of(random.nextInt(50) == 0 ? null : Resources.bytes(patient), Resources.bytes(text));
    }

    private String interpretation() {
        String flag = one(FLAGS);
        String system = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation";
        return flag.isEmpty()
                ? ""
                : "\"interpretation\":[{\"coding\":[{\"system\":\"%s\",\"code\":\"%s\"}]}],".formatted(system, flag);
    }

    private String one(List<String> values) {
        return values.get(random.nextInt(values.size()));
    }

    private static String ruleAndTransition(ConsumerRecord<byte[], byte[]> alert) {
        return header(alert, HeaderNames.RULE) + ' ' + header(alert, HeaderNames.TRANSITION);
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.US_ASCII);
    }
}
