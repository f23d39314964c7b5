package io.clinicalstreams.loadgen.generate;

import io.clinicalstreams.loadgen.send.Outgoing;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Generates the next malformed input, cycling over {@link Malformation}. */
final class MalformedInput {

    /** 3 MB are 3,000 ordinary records: sent once in this many rounds. */
    private static final int ROUNDS_PER_HUGE_STRING = 20;

    private static final int GOOD_ENTRIES = 100;

    private static final List<Malformation> CYCLE = List.of(Malformation.values());

    private final Chart chart;
    private final Map<Malformation, Template> templates = new EnumMap<>(Malformation.class);
    private final SlotValues values;
    private int next;
    private int round;

    /** @param good a valid Observation's JSON with its slots marked */
    MalformedInput(Chart chart, String good, SlotValues values) {
        this.chart = chart;
        this.values = values;
        for (Malformation malformation : Malformation.values()) {
            String json = malformation.appliedTo(good);
            if (json != null) {
                templates.put(malformation, Template.of(json));
            }
        }
    }

    /** The next record's malformation. */
    Malformation turn() {
        Malformation turn = CYCLE.get(next);
        next = (next + 1) % CYCLE.size();
        if (next == 0) {
            round++;
        }
        return turn == Malformation.HUGE_STRING && round % ROUNDS_PER_HUGE_STRING != 0 ? turn() : turn;
    }

    Outgoing make(Malformation malformation, int patient, long millis) {
        byte[] key = GeneratedPatient.reference(patient);
        return switch (malformation) {
            case EMPTY_VALUE -> Outgoing.of(key, new byte[0]);
            case TOMBSTONE -> Outgoing.of(key, null);
            case BUNDLE_UNRESOLVABLE_REFERENCE -> new Outgoing(key, unresolvable(patient, key, millis), null, 3);
            case BUNDLE_ONE_BAD_ENTRY -> new Outgoing(key, oneBadEntry(patient, key, millis), null, GOOD_ENTRIES + 1);
            case BUNDLE_NESTED -> new Outgoing(key, nested(patient, key, millis), null, 2);
            case BUNDLE_UNSUPPORTED_TYPE ->
                Outgoing.of(key, bundle("searchset", 1, patient, key, millis).end());
            case BUNDLE_CUT_OFF ->
                Outgoing.of(
                        key,
                        cutOff(bundle("transaction", 2, patient, key, millis).end()));
            default -> Outgoing.of(key, single(malformation, patient, key, millis));
        };
    }

    private byte[] single(Malformation malformation, int patient, byte[] subject, long millis) {
        chart.badVitalSign(patient, subject, millis);
        byte[] filled = Objects.requireNonNull(templates.get(malformation)).fill(values);
        return malformation == Malformation.TRUNCATED_UTF8 ? Arrays.copyOf(filled, filled.length - 1) : filled;
    }

    private byte[] unresolvable(int patient, byte[] subject, long millis) {
        byte[] absentPatient = "urn:uuid:00000000-0000-4000-8000-000000000000".getBytes(StandardCharsets.US_ASCII);
        BundleWriter bundle = bundle("transaction", 1, patient, subject, millis);
        entry(bundle, chart.vitalSign(patient, absentPatient, millis, 0));
        entry(bundle, chart.vitalSign(patient, subject, millis, 0));
        return bundle.end();
    }

    private byte[] oneBadEntry(int patient, byte[] subject, long millis) {
        BundleWriter bundle = bundle("batch", GOOD_ENTRIES / 2, patient, subject, millis);
        entry(bundle, single(Malformation.MISSING_STATUS, patient, subject, millis));
        for (int i = GOOD_ENTRIES / 2; i < GOOD_ENTRIES; i++) {
            entry(bundle, chart.vitalSign(patient, subject, millis, 0));
        }
        return bundle.end();
    }

    private byte[] nested(int patient, byte[] subject, long millis) {
        byte[] inner = bundle("collection", 1, patient, subject, millis).end();
        BundleWriter bundle = bundle("transaction", 1, patient, subject, millis);
        return bundle.entry(chart.lastFullUrl(), inner, "Bundle").end();
    }

    private BundleWriter bundle(String type, int goodEntries, int patient, byte[] subject, long millis) {
        BundleWriter bundle = new BundleWriter(type);
        for (int i = 0; i < goodEntries; i++) {
            entry(bundle, chart.vitalSign(patient, subject, millis, 0));
        }
        return bundle;
    }

    private void entry(BundleWriter bundle, byte[] observation) {
        bundle.entry(chart.lastFullUrl(), observation, "Observation");
    }

    private static byte[] cutOff(byte[] whole) {
        return Arrays.copyOf(whole, whole.length / 2);
    }
}
