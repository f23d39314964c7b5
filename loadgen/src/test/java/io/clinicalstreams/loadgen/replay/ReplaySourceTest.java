package io.clinicalstreams.loadgen.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.loadgen.send.Outgoing;
import io.clinicalstreams.topics.FhirSettings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplaySourceTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.7Z");

    private static final String FOREIGN = "{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":["
            + "{\"fullUrl\":\"https://b.example/fhir/Patient/1\",\"resource\":{\"resourceType\":\"Patient\",\"id\":\"1\"}},"
            + "{\"fullUrl\":\"https://b.example/fhir/Observation/2\",\"resource\":{\"resourceType\":\"Observation\","
            + "\"id\":\"2\",\"subject\":{\"reference\":\"Patient/1\"}}}]}";

    @Test
    void sendsEachLineUnchangedUnderItsPatientsKey() throws Exception {
        List<Outgoing> records = replay("history/1-observations.ndjson", false, false);
        List<String> lines = Files.readAllLines(file("history/1-observations.ndjson")).stream()
                .filter(line -> !line.isBlank())
                .toList();

        assertThat(records).extracting(ReplaySourceTest::value).isEqualTo(lines);
        assertThat(records)
                .extracting(record -> text(record.key()))
                .containsExactly(
                        "Patient/a", "Patient/a", "Patient/a", "Patient/b", null, null, "http://mrn.example|77");
        assertThat(records).allMatch(record -> record.resources() == 1 && record.partition() == null);
    }

    @Test
    void readsAFolderRecursivelyInOrder() throws Exception {
        List<Outgoing> records = replay("history", false, false);

        assertThat(records).hasSize(9);
        assertThat(text(records.get(7).value())).isEqualTo(Files.readString(file("history/2-patient.json")));
        assertThat(text(records.get(7).key())).isEqualTo("Patient/a");
        assertThat(value(records.get(8)))
                .startsWith("{\"resourceType\":\"Encounter\"")
                .endsWith("}}");
        assertThat(text(records.get(8).key())).isEqualTo("Patient/b");
    }

    @Test
    void splitsABundleAndResolvesReferencesIntoIt() throws Exception {
        List<Outgoing> records = replay("bundle.json", false, false);

        assertThat(records)
                .extracting(record -> text(record.key()))
                .containsExactly("Patient/pat", "Patient/pat", "Patient/pat", null);
        assertThat(value(records.get(0)))
                .isEqualTo("{\"resourceType\": \"Patient\", \"id\": \"pat\", \"birthDate\": \"1960-02-29\"}");
        assertThat(value(records.get(1))).contains("\"subject\": {\"reference\": \"Patient/pat\"}");
        assertThat(value(records.get(2)))
                .isEqualTo("{\"resourceType\":\"Observation\",\"status\":\"final\","
                        + "\"code\":{\"text\":\"na\\u00efve \\\"quoted\\\"\"},"
                        + "\"subject\":{\"reference\":\"Patient/pat\"},"
                        + "\"encounter\":{\"reference\":\"Encounter/enc\"},"
                        + "\"effectiveDateTime\":\"2020-01-01T12:00:00Z\",\"valueQuantity\":{\"value\":1.500E+2}}");
        assertThat(value(records.get(3))).as("left for the pipeline to reject").contains("urn:uuid:9999");
    }

    @Test
    void accountsForWhatItSkipped() throws Exception {
        try (ReplaySource source = open("bundle.json", false, false)) {
            drain(source);

            assertThat(source.account()).isEqualTo(new ReplayAccount(0, 1, 0, 1, 1, 0));
        }
        try (ReplaySource source = open("history", false, false)) {
            drain(source);

            assertThat(source.account()).isEqualTo(new ReplayAccount(1, 9, 1, 0, 0, 0));
        }
    }

    @Test
    void sendsABundleWholeOnRequest() throws Exception {
        List<Outgoing> records = replay("bundle.json", true, false);

        assertThat(records).hasSize(1);
        assertThat(value(records.get(0))).isEqualTo(Files.readString(file("bundle.json")));
        assertThat(text(records.get(0).key())).isEqualTo("Patient/pat");
        assertThat(records.get(0).resources()).isEqualTo(5);
    }

    @Test
    void sendsABundleWholeThatCannotBeSplit() throws Exception {
        List<Outgoing> records = replay("searchset.json", false, false);

        assertThat(records).hasSize(1);
        assertThat(text(records.get(0).key())).isEqualTo("Patient/s");
        assertThat(records.get(0).resources()).isEqualTo(1);
    }

    @Test
    void sendsABundleOfAnotherServerWholeUnderThatServersPatient(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("foreign.json"), FOREIGN);
        try (ReplaySource source = ReplaySource.open(settings(file, false, false), FhirSettings.DEFAULT, NOW)) {
            assertThat(drain(source)).singleElement().satisfies(record -> {
                assertThat(value(record)).isEqualTo(FOREIGN);
                assertThat(text(record.key())).isEqualTo("https://b.example/fhir/Patient/1");
                assertThat(record.resources()).isEqualTo(2);
            });
        }
    }

    @Test
    void splitsABundleOfOneOfOurServers(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("ours.json"), FOREIGN);
        FhirSettings ours = new FhirSettings(Set.of("https://b.example/fhir"), null, null);
        try (ReplaySource source = ReplaySource.open(settings(file, false, false), ours, NOW)) {
            assertThat(drain(source))
                    .extracting(record -> text(record.key()))
                    .containsExactly("Patient/1", "Patient/1");
        }
    }

    @Test
    void shiftsEachHistoryToEndNow() throws Exception {
        List<Outgoing> records = replay("history", false, true);

        // a: the last is 2011-03-01T10:05:00.5Z, so it shifts by 5479 days, 1 hour and 55 minutes.
        assertThat(value(records.get(0)))
                .contains("\"effectiveDateTime\":\"2026-03-01T11:55:00.120+01:00\"")
                .contains("\"issued\":\"2026-03-01T12:00:00.5Z\"")
                .contains("\"value\":4.10");
    }

    @Test
    void shiftsDatesInOrderAndNothingElse() throws Exception {
        List<Outgoing> records = replay("history", false, true);

        // b: the last measurement is of 2015-06-30T23:59:59Z; the encounter ended a day later, and still does.
        assertThat(value(records.get(8)))
                .contains("\"start\":\"2026-03-01T08:00:01-05:00\"")
                .contains("\"end\":\"2026-03-02T12:00:01-05:00\"");
        assertThat(value(records.get(3)))
                .contains("\"effectiveDateTime\":\"2026-03-01T12:00:00Z\"")
                .contains("\"identifier\":[{\"value\":\"2015-06-30\"}]")
                .contains("\"text\":\"2015-06-30\"")
                .contains("\"time\":\"2026-02-28\"");
        assertThat(value(records.get(6)))
                .as("a date ends with its day")
                .contains("\"effectiveDateTime\":\"2026-02-28\"");
    }

    @Test
    void shiftsTheBirthDateWithTheHistorySoThatAgesStay() throws Exception {
        List<Outgoing> records = replay("history", false, true);

        assertThat(value(records.get(7))).isEqualTo("""
                {
                  "resourceType": "Patient",
                  "id": "a",
                  "birthDate": "1965-05-05"
                }
                """);
    }

    @Test
    void whatIsPlannedOrOnlyOrderedIsNotTheEndOfAHistory(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(
                folder.resolve("planned.ndjson"),
                observation("o", "final", "2021-03-02T10:00:00Z") + '\n'
                        + observation("ordered", "registered", "2030-01-01T00:00:00Z") + '\n'
                        + "{\"resourceType\":\"Encounter\",\"status\":\"planned\",\"subject\":{\"reference\":\"Patient/s\"},"
                        + "\"period\":{\"start\":\"2021-03-09T10:00:00Z\"}}\n"
                        + "{\"resourceType\":\"MedicationRequest\",\"status\":\"active\",\"subject\":{\"reference\":"
                        + "\"Patient/other\"},\"authoredOn\":\"2019-01-01T00:00:00Z\"}\n");

        List<Outgoing> records = read(new ReplaySettings(List.of(file), false, true));

        assertThat(value(records.get(0))).contains("\"effectiveDateTime\":\"2026-03-01T12:00:00Z\"");
        assertThat(value(records.get(2))).contains("\"start\":\"2026-03-08T12:00:00Z\"");
        assertThat(value(records.get(3)))
                .as("a patient without measurements: the last event")
                .contains("\"authoredOn\":\"2026-03-01T12:00:00Z\"");
    }

    @Test
    void compressesALongHistoryInOrderAndKeepsAgesAndPlans(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(
                folder.resolve("long.ndjson"),
                "{\"resourceType\":\"Patient\",\"id\":\"s\",\"birthDate\":\"1950-01-01\"}\n"
                        + observation("first", "final", "2021-01-01T00:00:00Z") + '\n'
                        + observation("middle", "final", "2021-01-06T00:00:00Z") + '\n'
                        + observation("last", "final", "2021-01-11T00:00:00Z") + '\n'
                        + "{\"resourceType\":\"Encounter\",\"status\":\"planned\",\"subject\":{\"reference\":\"Patient/s\"},"
                        + "\"period\":{\"start\":\"2021-01-12T00:00:00Z\"}}\n");

        List<Outgoing> records = read(new ReplaySettings(List.of(file), false, false, Duration.ofHours(24)));

        assertThat(value(records.get(1))).contains("\"2026-02-28T12:00:00Z\"");
        assertThat(value(records.get(2))).contains("\"2026-03-01T00:00:00Z\"");
        assertThat(value(records.get(3))).contains("\"2026-03-01T12:00:00Z\"");
        assertThat(value(records.get(4))).contains("\"2026-03-02T12:00:00Z\"");
        assertThat(value(records.get(0))).contains("\"birthDate\":\"1955-02-28\"");
    }

    @Test
    void doesNotStretchAShortHistory(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(
                folder.resolve("short.ndjson"),
                observation("first", "final", "2021-01-01T00:00:00Z")
                        + '\n'
                        + observation("last", "final", "2021-01-01T01:00:00Z")
                        + '\n');

        List<Outgoing> records = read(new ReplaySettings(List.of(file), false, false, Duration.ofHours(24)));

        assertThat(value(records.get(0))).contains("\"2026-03-01T11:00:00Z\"");
    }

    private static String observation(String id, String status, String effective) {
        return "{\"resourceType\":\"Observation\",\"id\":\"" + id + "\",\"status\":\"" + status
                + "\",\"subject\":{\"reference\":\"Patient/s\"},\"effectiveDateTime\":\"" + effective + "\"}";
    }

    private static List<Outgoing> read(ReplaySettings settings) throws Exception {
        List<Outgoing> records = new ArrayList<>();
        try (ReplaySource source = ReplaySource.open(settings, FhirSettings.DEFAULT, NOW)) {
            for (Outgoing next = source.next(); next != null; next = source.next()) {
                records.add(next);
            }
        }
        return records;
    }

    @Test
    void shiftsABundleAsAWhole() throws Exception {
        List<Outgoing> records = replay("bundle.json", true, true);

        assertThat(value(records.get(0)))
                .contains("\"end\": \"2026-03-02T00:00:00Z\"")
                .contains("\"effectiveDateTime\":\"2026-03-01T12:00:00Z\"")
                .contains("\"valueQuantity\":{\"value\":1.500E+2}")
                .contains("\"reference\":\"urn:uuid:11111111");
    }

    @Test
    void readsLinesLongerThanItsBufferAndWithoutALastLineEnd(@TempDir Path folder) throws Exception {
        String longOne = "{\"resourceType\":\"Observation\",\"text\":\"" + "x".repeat(200_000) + "\"}";
        Path file = folder.resolve("long.ndjson");
        Files.writeString(file, longOne + "\r\n\n" + longOne);
        try (ReplaySource source = ReplaySource.open(settings(file, false, false), FhirSettings.DEFAULT, NOW)) {
            assertThat(drain(source)).extracting(ReplaySourceTest::value).containsExactly(longOne, longOne);
        }
    }

    @Test
    void survivesInputThatIsNotFhir(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("odd.ndjson");
        String lines = String.join(
                "\n",
                "[1,2]",
                "\"text\"",
                "{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":[1,null,{\"resource\":[]},{\"resource\":{}}]}",
                "{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":{}}",
                "{\"resourceType\":\"Bundle\",\"type\":\"batch\"}",
                "{\"resourceType\":1,\"subject\":[{}],\"effectivePeriod\":3,\"issued\":{}}",
                "[".repeat(5_000),
                "{\"resourceType\":\"Observation\",\"valueQuantity\":{\"value\":1E+100000}}",
                "{\"a\":1} {\"b\":2}",
                "\u0000\u0001");
        Files.writeString(file, lines);
        for (boolean shift : new boolean[] {false, true}) {
            try (ReplaySource source = ReplaySource.open(settings(file, false, shift), FhirSettings.DEFAULT, NOW)) {
                List<Outgoing> records = drain(source);

                assertThat(records)
                        .as("the batch has one entry with a resource")
                        .hasSize(10);
                assertThat(source.account().entriesWithoutResource()).isEqualTo(3);
            }
        }
    }

    @Test
    void sendsInputThatIsNotUtf8UnchangedInsteadOfShiftingIt(@TempDir Path folder) throws Exception {
        String old = "{\"resourceType\":\"Observation\",\"subject\":{\"reference\":\"Patient/a\"},"
                + "\"effectiveDateTime\":\"2020-01-01T00:00:00Z\"}";
        byte[] inUtf16 = old.getBytes(StandardCharsets.UTF_16BE);
        Files.write(folder.resolve("1.json"), inUtf16);
        Files.writeString(folder.resolve("2.json"), old);
        try (ReplaySource source = ReplaySource.open(settings(folder, false, true), FhirSettings.DEFAULT, NOW)) {
            List<Outgoing> records = drain(source);

            assertThat(records).hasSize(2);
            assertThat(records.get(0).value()).isEqualTo(inUtf16);
            assertThat(text(records.get(0).key())).isEqualTo("Patient/a");
            assertThat(value(records.get(1))).contains("\"effectiveDateTime\":\"2026-03-01T12:00:00Z\"");
            assertThat(source.account().notRewritten()).isEqualTo(1);
        }
    }

    private static List<Outgoing> replay(String name, boolean asIs, boolean shift) throws Exception {
        try (ReplaySource source = open(name, asIs, shift)) {
            return drain(source);
        }
    }

    private static ReplaySource open(String name, boolean asIs, boolean shift) throws Exception {
        return ReplaySource.open(settings(file(name), asIs, shift), FhirSettings.DEFAULT, NOW);
    }

    private static ReplaySettings settings(Path input, boolean asIs, boolean shift) {
        return new ReplaySettings(List.of(input), asIs, shift);
    }

    static List<Outgoing> drain(ReplaySource source) throws Exception {
        List<Outgoing> records = new ArrayList<>();
        for (Outgoing next = source.next(); next != null; next = source.next()) {
            records.add(next);
        }
        return records;
    }

    private static Path file(String name) throws Exception {
        URI folder = Objects.requireNonNull(ReplaySourceTest.class.getResource("/replay/bundle.json"))
                .toURI();
        return Path.of(folder).resolveSibling(name);
    }

    private static String value(Outgoing record) {
        return Objects.requireNonNull(text(record.value()));
    }

    private static @Nullable String text(byte @Nullable [] bytes) {
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }
}
