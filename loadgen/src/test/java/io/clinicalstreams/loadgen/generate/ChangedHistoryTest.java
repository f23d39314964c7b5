package io.clinicalstreams.loadgen.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.clinicalstreams.loadgen.generate.Generated.Kind;
import io.clinicalstreams.loadgen.scenario.Scenario;
import io.clinicalstreams.loadgen.scenario.Share;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What changes the past, comes late, comes together, or does not come. */
class ChangedHistoryTest {

    private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");

    private static final Scenario PLAIN = Scenario.plain(5, 200);

    @Test
    void correctsAndWithdrawsWhatItHasSentEachOnce() {
        List<Generated> records = GeneratorTest.generate(
                PLAIN.with(Map.of(Share.CRITICAL, 0.1, Share.CORRECTED, 0.05, Share.WITHDRAWN, 0.02)), 20_000);
        Map<String, Generated> results = new HashMap<>();
        Set<String> changed = new HashSet<>();
        int retracted = 0;
        for (Generated record : records) {
            String id = part(record, "id");
            if (record.kind() == Kind.LABORATORY) {
                results.put(id, record);
            } else if (record.kind() == Kind.CORRECTION || record.kind() == Kind.WITHDRAWAL) {
                Generated earlier = Objects.requireNonNull(results.get(id));
                assertThat(changed.add(id)).isTrue();
                assertThat(record.key()).isEqualTo(earlier.key());
                for (String same : List.of("effectiveDateTime", "loinc", "encounter")) {
                    assertThat(part(record, same)).isEqualTo(part(earlier, same));
                }
                assertThat(part(record, "status"))
                        .isEqualTo(record.kind() == Kind.CORRECTION ? "corrected" : "entered-in-error");
                assertThat(Instant.parse(part(record, "issued")))
                        .isBetween(record.at().minusSeconds(1), record.at());
                retracted += earlier.critical() ? 1 : 0;
            }
        }

        assertThat(count(records, Kind.CORRECTION)).isCloseTo(1_000, within(130L));
        assertThat(count(records, Kind.WITHDRAWAL)).isCloseTo(380, within(80L));
        assertThat(retracted).isGreaterThan(100);
        assertThat(records)
                .as("the final status is back after each")
                .filteredOn(record -> record.kind() == Kind.LABORATORY)
                .allSatisfy(record -> assertThat(part(record, "status")).isEqualTo("final"));
    }

    @Test
    void mergesADuplicateIntoThePatientWhoHasItsLaterRecords() {
        Set<String> replaced = new HashSet<>();
        Set<String> survivors = new HashSet<>();
        for (Generated record : GeneratorTest.generate(PLAIN.with(Share.MERGED, 0.02), 20_000)) {
            String patient = new String(Objects.requireNonNull(record.key()), StandardCharsets.US_ASCII);
            assertThat(replaced).doesNotContain(patient);
            if (record.kind() == Kind.MERGE) {
                replaced.add(patient);
                survivors.add(part(record, "link"));
                assertThat(GeneratorTest.text(record))
                        .contains("\"id\":\"" + patient.substring("Patient/".length()) + "\"", "\"active\":false");
            }
        }

        assertThat(replaced).as("half of all").hasSize(100);
        assertThat(survivors).hasSize(100).doesNotContainAnyElementsOf(replaced);
    }

    @Test
    void sendsObservationsUpToADayLate() {
        List<Duration> ages = GeneratorTest.generate(PLAIN.with(Share.LATE, 0.2), 20_000).stream()
                .filter(record -> GeneratorTest.text(record).startsWith("{\"resourceType\":\"Observation\""))
                .map(record -> Duration.between(Instant.parse(part(record, "issued")), record.at()))
                .toList();
        List<Duration> late = ages.stream()
                .filter(age -> age.compareTo(Duration.ofSeconds(30)) > 0)
                .toList();

        assertThat((double) late.size() / ages.size()).isCloseTo(0.2, within(0.015));
        assertThat(late).allMatch(age -> age.compareTo(Duration.ofHours(26).plusSeconds(1)) < 0);
        assertThat(late).anyMatch(age -> age.compareTo(Duration.ofHours(24)) > 0);
        assertThat(late).anyMatch(age -> age.compareTo(Duration.ofMinutes(2)) < 0);
    }

    @Test
    void sendsARecordAfterThePatientsNextOne() {
        List<Generated> records = GeneratorTest.generate(PLAIN.with(Share.REORDERED, 0.1), 20_000);
        Map<String, List<Instant>> byPatient = new HashMap<>();
        for (Generated record : records) {
            if (record.kind() == Kind.VITAL_SIGN || record.kind() == Kind.BLOOD_PRESSURE) {
                byPatient
                        .computeIfAbsent(
                                new String(Objects.requireNonNull(record.key()), StandardCharsets.US_ASCII),
                                unseen -> new ArrayList<>())
                        .add(Instant.parse(part(record, "effectiveDateTime")));
            }
        }
        long overtaken = 0;
        for (List<Instant> times : byPatient.values()) {
            for (int i = 1; i < times.size(); i++) {
                overtaken += times.get(i).isBefore(times.get(i - 1)) ? 1 : 0;
            }
        }

        assertThat(overtaken).isGreaterThan(300);
        assertThat(records).extracting(Generated::at).isSorted();
        assertThat(records.stream()
                        .filter(record -> record.kind() != Kind.PATIENT)
                        .map(record -> part(record, "id"))
                        .distinct()
                        .count())
                .as("each once")
                .isEqualTo(20_000 - count(records, Kind.PATIENT));
    }

    @Test
    void letsTheWholeWardDeteriorateAndRecover() {
        Scenario ward = Scenario.of("ward").withPatients(200).with(Share.CRITICAL, 0);
        Map<Long, Set<String>> criticalByMinute = GeneratorTest.generate(ward, 80_000).stream()
                .filter(Generated::critical)
                .collect(Collectors.groupingBy(
                        record -> Duration.between(START, record.at()).toSeconds() / 20,
                        Collectors.mapping(record -> part(record, "reference"), Collectors.toSet())));

        assertThat(criticalByMinute).containsOnlyKeys(1L, 7L);
        assertThat(criticalByMinute.values())
                .allSatisfy(
                        patients -> assertThat(patients).hasSize(24).contains("Patient/p-000000", "Patient/p-000023"));
    }

    @Test
    void sendsNothingOfTheSilentPatients() {
        Map<Boolean, Set<Long>> seconds = GeneratorTest.generate(Scenario.of("silence"), 60_000).stream()
                .filter(record -> record.key() != null)
                .collect(Collectors.partitioningBy(
                        record -> new String(Objects.requireNonNull(record.key()), StandardCharsets.US_ASCII)
                                        .compareTo("Patient/p-000045")
                                >= 0,
                        Collectors.mapping(
                                record -> Duration.between(START, record.at()).toSeconds() / 10, Collectors.toSet())));

        assertThat(seconds.get(true)).containsExactlyInAnyOrder(0L, 1L, 2L, 9L, 10L, 11L);
        assertThat(seconds.get(false)).hasSize(12);
    }

    private static long count(List<Generated> records, Kind kind) {
        return records.stream().filter(record -> record.kind() == kind).count();
    }

    private static String part(Generated record, String name) {
        String pattern =
                switch (name) {
                    case "loinc" -> "\"http://loinc.org\",\"code\":\"([^\"]+)\"";
                    case "link" -> "\"other\":\\{\"reference\":\"([^\"]+)\"";
                    case "encounter" -> "\"reference\":\"Encounter/([^\"]+)\"";
                    default -> "\"" + name + "\":\"([^\"]+)\"";
                };
        Matcher part = Pattern.compile(pattern).matcher(GeneratorTest.text(record));
        assertThat(part.find()).as(name).isTrue();
        return part.group(1);
    }
}
