package io.clinicalstreams.loadgen.generate;

import io.clinicalstreams.loadgen.generate.Generated.Keying;
import io.clinicalstreams.loadgen.generate.Generated.Kind;
import io.clinicalstreams.loadgen.generate.RecentResults.Result;
import io.clinicalstreams.loadgen.scenario.Scenario;
import io.clinicalstreams.loadgen.scenario.Share;
import io.clinicalstreams.loadgen.send.Outgoing;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Generates FHIR R4 input, one record at a time: equal scenarios, partitions and times give equal bytes. Not
 * thread-safe.
 *
 * <p>The constructor reads the templates; filling one takes about a microsecond.
 */
public final class Generator {

    private static final double EARLIEST_LATE_MILLIS = 60_000;
    /** From a minute to 26 hours, as many by the minute as by the hour. */
    private static final double LATEST_BY_EARLIEST = 26 * 60;

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
    private final Draw corrected;
    private final Draw withdrawn;
    private final Draw merged;
    private final Draw late;
    private final RecentResults recent = new RecentResults();
    private final @Nullable Reordering reordering;
    private long record;
    private long start;
    private int patient;

    /**
     * Builds the templates.
     *
     * @param partitions the target topic's number of partitions
     */
    public Generator(Scenario scenario, int partitions) {
        this.scenario = scenario;
        this.random = new Randomness(scenario.seed());
        this.chart = new Chart(scenario, random, values);
        this.episodes = new Episodes(scenario, chart.tests(), random);
        String good = ResourceTemplates.vitalSignJson(VitalSign.HEART_RATE);
        this.malformedInput = new MalformedInput(chart, good, values);
        this.keys = new Keys(partitions, scenario.patients(), random);
        this.narrative = new Narrative(scenario.bytes(), scenario.seed());
        this.census = new Census(scenario, random);
        this.kindsUpTo = scenario.mix().upTo();
        this.malformed = new Draw(scenario.share(Share.MALFORMED), scenario.seed(), 1);
        this.miskeyed = new Draw(scenario.share(Share.MISKEYED), scenario.seed(), 2);
        this.bundles = new Draw(scenario.share(Share.BUNDLES), scenario.seed(), 3);
        this.corrected = new Draw(scenario.share(Share.CORRECTED), scenario.seed(), 5);
        this.withdrawn = new Draw(scenario.share(Share.WITHDRAWN), scenario.seed(), 6);
        this.merged = new Draw(scenario.share(Share.MERGED), scenario.seed(), 9);
        this.late = new Draw(scenario.share(Share.LATE), scenario.seed(), 7);
        double reordered = scenario.share(Share.REORDERED);
        this.reordering = reordered == 0 ? null : new Reordering(new Draw(reordered, scenario.seed(), 8));
    }

    /** The next record, as sent at {@code at}: all times in it are shortly before, unless it is late or reordered. */
    public Generated next(Instant at) {
        if (reordering == null) {
            return make(at);
        }
        return reordering.next(
                new Reordering.Made() {
                    @Override
                    public Generated next() {
                        return make(at);
                    }

                    @Override
                    public int patient() {
                        return patient;
                    }
                },
                at);
    }

    private Generated make(Instant at) {
        long millis = at.toEpochMilli();
        if (record++ == 0) {
            start = millis;
        }
        patient = census.pick(millis - start);
        if (malformed.take()) {
            Malformation malformation = malformedInput.turn();
            Outgoing bad = malformedInput.make(malformation, patient, millis);
            return new Generated(bad, at, Kind.MALFORMED, Keying.RIGHT, false, malformation);
        }
        if (bundles.take()) {
            return keyed(bundle(patient, millis), patient, Kind.BUNDLE, false, at);
        }
        boolean isCorrected = corrected.take();
        Result earlier = isCorrected || withdrawn.take() ? recent.take(withdrawn.uniform()) : null;
        if (earlier != null) {
            return again(earlier, isCorrected ? Kind.CORRECTION : Kind.WITHDRAWAL, at, millis);
        }
        int duplicate = merged.take() ? census.merge() : -1;
        if (duplicate >= 0) {
            patient = duplicate;
            byte[] key = GeneratedPatient.reference(duplicate);
            byte[] value = chart.replaced(duplicate, census.survivor(duplicate));
            return keyed(Outgoing.of(key, narrative.addTo(value, key)), duplicate, Kind.MERGE, false, at);
        }
        Deterioration episode = episodes.next(record, patient, millis - start);
        return episode == null ? routine(at, millis) : reading(episode, at, millis);
    }

    private Generated again(Result earlier, Kind kind, Instant at, long millis) {
        patient = earlier.patient();
        byte[] key = GeneratedPatient.reference(patient);
        byte[] value = kind == Kind.CORRECTION
                ? chart.correction(earlier, key, millis)
                : chart.withdrawal(earlier, key, millis);
        return keyed(Outgoing.of(key, narrative.addTo(value, key)), patient, kind, false, at);
    }

    /** When an Observation is written: a late one long before it is sent. */
    private long written(long millis) {
        return late.take()
                ? millis - (long) (EARLIEST_LATE_MILLIS * Math.pow(LATEST_BY_EARLIEST, late.uniform()))
                : millis;
    }

    private Generated reading(Deterioration episode, Instant at, long millis) {
        patient = episode.patient();
        boolean critical = episode.isCritical();
        int test = chart.tests().indexOf(episode.test());
        byte[] key = GeneratedPatient.reference(patient);
        byte[] value = chart.result(test, episode.scaled(), critical, patient, key, written(millis));
        remember();
        episodes.advance(episode, record);
        return keyed(Outgoing.of(key, narrative.addTo(value, key)), patient, Kind.LABORATORY, critical, at);
    }

    private Generated routine(Instant at, long millis) {
        byte[] key = GeneratedPatient.reference(patient);
        Kind kind = chart.knows(patient) || kindsUpTo[0] == 0 ? pickKind() : Kind.PATIENT;
        byte[] value =
                switch (kind) {
                    case PATIENT -> chart.patient(patient);
                    case MEDICATION_REQUEST -> chart.medicationRequest(patient, key, millis);
                    case ENCOUNTER -> chart.encounter(patient, key, millis);
                    case BLOOD_PRESSURE -> chart.bloodPressure(patient, key, written(millis), strain(patient));
                    case LABORATORY -> chart.normalResult(pickTest(patient), patient, key, written(millis));
                    default -> chart.vitalSign(patient, key, written(millis), strain(patient));
                };
        if (kind == Kind.LABORATORY) {
            remember();
        }
        return keyed(Outgoing.of(key, narrative.addTo(value, key)), patient, kind, false, at);
    }

    private void remember() {
        Result result = chart.lastResult();
        if (result != null) {
            recent.add(result);
        }
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
