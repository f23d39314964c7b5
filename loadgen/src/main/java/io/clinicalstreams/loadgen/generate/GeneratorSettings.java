package io.clinicalstreams.loadgen.generate;

import java.util.ArrayList;
import java.util.List;

/**
 * The generator's settings. Two generators with equal settings give equal bytes.
 *
 * @param seed decides every value, choice and resource id
 * @param patients number of patients; they are adults
 * @param critical fraction of the records whose value is beyond a critical limit
 * @param malformed fraction of the records that are malformed, cycling over {@link Malformation}
 * @param miskeyed fraction of the valid records with no key, another patient's key or the wrong partition
 * @param bundles fraction of the records that are transaction Bundles of one patient
 * @param bytes size that valid resources are padded to with a narrative, keys included; 0 for no padding
 */
public record GeneratorSettings(
        long seed, int patients, double critical, double malformed, double miskeyed, double bundles, int bytes) {

    public static final long DEFAULT_SEED = 1;
    public static final int DEFAULT_PATIENTS = 1_000;
    public static final double DEFAULT_CRITICAL = 0.01;
    public static final double DEFAULT_MALFORMED = 0.002;
    public static final double DEFAULT_MISKEYED = 0.005;
    public static final double DEFAULT_BUNDLES = 0;

    /** An episode builds up and recovers, so less than half of its readings are critical. */
    public static final double MOST_CRITICAL = 0.4;

    /** No topic accepts more. */
    public static final int MOST_BYTES = 16 << 20;

    /** Patient numbers have six digits. */
    public static final int MOST_PATIENTS = 1_000_000;

    public GeneratorSettings {
        List<String> problems = new ArrayList<>();
        if (patients < 2 || patients > MOST_PATIENTS) {
            problems.add("patients: must be from 2 to " + MOST_PATIENTS + ", was " + patients);
        }
        if (bytes < 0 || bytes > MOST_BYTES) {
            problems.add("bytes: must be from 0 to " + MOST_BYTES + ", was " + bytes);
        }
        checkFraction("critical", critical, MOST_CRITICAL, problems);
        checkFraction("malformed", malformed, 1, problems);
        checkFraction("miskeyed", miskeyed, 1, problems);
        checkFraction("bundles", bundles, 1, problems);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    /** Resources without padding. */
    public GeneratorSettings(
            long seed, int patients, double critical, double malformed, double miskeyed, double bundles) {
        this(seed, patients, critical, malformed, miskeyed, bundles, 0);
    }

    /** The command's defaults. */
    public static GeneratorSettings defaults() {
        return new GeneratorSettings(
                DEFAULT_SEED, DEFAULT_PATIENTS, DEFAULT_CRITICAL, DEFAULT_MALFORMED, DEFAULT_MISKEYED, DEFAULT_BUNDLES);
    }

    /** Only valid, correctly keyed single resources, without critical values. */
    public static GeneratorSettings plain(long seed, int patients) {
        return new GeneratorSettings(seed, patients, 0, 0, 0, 0);
    }

    private static void checkFraction(String name, double fraction, double most, List<String> problems) {
        if (!(fraction >= 0 && fraction <= most)) {
            problems.add(name + ": must be from 0 to " + most + ", was " + fraction);
        }
    }
}
