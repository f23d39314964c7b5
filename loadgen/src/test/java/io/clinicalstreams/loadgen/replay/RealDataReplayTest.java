package io.clinicalstreams.loadgen.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clinicalstreams.loadgen.send.Outgoing;
import io.clinicalstreams.topics.FhirSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Third-party files, if present. */
class RealDataReplayTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Path DATA =
            Path.of(System.getProperty("project.root", "..")).resolve("../shared/data");

    private final ObjectMapper json = new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    @Test
    void carriesEveryResourceOfAnExport() throws Exception {
        Map<String, Integer> counts = new HashMap<>();
        try (ReplaySource source = open("synthea-2019", false, false)) {
            for (Outgoing next = source.next(); next != null; next = source.next()) {
                assertThat(next.key()).isNotNull();
                counts.merge(type(next), 1, Integer::sum);
            }
        }

        assertThat(counts)
                .isEqualTo(
                        Map.of("Observation", 42_351, "Encounter", 8_913, "MedicationRequest", 2_500, "Patient", 300));
    }

    @Test
    void shiftsHistoriesWithoutChangingTheirOrderOrPassingNow() throws Exception {
        Map<String, List<Instant>> before = times(false);
        Map<String, List<Instant>> after = times(true);

        assertThat(after.keySet()).isEqualTo(before.keySet()).hasSize(300);
        before.forEach((patient, times) -> {
            List<Instant> moved = Objects.requireNonNull(after.get(patient));
            Instant last = moved.stream().max(Instant::compareTo).orElseThrow();
            assertThat(last).isBetween(NOW.minusSeconds(86_400L * 400), NOW);
            for (int i = 1; i < times.size(); i++) {
                assertThat(moved.get(i).compareTo(moved.get(i - 1)))
                        .isEqualTo(times.get(i).compareTo(times.get(i - 1)));
            }
        });
    }

    @Test
    void splitsTransactionsIntoTheResourcesThatAServerWouldStore() throws Exception {
        Path folder = folder("synthea-3.3/bundles");
        List<Outgoing> split;
        try (ReplaySource source = ReplaySource.open(settings(folder, false, false), FhirSettings.DEFAULT, NOW)) {
            split = ReplaySourceTest.drain(source);
        }
        List<Outgoing> whole;
        try (ReplaySource source = ReplaySource.open(settings(folder, true, false), FhirSettings.DEFAULT, NOW)) {
            whole = ReplaySourceTest.drain(source);
        }

        assertThat(whole).hasSize(2).allSatisfy(bundle -> assertThat(bundle.key())
                .isNotNull());
        assertThat(split).hasSize(whole.stream().mapToInt(Outgoing::resources).sum());
        List<JsonNode> expected = new ArrayList<>();
        for (Outgoing bundle : whole) {
            for (JsonNode entry : json.readTree(bundle.value()).path("entry")) {
                expected.add(entry.path("resource"));
            }
        }
        for (int i = 0; i < split.size(); i++) {
            String text = text(split.get(i));
            assertThat(text).doesNotContain("\"reference\": \"urn:uuid:");
            JsonNode resource = json.readTree(text);
            assertThat(resource.path("id")).isEqualTo(expected.get(i).path("id"));
            if (resource.path("resourceType").asText().equals("Observation")) {
                assertThat(resource.path("valueQuantity"))
                        .isEqualTo(expected.get(i).path("valueQuantity"));
                assertThat(new String(Objects.requireNonNull(split.get(i).key()), StandardCharsets.UTF_8))
                        .isEqualTo(resource.at("/subject/reference").asText());
            }
        }
    }

    @Test
    void survivesTheOfficialExamples() throws Exception {
        for (boolean shift : new boolean[] {false, true}) {
            try (ReplaySource source = open("hl7-r4-examples", false, shift)) {
                List<Outgoing> records = ReplaySourceTest.drain(source);

                assertThat(source.account().documents()).isEqualTo(64 + 40 + 32 + 23 + 22 + 10 + 4 + 1);
                assertThat(source.account().unreadable()).isZero();
                assertThat(source.account().bundlesSplit())
                        .as("the others have entries of hl7.org and other servers, and stay whole")
                        .isEqualTo(3);
                assertThat(records)
                        .allSatisfy(record -> assertThat(isJson(record)).isTrue());
            }
        }
    }

    /** The patients' Observation times as written, in the order of the file. */
    private Map<String, List<Instant>> times(boolean shift) throws Exception {
        Map<String, List<Instant>> times = new HashMap<>();
        Path file = folder("synthea-2019").resolve("Observation.ndjson.gz");
        try (ReplaySource source = ReplaySource.open(settings(file, false, shift), FhirSettings.DEFAULT, NOW)) {
            for (Outgoing next = source.next(); next != null; next = source.next()) {
                JsonNode observation = json.readTree(next.value());
                ShiftableTime time = Objects.requireNonNull(ShiftableTime.parse(
                        observation.path("effectiveDateTime").asText()));
                times.computeIfAbsent(observation.at("/subject/reference").asText(), patient -> new ArrayList<>())
                        .add(Instant.ofEpochSecond(time.latestSecond()));
            }
        }
        return times;
    }

    private boolean isJson(Outgoing record) throws IOException {
        try {
            return json.readTree(record.value()).isObject();
        } catch (JsonProcessingException broken) {
            return false;
        }
    }

    private static String type(Outgoing record) {
        String text = text(record);
        int start = text.indexOf("\"resourceType\":\"") + "\"resourceType\":\"".length();
        return text.substring(start, text.indexOf('"', start));
    }

    private static String text(Outgoing record) {
        return new String(Objects.requireNonNull(record.value()), StandardCharsets.UTF_8);
    }

    private static ReplaySource open(String folder, boolean asIs, boolean shift) throws IOException {
        return ReplaySource.open(settings(folder(folder), asIs, shift), FhirSettings.DEFAULT, NOW);
    }

    private static ReplaySettings settings(Path input, boolean asIs, boolean shift) {
        return new ReplaySettings(List.of(input), asIs, shift);
    }

    private static Path folder(String name) {
        Path folder = DATA.resolve(name);
        assumeTrue(Files.isDirectory(folder), "the real data are not here");
        return folder;
    }
}
