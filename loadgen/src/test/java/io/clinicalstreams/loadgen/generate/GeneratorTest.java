package io.clinicalstreams.loadgen.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.InstanceOfAssertFactories.LONG;

import io.clinicalstreams.loadgen.generate.Generated.Keying;
import io.clinicalstreams.loadgen.generate.Generated.Kind;
import io.clinicalstreams.loadgen.scenario.Scenario;
import io.clinicalstreams.loadgen.scenario.Share;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GeneratorTest {

    private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
    private static final int PARTITIONS = 6;
    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");
    private static final Pattern TIME = Pattern.compile("\"(20\\d\\d-\\d\\d-\\d\\dT[^\"]+)\"");

    @Test
    void givesTheSameBytesForTheSameSeed() throws Exception {
        Scenario settings = scenario(42, 100, 0.05, 0.05, 0.05, 0.02);

        assertThat(digest(generate(settings, 5_000))).isEqualTo(digest(generate(settings, 5_000)));
    }

    @Test
    void givesTheSameBytesOnEveryMachine() throws Exception {
        Scenario settings = Scenario.plain(7, 50);

        assertThat(digest(generate(settings, 2_000)))
                .isEqualTo("8403bb9d2fbf85529eeaed326bcc9e87650a41d5456cb47963f0cdb9b80e1cee");
    }

    @Test
    void givesOtherResourcesForAnotherSeed() {
        Set<String> ids = ids(generate(Scenario.plain(1, 100), 2_000));
        Set<String> others = ids(generate(Scenario.plain(2, 100), 2_000));

        assertThat(ids).doesNotContainAnyElementsOf(others);
    }

    @Test
    void givesEachResourceItsOwnId() {
        List<Generated> records = generate(Scenario.plain(1, 100), 20_000).stream()
                .filter(record -> record.kind() != Kind.PATIENT)
                .toList();

        assertThat(ids(records)).hasSameSizeAs(records);
    }

    @Test
    void keepsTheChosenFractions() {
        Scenario settings = scenario(3, 500, 0.03, 0.01, 0.02, 0);
        List<Generated> records = generate(settings, 50_000);

        long malformed =
                records.stream().filter(record -> record.malformation() != null).count();
        long miskeyed = records.stream()
                .filter(record -> record.keying() != Keying.RIGHT)
                .count();
        long critical = records.stream().filter(Generated::critical).count();
        assertThat(malformed).isCloseTo(500, within(70L));
        assertThat(miskeyed).isCloseTo(990, within(95L));
        assertThat(critical).isCloseTo(1_500, within(30L));
    }

    /** With shares that beat, none of the critical readings was mis-keyed at these fractions. */
    @Test
    void drawsEachShareIndependently() {
        List<Generated> records = generate(scenario(5, 200, 0.05, 0.05, 0.05, 0.05), 20_000);
        Map<String, Long> seen = records.stream()
                .filter(record -> record.malformation() == null)
                .collect(Collectors.groupingBy(GeneratorTest::kindAndKeying, Collectors.counting()));
        long critical = records.stream().filter(Generated::critical).count();

        // Four standard deviations.
        for (Keying keying : List.of(Keying.NO_KEY, Keying.OTHER_PATIENT, Keying.OTHER_PARTITION)) {
            assertThat(seen).extractingByKey("critical " + keying, LONG).isCloseTo(critical / 60, within(16L));
            assertThat(seen).extractingByKey("BUNDLE " + keying, LONG).isCloseTo(950 / 60, within(16L));
            assertThat(seen).extractingByKey("VITAL_SIGN " + keying, LONG).isGreaterThan(50);
        }
        assertThat(seen.get("BUNDLE " + Keying.RIGHT)).isCloseTo(902, within(120L));
    }

    private static String kindAndKeying(Generated record) {
        return (record.critical() ? "critical" : record.kind()) + " " + record.keying();
    }

    @Test
    void aHundredMalformedRecordsHoldEveryKind() {
        assertThat(generate(scenario(3, 200, 0.05, 0.05, 0.05, 0.05), 2_000))
                .extracting(Generated::malformation)
                .contains(Malformation.values());
    }

    @Test
    void generatesOnlyValidInputUnlessMalformedInputIsRequested() {
        assertThat(generate(Scenario.plain(3, 500), 20_000))
                .allMatch(record -> record.malformation() == null
                        && record.keying() == Keying.RIGHT
                        && !record.critical()
                        && record.kind() != Kind.BUNDLE);
    }

    @Test
    void sendsTheHotPatientsRecordsSixtyTimesAsOftenAsTheMedianPatients() {
        Map<String, Long> records = generate(Scenario.of("hot-patient").withPatients(200), 100_000).stream()
                .collect(Collectors.groupingBy(record -> text(record.key()), Collectors.counting()));
        List<Long> sorted = records.values().stream().sorted().toList();

        assertThat(records).hasSize(200);
        assertThat((double) sorted.get(199) / sorted.get(99)).isBetween(55.0, 65.0);
        assertThat(records.get("Patient/p-000100")).isEqualTo(sorted.get(199));
    }

    @Test
    void sendsTheMixOfTheScenario() {
        Map<Kind, Long> kinds = generate(Scenario.of("device-storm"), 20_000).stream()
                .collect(Collectors.groupingBy(Generated::kind, Collectors.counting()));

        assertThat(kinds).doesNotContainKey(Kind.PATIENT);
        assertThat(kinds.get(Kind.VITAL_SIGN)).isCloseTo(15_400L, within(400L));
        assertThat(kinds.get(Kind.BLOOD_PRESSURE)).isCloseTo(3_950L, within(300L));
    }

    @Test
    void writesObservationsOfAboutNineHundredBytes() {
        double mean = generate(Scenario.plain(5, 100), 20_000).stream()
                .filter(record -> text(record).startsWith("{\"resourceType\":\"Observation\""))
                .mapToInt(record -> Objects.requireNonNull(record.value()).length)
                .average()
                .orElseThrow();

        assertThat(mean).isBetween(850.0, 950.0);
    }

    @Test
    void aimsAtASizeBelowThatOfACompleteObservation() {
        for (int bytes : new int[] {400, 600, 900}) {
            assertThat(generate(Scenario.plain(5, 100).withBytes(bytes), 5_000))
                    .filteredOn(record -> record.kind() == Kind.VITAL_SIGN || record.kind() == Kind.LABORATORY)
                    .hasSizeGreaterThan(2_000)
                    .allSatisfy(record -> {
                        int length = Objects.requireNonNull(record.key()).length
                                + Objects.requireNonNull(record.value()).length;
                        // A narrative takes 90 bytes at least.
                        assertThat(length).isBetween(bytes < 480 ? 370 : bytes, bytes);
                        assertThat(text(record)).contains("HTEST");
                    });
        }
    }

    @Test
    void keysByTheSubject() {
        assertThat(generate(Scenario.plain(5, 100), 5_000)).allSatisfy(record -> {
            String key = text(record.key());
            String told = record.kind() == Kind.PATIENT
                    ? "\"id\":\"" + key.substring("Patient/".length()) + "\""
                    : "\"subject\":{\"reference\":\"" + key + "\"";
            assertThat(text(record)).contains(told);
            assertThat(record.partition()).isNull();
        });
    }

    @Test
    void miskeysInThreeWays() {
        Scenario settings = scenario(5, 100, 0, 0, 0.5, 0);
        for (Generated record : generate(settings, 2_000)) {
            String subject = subjectOf(record);
            switch (record.keying()) {
                case RIGHT -> assertThat(text(record.key())).isEqualTo(subject);
                case NO_KEY -> assertThat(record.key()).isNull();
                case OTHER_PATIENT ->
                    assertThat(text(record.key())).startsWith("Patient/").isNotEqualTo(subject);
                case OTHER_PARTITION -> {
                    assertThat(text(record.key())).isEqualTo(subject);
                    int right = Utils.toPositive(Utils.murmur2(record.key())) % PARTITIONS;
                    assertThat(Objects.requireNonNull(record.partition()))
                            .isBetween(0, PARTITIONS - 1)
                            .isNotEqualTo(right);
                }
            }
        }
    }

    @Test
    void derivesAllTimesFromTheIntendedSendTime() {
        for (Generated record : generate(Scenario.plain(5, 100), 5_000)) {
            Matcher times = TIME.matcher(text(record));
            while (times.find()) {
                assertThat(Instant.parse(times.group(1)))
                        .isBetween(record.at().minus(Duration.ofMinutes(1)), record.at());
            }
        }
    }

    static Scenario scenario(
            long seed, int patients, double critical, double malformed, double miskeyed, double bundles) {
        return Scenario.plain(seed, patients)
                .with(Map.of(
                        Share.CRITICAL, critical,
                        Share.MALFORMED, malformed,
                        Share.MISKEYED, miskeyed,
                        Share.BUNDLES, bundles));
    }

    static List<Generated> generate(Scenario settings, int records) {
        Generator generator = new Generator(settings, PARTITIONS);
        List<Generated> generated = new ArrayList<>();
        for (int i = 0; i < records; i++) {
            generated.add(generator.next(START.plusMillis(2L * i)));
        }
        return generated;
    }

    static String text(Generated record) {
        return text(record.value());
    }

    private static String text(byte @Nullable [] bytes) {
        return new String(Objects.requireNonNull(bytes), StandardCharsets.UTF_8);
    }

    private static String subjectOf(Generated record) {
        String text = text(record);
        Matcher subject =
                Pattern.compile("\"subject\":\\{\"reference\":\"([^\"]+)\"").matcher(text);
        if (subject.find()) {
            return subject.group(1);
        }
        Matcher id = ID.matcher(text);
        assertThat(id.find()).isTrue();
        return "Patient/" + id.group(1);
    }

    private static Set<String> ids(List<Generated> records) {
        Set<String> ids = new HashSet<>();
        for (Generated record : records) {
            if (record.kind() != Kind.PATIENT) {
                Matcher id = ID.matcher(text(record));
                assertThat(id.find()).isTrue();
                ids.add(record.kind().name().toLowerCase(Locale.ROOT) + id.group(1));
            }
        }
        return ids;
    }

    private static String digest(List<Generated> records) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (Generated record : records) {
            digest.update(String.valueOf(record.partition()).getBytes(StandardCharsets.UTF_8));
            if (record.key() != null) {
                digest.update(record.key());
            }
            if (record.value() != null) {
                digest.update(record.value());
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
