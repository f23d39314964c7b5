package io.clinicalstreams.pipeline.alert;

import io.clinicalstreams.pipeline.domain.episode.AnalyteHistory;
import io.clinicalstreams.pipeline.domain.episode.Episode;
import io.clinicalstreams.pipeline.domain.episode.ForgottenAlert;
import io.clinicalstreams.pipeline.domain.episode.HospitalStay;
import io.clinicalstreams.pipeline.domain.episode.PatientState;
import io.clinicalstreams.pipeline.domain.episode.Severity;
import io.clinicalstreams.pipeline.domain.episode.Transition;
import io.clinicalstreams.pipeline.domain.episode.Withdrawal;
import io.clinicalstreams.pipeline.domain.observation.Amount;
import io.clinicalstreams.pipeline.domain.observation.Coding;
import io.clinicalstreams.pipeline.domain.observation.Evidence;
import io.clinicalstreams.pipeline.domain.observation.Interval;
import io.clinicalstreams.pipeline.domain.observation.KeptReading;
import io.clinicalstreams.pipeline.domain.observation.ObservationIdentity;
import io.clinicalstreams.pipeline.domain.observation.ObservationStatus;
import io.clinicalstreams.pipeline.domain.observation.PatientLink;
import io.clinicalstreams.pipeline.domain.observation.Unit;
import io.clinicalstreams.pipeline.domain.observation.VersionOrder;
import io.clinicalstreams.topics.wire.PatientKey;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** States for the codec's tests: any that the types allow, and a typical one. */
final class RandomStates {

    private static final List<String> TEXTS = List.of("", "a", "Observation", "ü", "µmol/L", "x".repeat(300), "😀|b");

    private RandomStates() {}

    static PatientState ordinaryEpisode() {
        Instant time = Instant.parse("2026-03-01T11:30:00Z");
        Evidence reading = new Evidence(
                new ObservationIdentity(ObservationIdentity.Kind.ID, "1e621f4c-db30-c273-49e9-2dcad508a9cb"),
                new Amount(Interval.of(null, new BigDecimal("6.8")), new Unit("mmol/L", true)),
                time);
        Episode episode = new Episode(
                "0123456789abcdef0123456789abcdef",
                "curated/potassium-high",
                null,
                1,
                Severity.HIGH,
                Transition.RAISED,
                reading,
                reading,
                reading,
                time.plusMillis(1234),
                Severity.HIGH,
                null,
                false,
                0,
                0,
                true,
                "Encounter/7353e17f-0cd5-5b0a-c736");
        return new PatientState(LocalDate.of(1950, 6, 1), "male", List.of(episode));
    }

    static PatientState state(Random random) {
        List<Episode> episodes = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            episodes.add(episode(random));
        }
        LocalDate birth = random.nextBoolean() ? null : LocalDate.of(1, 1, 1).plusDays(random.nextInt(3_000_000));
        String gender =
                random.nextBoolean() ? null : one(List.of("male", "female", "other", "unknown", "strange"), random);
        LocalDate heard = random.nextBoolean() ? null : LocalDate.of(2026, 1, 1).plusDays(random.nextInt(1_000));
        return new PatientState(
                heard,
                birth,
                gender,
                episodes,
                forgotten(random),
                histories(random),
                withdrawals(random),
                random.nextBoolean() ? 0 : random.nextInt(),
                stays(random),
                random.nextBoolean() ? null : link(random));
    }

    private static PatientLink link(Random random) {
        return new PatientLink(
                random.nextBoolean() ? null : new PatientKey(one(TEXTS, random) + '/'),
                random.nextBoolean() ? null : random.nextLong(),
                random.nextBoolean() ? null : instant(random));
    }

    /** Only one forgotten alert. */
    static PatientState forgottenAlert() {
        return new PatientState(null, null, null, List.of(), List.of(new ForgottenAlert(0x0102030405060708L, 5)));
    }

    static List<Coding> potassium() {
        return List.of(new Coding("http://loinc.org", "2823-3"));
    }

    /** As most servers send it. */
    static KeptReading ordinaryReading() {
        Instant time = Instant.parse("2026-03-01T11:30:00Z");
        return new KeptReading(
                new ObservationIdentity(ObservationIdentity.Kind.ID, "1e621f4c-db30-c273-49e9-2dcad508a9cb"),
                time,
                time.plusMillis(601_234),
                new VersionOrder(1L, time.plusSeconds(590), time.plusSeconds(540), ObservationStatus.FINAL),
                new Amount(Interval.of(null, new BigDecimal("4.2")), new Unit("mmol/L", true)),
                false,
                List.of(),
                false);
    }

    private static List<AnalyteHistory> histories(Random random) {
        List<AnalyteHistory> histories = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            List<KeptReading> readings = new ArrayList<>();
            for (int j = random.nextInt(3); j >= 0; j--) {
                readings.add(reading(random));
            }
            histories.add(new AnalyteHistory(codings(random), readings));
        }
        return histories;
    }

    private static KeptReading reading(Random random) {
        Evidence evidence = evidence(random);
        ObservationIdentity.Kind kind = evidence.observation().kind();
        return new KeptReading(
                new ObservationIdentity(
                        kind == ObservationIdentity.Kind.ENCOUNTER ? ObservationIdentity.Kind.ID : kind,
                        random.nextBoolean()
                                ? evidence.observation().text()
                                : new UUID(random.nextLong(), random.nextLong()).toString()),
                evidence.time(),
                instant(random),
                version(random),
                evidence.amount(),
                random.nextBoolean(),
                codings(random),
                random.nextBoolean());
    }

    private static VersionOrder version(Random random) {
        return new VersionOrder(
                random.nextBoolean() ? null : random.nextLong(),
                random.nextBoolean() ? null : instant(random),
                random.nextBoolean() ? null : instant(random),
                one(List.of(ObservationStatus.values()), random));
    }

    private static List<Coding> codings(Random random) {
        List<Coding> codings = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            String system = one(List.of("urn:s", Coding.LOINC, ""), random);
            codings.add(new Coding(system.isEmpty() ? null : system, random.nextBoolean() ? null : "c"));
        }
        return codings;
    }

    private static List<Withdrawal> withdrawals(Random random) {
        List<Withdrawal> withdrawals = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            LocalDate day = LocalDate.of(2026, 1, 1).plusDays(random.nextInt(1_000));
            withdrawals.add(new Withdrawal(random.nextLong(), day, version(random)));
        }
        return withdrawals;
    }

    private static List<HospitalStay> stays(Random random) {
        List<HospitalStay> stays = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            stays.add(new HospitalStay(
                    one(TEXTS, random),
                    one(TEXTS, random),
                    instant(random),
                    random.nextBoolean(),
                    random.nextBoolean(),
                    random.nextBoolean() ? null : random.nextLong(),
                    random.nextBoolean() ? null : instant(random)));
        }
        return stays;
    }

    private static List<ForgottenAlert> forgotten(Random random) {
        List<ForgottenAlert> forgotten = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            forgotten.add(new ForgottenAlert(random.nextLong(), number(random)));
        }
        return forgotten;
    }

    private static Episode episode(Random random) {
        Evidence opening = evidence(random);
        Evidence latest = random.nextBoolean() ? opening : evidence(random);
        Evidence worst = random.nextBoolean() ? latest : random.nextBoolean() ? opening : evidence(random);
        byte[] id = new byte[16];
        random.nextBytes(id);
        return new Episode(
                HexFormat.of().formatHex(id),
                one(TEXTS, random),
                random.nextInt(3) > 0 ? null : new Coding(random.nextBoolean() ? null : "urn:s", one(TEXTS, random)),
                number(random),
                one(List.of(Severity.values()), random),
                one(List.of(Transition.values()), random),
                opening,
                latest,
                worst,
                instant(random),
                one(List.of(Severity.values()), random),
                random.nextBoolean() ? null : instant(random),
                random.nextBoolean(),
                number(random),
                number(random),
                random.nextBoolean(),
                random.nextBoolean() ? null : one(TEXTS, random));
    }

    private static Evidence evidence(Random random) {
        return new Evidence(
                new ObservationIdentity(one(List.of(ObservationIdentity.Kind.values()), random), one(TEXTS, random)),
                random.nextInt(9) == 0
                        ? null
                        : new Amount(
                                new Interval(one(List.of(Interval.Bound.values()), random), decimal(random)),
                                new Unit(one(TEXTS, random), random.nextBoolean())),
                instant(random));
    }

    private static BigDecimal decimal(Random random) {
        int scale = random.nextBoolean() ? random.nextInt(4) : random.nextInt(600) - 300;
        BigInteger digits = new BigInteger(1 + random.nextInt(80), random);
        return new BigDecimal(random.nextBoolean() ? digits : digits.negate(), scale);
    }

    private static Instant instant(Random random) {
        long seconds = random.nextInt(4) == 0 ? -random.nextInt() : 1_700_000_000L + random.nextInt(100_000_000);
        int nanos = random.nextBoolean() ? random.nextInt(1000) * 1_000_000 : random.nextInt(1_000_000_000);
        return Instant.ofEpochSecond(seconds, nanos);
    }

    private static int number(Random random) {
        return random.nextBoolean() ? random.nextInt(5) : random.nextInt(Integer.MAX_VALUE);
    }

    private static <T> T one(List<T> values, Random random) {
        return values.get(random.nextInt(values.size()));
    }
}
