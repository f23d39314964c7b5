package io.clinicalstreams.loadgen.generate;

import io.clinicalstreams.loadgen.generate.Generated.Keying;
import io.clinicalstreams.loadgen.generate.Generated.Kind;
import io.clinicalstreams.loadgen.scenario.Scenario;
import io.clinicalstreams.loadgen.scenario.Share;
import io.clinicalstreams.loadgen.send.Outgoing;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;

/**
 * Generates FHIR R4 input, one record at a time: equal scenarios, partitions and times give equal bytes. Not
 * thread-safe.
 *
 * <p>The constructor reads the templates; filling one takes about a microsecond.
 */
public final class Generator {

    /** The single resources, in the order of the mix. */
    private static final Kind[] KINDS = {
        Kind.PATIENT, Kind.MEDICATION_REQUEST, Kind.ENCOUNTER, Kind.BLOOD_PRESSURE, Kind.VITAL_SIGN, Kind.LABORATORY
    };

    private final Scenario scenario;
    private final Randomness random;
    private final SlotValues values = new SlotValues();
    private final Chart chart;
    private final Episodes episodes;
    private final MalformedInput malformedInput;
    private final Keys keys;
    private final Narrative narrative;
    private final Census census;
    private final double[] kindsUpTo;
    private final Draw malformed;
    private final Draw miskeyed;
    private final Draw bundles;
    private long record;

    /**
     * Builds the templates.
     *
     * @param partitions the target topic's number of partitions
     */
    public Generator(Scenario scenario, int partitions) {
        this.scenario = scenario;
        this.random = new Randomness(scenario.seed());
        this.chart = new Chart(scenario, random, values);
        this.episodes = new Episodes(scenario.share(Share.CRITICAL), chart.tests(), random);
        String good = ResourceTemplates.vitalSignJson(VitalSign.HEART_RATE);
        this.malformedInput = new MalformedInput(chart, good, values);
        this.keys = new Keys(partitions, scenario.patients(), random);
        this.narrative = new Narrative(scenario.bytes(), scenario.seed());
        this.census = new Census(scenario, random);
        this.kindsUpTo = scenario.mix().upTo();
        this.malformed = new Draw(scenario.share(Share.MALFORMED), scenario.seed(), 1);
        this.miskeyed = new Draw(scenario.share(Share.MISKEYED), scenario.seed(), 2);
        this.bundles = new Draw(scenario.share(Share.BUNDLES), scenario.seed(), 3);
    }

    /** The next record, as sent at {@code at}: all times in it are shortly before. */
    public Generated next(Instant at) {
        record++;
        long millis = at.toEpochMilli();
        int patient = census.pick();
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
        Kind kind = chart.knows(patient) || kindsUpTo[0] == 0 ? pickKind() : Kind.PATIENT;
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
        double part = random.nextDouble();
        int kind = 0;
        while (part >= kindsUpTo[kind]) {
            kind++;
        }
        return KINDS[kind];
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
        Scenario.BundleEntries entries = scenario.bundleEntries();
        int observations = entries.fewest() + random.nextInt(entries.most() - entries.fewest() + 1);
        for (int i = 0; i < observations; i++) {
            byte[] observation = random.nextDouble() < 0.5
                    ? chart.vitalSign(patient, subject, millis, strain(patient))
                    : chart.normalResult(pickTest(patient), patient, subject, millis);
            writer.entry(chart.lastFullUrl(), observation, "Observation");
        }
        return new Outgoing(GeneratedPatient.reference(patient), writer.end(), null, observations + 1);
    }
}
