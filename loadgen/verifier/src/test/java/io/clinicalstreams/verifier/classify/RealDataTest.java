package io.clinicalstreams.verifier.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.clinicalstreams.topics.wire.Reason;
import io.clinicalstreams.verifier.source.MemoryTopics;
import io.clinicalstreams.verifier.source.VerifiedTopics;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** The classification of third-party input; skipped when the data are absent. */
class RealDataTest {

    private final VerifiedTopics verified = MemoryTopics.verified();
    private final ExpectedResources resources = new ExpectedResources(verified);
    private final Map<String, Integer> counts = new TreeMap<>();

    private void classify(String folder) throws IOException {
        Path data = Path.of(System.getProperty("project.root", "../.."), "../shared/data")
                .resolve(folder);
        assumeTrue(Files.isDirectory(data), "no real data here");
        try (Stream<Path> files = Files.list(data)) {
            for (Path file : files.filter(each -> each.toString().contains(".ndjson"))
                    .sorted()
                    .toList()) {
                try (BufferedReader lines = open(file)) {
                    lines.lines().filter(line -> !line.isBlank()).forEach(this::classifyLine);
                }
            }
        }
    }

    private static BufferedReader open(Path file) throws IOException {
        InputStream in = Files.newInputStream(file);
        return new BufferedReader(new InputStreamReader(
                file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in, StandardCharsets.UTF_8));
    }

    private void classifyLine(String line) {
        count(line.getBytes(StandardCharsets.UTF_8));
    }

    private void count(byte[] value) {
        List<Expected> expected =
                resources.in(new ConsumerRecord<>(verified.received().fullName(), 0, 0, null, value));
        for (Expected each : expected) {
            String name = each.mustBeRejected() ? "rejected " + weightiest(each.reasons()) : each.ignoredAs();
            counts.merge(name == null ? String.valueOf(each.destination()) : name, 1, Integer::sum);
        }
    }

    /** The most significant defect; a lenient reader may overlook the others. */
    private static Reason weightiest(Set<Reason> reasons) {
        return reasons.stream()
                .filter(reason -> reason != Reason.WRONG_ELEMENT_TYPE && reason != Reason.INVALID_VALUE)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everyResourceOfSynthea2019IsAccepted() throws IOException {
        classify("synthea-2019");

        assertThat(counts)
                .isEqualTo(
                        Map.of("OBSERVATION", 42_351, "ENCOUNTER", 8_913, "MEDICATION_REQUEST", 2_500, "Patient", 300));
    }

    @Test
    void everyResourceOfSynthea33IsAccepted() throws IOException {
        classify("synthea-3.3");

        assertThat(counts)
                .isEqualTo(Map.of(
                        "OBSERVATION", 12_697,
                        "ENCOUNTER", 1_759,
                        "MEDICATION_REQUEST", 1_398,
                        "Medication", 935,
                        "Patient", 12));
    }

    @Test
    void transactionBundlesOfSynthea33AreSplit() throws IOException {
        Path bundles = Path.of(System.getProperty("project.root", "../.."), "../shared/data/synthea-3.3/bundles");
        assumeTrue(Files.isDirectory(bundles), "no real data here");
        try (Stream<Path> files = Files.list(bundles)) {
            for (Path file : files.sorted().toList()) {
                InputStream in = Files.newInputStream(file);
                try (InputStream whole = file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in) {
                    count(whole.readAllBytes());
                }
            }
        }

        assertThat(counts).containsKeys("OBSERVATION", "ENCOUNTER", "Patient");
        assertThat(counts.keySet()).noneMatch(name -> name.startsWith("rejected"));
    }

    @Test
    void everyRejectionAmongTheOfficialExamplesIsExplained() throws IOException {
        classify("hl7-r4-examples");

        assertThat(counts)
                .containsEntry("OBSERVATION", 182)
                .containsEntry("ENCOUNTER", 10)
                .containsEntry("MEDICATION_REQUEST", 40)
                .containsEntry("MEDICATION_KNOWLEDGE", 1)
                .containsEntry("rejected MISSING_PATIENT", 18)
                .containsEntry("rejected UNSUPPORTED_BUNDLE_TYPE", 6)
                .containsEntry("rejected CONTAINED_PATIENT", 5)
                .containsEntry("rejected SUBJECT_NOT_A_PATIENT", 1);
        assertThat(counts.keySet())
                .filteredOn(name -> name.startsWith("rejected"))
                .hasSize(4);
    }
}
