package io.clinicalstreams.loadgen.scenario;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.clinicalstreams.topics.problem.Checks;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a run sends, and when. Two generators of equal scenarios give equal bytes.
 *
 * @param goal what it shows, in one line
 * @param seed decides every value, choice and resource id
 * @param patients number of patients; they are adults
 * @param bytes size that single valid resources are padded to with a narrative, keys included; 0 for no padding. Below
 *     1,000, readings of one value have no names, category, visit and judgement
 * @param phases the rate over time; empty for as fast as possible
 * @param mix how often each type of resource is sent
 * @param shares fractions of the records by {@link Share#key()}; 0 where there is none
 * @param hotPatient how many records of one patient come for each of the median patient; 0 for no such patient
 * @param bundleEntries entries of a Bundle beside the Patient
 * @param ward patients who deteriorate together and recover, or null
 * @param silence patients of whom nothing is sent for some time, or null
 */
public record Scenario(
        String goal,
        long seed,
        int patients,
        int bytes,
        @JsonProperty(value = "load", required = true) List<Phase> phases,
        Mix mix,
        Map<String, Double> shares,
        double hotPatient,
        BundleEntries bundleEntries,
        @Nullable Ward ward,
        @Nullable Silence silence) {

    /** No topic accepts more. */
    private static final int MOST_BYTES = 16 << 20;
    /** Patient numbers have six digits. */
    private static final int MOST_PATIENTS = 1_000_000;
    /** An episode builds up and recovers, so less than half of its readings are critical. */
    private static final double MOST_CRITICAL = 0.4;

    private static final double HOTTEST = 100_000;

    /** @param most inclusive */
    public record BundleEntries(int fewest, int most) {
        private static final int MOST = 1_000;

        public BundleEntries {
            requireRange("fewest", fewest, 1, most);
            requireRange("most", most, 1, MOST);
        }
    }

    /**
     * All its patients deteriorate at once.
     *
     * @param after the first record
     * @param every how often it comes again, null for once
     */
    public record Ward(
            int patients, Duration after, @Nullable Duration every) {
        public Ward {
            Checks.all(
                    () -> requireRange("patients", patients, 1, MOST_PATIENTS),
                    () -> Checks.requireNotNegative("after", after),
                    () -> Checks.requirePositive("every", every));
        }
    }

    /**
     * Nothing is sent of some patients, who have no episodes.
     *
     * @param after the first record
     * @param lasts null for the rest of the run
     */
    public record Silence(
            int patients,
            Duration after,
            @JsonProperty("for") @Nullable Duration lasts) {
        public Silence {
            Checks.all(
                    () -> requireRange("patients", patients, 1, MOST_PATIENTS),
                    () -> Checks.requireNotNegative("after", after),
                    () -> Checks.requirePositive("for", lasts));
        }
    }

    public Scenario {
        phases = List.copyOf(phases);
        shares = Map.copyOf(shares);
        Map<String, Double> given = shares;
        List<Phase> load = phases;
        int fewerThanHalf = (patients - 1) / 2;
        Checks.all(
                () -> Checks.requireLine("goal", goal),
                () -> requireRange("patients", patients, 2, MOST_PATIENTS),
                () -> requireRange("bytes", bytes, 0, MOST_BYTES),
                () -> RateCurve.of(load),
                () -> requireShares(given),
                () -> requirePossible(given, bytes, ward),
                () -> requireResults(given, mix, ward),
                () -> requireRange("ward.patients", ward == null ? 0 : ward.patients(), 0, patients),
                () -> requireRange("silence.patients", silence == null ? 0 : silence.patients(), 0, fewerThanHalf),
                () -> requireRange("hot-patient", hotPatient, hotPatient > 0 ? 1 : 0, HOTTEST));
    }

    /** The scenario of that name, or in that file. */
    public static Scenario of(String nameOrFile) {
        return ScenarioFiles.read(nameOrFile);
    }

    /** The text that {@link #of} reads, with that of the defaults: the same text is the same scenario. */
    public static String text(String nameOrFile) {
        return ScenarioFiles.text(nameOrFile);
    }

    /** Only valid, correctly keyed single resources, without critical values. */
    public static Scenario plain(long seed, int patients) {
        return of(ScenarioFiles.VALID).withSeed(seed).withPatients(patients).with(Share.CRITICAL, 0);
    }

    /** The last of the patients are silent for some time. */
    public int silentPatients() {
        return silence == null ? 0 : silence.patients();
    }

    public double share(Share share) {
        return shares.getOrDefault(share.key(), 0.0);
    }

    /** What decides the records and may be overridden, for a summary. */
    public Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("patients", patients);
        settings.put("seed", seed);
        for (Share share : Share.values()) {
            settings.put(share.key(), share(share));
        }
        settings.put("bytes", bytes);
        return settings;
    }

    /** Whether every record is an Observation that both lanes process where they find it. */
    public boolean isOnlyObservations() {
        return mix.isObservations()
                && shares.entrySet().stream()
                        .allMatch(share -> share.getKey().equals(Share.CRITICAL.key()) || share.getValue() == 0);
    }

    public RateCurve load() {
        return RateCurve.of(phases);
    }

    public Scenario withSeed(long seed) {
        return new Scenario(goal, seed, patients, bytes, phases, mix, shares, hotPatient, bundleEntries, ward, silence);
    }

    public Scenario withPatients(int patients) {
        return new Scenario(goal, seed, patients, bytes, phases, mix, shares, hotPatient, bundleEntries, ward, silence);
    }

    public Scenario withBytes(int bytes) {
        return new Scenario(goal, seed, patients, bytes, phases, mix, shares, hotPatient, bundleEntries, ward, silence);
    }

    public Scenario with(Share share, double fraction) {
        return with(Map.of(share, fraction));
    }

    /** Those that are null stay. */
    public Scenario with(Map<Share, @Nullable Double> fractions) {
        Map<String, Double> changed = new TreeMap<>(shares);
        fractions.forEach((share, fraction) -> {
            if (fraction != null) {
                changed.put(share.key(), fraction);
            }
        });
        return new Scenario(
                goal, seed, patients, bytes, phases, mix, changed, hotPatient, bundleEntries, ward, silence);
    }

    private static void requireShares(Map<String, Double> shares) {
        List<String> known = Arrays.stream(Share.values()).map(Share::key).toList();
        Checks.all(shares.entrySet().stream()
                .map(share -> (Runnable) () -> {
                    String path = "shares." + share.getKey();
                    if (!known.contains(share.getKey())) {
                        throw new IllegalArgumentException(
                                path + ": is unknown here; known are " + String.join(", ", known));
                    }
                    requireRange(path, share.getValue(), 0, 1);
                })
                .toArray(Runnable[]::new));
    }

    /** What one share leaves must be enough for the others. */
    private static void requirePossible(Map<String, Double> shares, int bytes, @Nullable Ward ward) {
        double single = (1 - shares.getOrDefault(Share.MALFORMED.key(), 0.0))
                * (1 - shares.getOrDefault(Share.BUNDLES.key(), 0.0));
        double critical = shares.getOrDefault(Share.CRITICAL.key(), 0.0);
        requireRange("shares.critical", critical, 0, Math.max(0, MOST_CRITICAL * single));
        if (single > 0) {
            return;
        }
        if (bytes > 0) {
            throw new IllegalArgumentException("bytes: only single valid resources are padded, and there are none");
        }
        if (ward != null) {
            throw new IllegalArgumentException("ward: its results are single valid resources, and there are none");
        }
        for (Share share : List.of(Share.CORRECTED, Share.WITHDRAWN, Share.MERGED, Share.LATE)) {
            if (shares.getOrDefault(share.key(), 0.0) > 0) {
                throw new IllegalArgumentException(
                        "shares." + share.key() + ": is of single valid resources, and there are none");
            }
        }
    }

    private static void requireResults(Map<String, Double> shares, Mix mix, @Nullable Ward ward) {
        boolean hasResults = mix.laboratory() > 0 || ward != null || shares.getOrDefault(Share.CRITICAL.key(), 0.0) > 0;
        for (Share share : List.of(Share.CORRECTED, Share.WITHDRAWN)) {
            if (!hasResults && shares.getOrDefault(share.key(), 0.0) > 0) {
                throw new IllegalArgumentException(
                        "shares." + share.key() + ": is of laboratory results, and the mix has none");
            }
        }
    }

    private static void requireRange(String path, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(path + ": must be from " + Phase.number(least) + " to "
                    + Phase.number(most) + ", was " + Phase.number(value));
        }
    }
}
