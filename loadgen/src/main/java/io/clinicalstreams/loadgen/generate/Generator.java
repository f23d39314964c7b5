package io.clinicalstreams.loadgen.generate;

import io.clinicalstreams.loadgen.generate.Generated.Keying;
import io.clinicalstreams.loadgen.generate.Generated.Kind;
import io.clinicalstreams.loadgen.send.Outgoing;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;

/**
 * Generates FHIR R4 input, one record at a time: equal settings, partitions and times give equal bytes. Not
 * thread-safe.
 *
 * <p>The constructor reads the templates; filling one takes about a microsecond.
 */
public final class Generator {

    private static final double PATIENTS_SHARE = 0.005;
    private static final double MEDICATION_REQUESTS_UP_TO = 0.05;
    private static final double ENCOUNTERS_UP_TO = 0.12;
    private static final double BLOOD_PRESSURES_UP_TO = 0.24;
    private static final double VITAL_SIGNS_UP_TO = 0.66;
    private static final int FEWEST_ENTRIES = 3;
    private static final int MORE_ENTRIES = 10;

    private final GeneratorSettings settings;
    private final Randomness random;
    private final SlotValues values = new SlotValues();
    private final Chart chart;
    private final Episodes episodes;
    private final MalformedInput malformedInput;
    private final Keys keys;
    private final Narrative narrative;
    private final Share malformed;
    private final Share miskeyed;
    private final Share bundles;
    private long record;

    /**
     * Builds the templates.
     *
     * @param partitions the target topic's number of partitions
     */
    public Generator(GeneratorSettings settings, int partitions) {
        this.settings = settings;
        this.random = new Randomness(settings.seed());
        this.chart = new Chart(settings, random, values);
        this.episodes = new Episodes(settings.critical(), chart.tests(), random);
        String good = ResourceTemplates.vitalSignJson(VitalSign.HEART_RATE);
        this.malformedInput = new MalformedInput(chart, good, values);
        this.keys = new Keys(partitions, settings.patients(), random);
        this.narrative = new Narrative(settings.bytes(), settings.seed());
        this.malformed = new Share(settings.malformed(), settings.seed(), 1);
        this.miskeyed = new Share(settings.miskeyed(), settings.seed(), 2);
        this.bundles = new Share(settings.bundles(), settings.seed(), 3);
    }

    /** The next record, as sent at {@code at}: all times in it are shortly before. */
    public Generated next(Instant at) {
        record++;
        long millis = at.toEpochMilli();
        int patient = pickPatient();
        if (malformed.take()) {
            Malformation malformation = malformedInput.turn();
            Outgoing bad = malformedInput.make(malformation, patient, millis);
            return new Generated(bad, at, Kind.MALFORMED, Keying.RIGHT, false, malformation);
        }
        if (bundles.take()) {
            return keyed(bundle(patient, millis), patient, Kind.BUNDLE, false, at);
        }
        Deterioration episode = episodes.next(record, patient);
        return episode == null ? routine(patient, at, millis) : reading(episode, at, millis);
    }

    /** Some patients have more records than others: the first tenth of them gets a fifth of the records. */
    private int pickPatient() {
        double uniform = random.nextDouble();
        return (int) (settings.patients() * uniform * Math.sqrt(uniform));
    }

    private Generated reading(Deterioration episode, Instant at, long millis) {
        int patient = episode.patient();
        boolean critical = episode.isCritical();
        int test = chart.tests().indexOf(episode.test());
        byte[] key = GeneratedPatient.reference(patient);
        byte[] value = chart.result(test, episode.scaled(), critical, patient, key, millis);
        episodes.advance(episode, record);
        return keyed(Outgoing.of(key, narrative.addTo(value, key)), patient, Kind.LABORATORY, critical, at);
    }

    private Generated routine(int patient, Instant at, long millis) {
        byte[] key = GeneratedPatient.reference(patient);
        Kind kind = chart.knows(patient) ? pickKind() : Kind.PATIENT;
        byte[] value =
                switch (kind) {
                    case PATIENT -> chart.patient(patient);
                    case MEDICATION_REQUEST -> chart.medicationRequest(patient, key, millis);
                    case ENCOUNTER -> chart.encounter(patient, key, millis);
                    case BLOOD_PRESSURE -> chart.bloodPressure(patient, key, millis, strain(patient));
                    case LABORATORY -> chart.normalResult(pickTest(patient), patient, key, millis);
                    default -> chart.vitalSign(patient, key, millis, strain(patient));
                };
        return keyed(Outgoing.of(key, narrative.addTo(value, key)), patient, kind, false, at);
    }

    private Generated keyed(Outgoing right, int patient, Kind kind, boolean critical, Instant at) {
        Keying keying = miskeyed.take() ? keys.next() : Keying.RIGHT;
        return new Generated(keys.apply(keying, right, patient), at, kind, keying, critical, null);
    }

    private Kind pickKind() {
        double share = random.nextDouble();
        if (share < PATIENTS_SHARE) {
            return Kind.PATIENT;
        }
        if (share < MEDICATION_REQUESTS_UP_TO) {
            return Kind.MEDICATION_REQUEST;
        }
        if (share < ENCOUNTERS_UP_TO) {
            return Kind.ENCOUNTER;
        }
        if (share < BLOOD_PRESSURES_UP_TO) {
            return Kind.BLOOD_PRESSURE;
        }
        return share < VITAL_SIGNS_UP_TO ? Kind.VITAL_SIGN : Kind.LABORATORY;
    }

    /** Any test except of the analyte of the patient's episode: a stray normal value would end the episode. */
    private int pickTest(int patient) {
        Deterioration episode = episodes.of(patient);
        int test = random.nextInt(chart.tests().size());
        while (episode != null
                && chart.tests().get(test).analyte().equals(episode.test().analyte())) {
            test = random.nextInt(chart.tests().size());
        }
        return test;
    }

    private double strain(int patient) {
        Deterioration episode = episodes.of(patient);
        return episode == null ? 0 : episode.strain();
    }

    /** The Patient resource and some Observations that refer to it by its fullUrl. */
    private Outgoing bundle(int patient, long millis) {
        String fullUrl = "urn:uuid:00000000-0000-4000-8000-" + String.format(Locale.ROOT, "%012d", patient);
        byte[] subject = fullUrl.getBytes(StandardCharsets.US_ASCII);
        BundleWriter writer = new BundleWriter("transaction").entry(fullUrl, chart.patient(patient), "Patient");
        int observations = FEWEST_ENTRIES + random.nextInt(MORE_ENTRIES);
        for (int i = 0; i < observations; i++) {
            byte[] observation = random.nextDouble() < 0.5
                    ? chart.vitalSign(patient, subject, millis, strain(patient))
                    : chart.normalResult(pickTest(patient), patient, subject, millis);
            writer.entry(chart.lastFullUrl(), observation, "Observation");
        }
        return new Outgoing(GeneratedPatient.reference(patient), writer.end(), null, observations + 1);
    }

    /** Selects a fraction of the records, each by a draw of its own: shares that were spread evenly would beat. */
    private static final class Share {

        private final double fraction;
        private final Randomness draws;

        /** @param number of the share; each has its own sequence */
        Share(double fraction, long seed, int number) {
            this.fraction = fraction;
            this.draws = new Randomness(Randomness.mix(seed + number));
        }

        boolean take() {
            return fraction > 0 && draws.nextDouble() < fraction;
        }
    }
}
