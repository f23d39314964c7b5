package io.clinicalstreams.application;

import static io.clinicalstreams.application.Resources.bytes;

import io.clinicalstreams.loadgen.send.Outgoing;
import io.clinicalstreams.topics.wire.Reason;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Every kind of bad input with its expected outcome. All are about one patient and in that patient's partition, except
 * the one whose partition is wrong.
 */
final class BadInputs {

    /** Planted in all of them; must appear in no output. */
    static final String NAME = "Quackenbush";

    static final String IDENTIFIER = "mrn-7734-zq";

    static final String PATIENT = "Patient/" + IDENTIFIER;

    /** Uncompressed larger than any topic allows; compressed a few kilobytes. */
    private static final int INFLATED = 8_000_000;

    private static final int DEPTH = 10_000;
    private static final int STRING = 3_000_000;
    private static final int GOOD_ENTRIES = 100;
    private static final int ID = 1_000_000;
    private static final int ENTRIES = 1_000_000;

    private static final int PANELS = 5;
    private static final int COMPONENTS = 50_000;
    private static final String HIGH = potassium("7.1");
    private static final String LOW = potassium("4.2");

    private final int partitions;

    /** @param partitions of the input */
    BadInputs(int partitions) {
        this.partitions = partitions;
    }

    /**
     * One bad input.
     *
     * @param recorded how many of its resources are recorded anyway
     * @param rekeyed how many of these via the re-keyed topic
     * @param rejected why the others are rejected
     */
    record BadInput(String name, Outgoing input, int recorded, int rekeyed, List<Reason> rejected) {

        @Override
        public String toString() {
            return name;
        }
    }

    List<BadInput> all() {
        List<BadInput> all = new ArrayList<>(unreadable());
        all.addAll(invalid());
        all.addAll(miskeyed());
        all.addAll(bundles());
        all.add(rejected("inflates beyond the output's limit", bytes(padded(good("inflating"))), Reason.TOO_LARGE));
        all.add(new BadInput(
                "Bundle of five Observations with 50,000 components each, and a good one",
                here(bytes(Resources.bundle(panels()))),
                1,
                0,
                Collections.nCopies(PANELS, Reason.TOO_MANY_REPETITIONS)));
        all.add(rejected("Bundle of a million zeros", bytes(zeros()), Reason.TOO_LARGE));
        all.add(new BadInput(
                "null value under a key that inflates",
                new Outgoing(bytes(NAME.repeat(INFLATED / NAME.length())), null, partition(), 1),
                0,
                0,
                List.of(Reason.NULL_VALUE)));
        all.add(new BadInput(
                "unit that cannot be converted",
                here(bytes(named(Resources.observation("furlongs", PATIENT, "2823-3", "7.1", "[fur_us]")))),
                1,
                0,
                List.of()));
        return all;
    }

    private List<BadInput> unreadable() {
        return List.of(
                rejected("not JSON", bytes(NAME + " has potassium of 7.1"), Reason.NOT_JSON),
                rejected("truncated UTF-8", truncated(), Reason.INVALID_UTF8),
                rejected("empty value", new byte[0], Reason.EMPTY_VALUE),
                rejected("null value", null, Reason.NULL_VALUE),
                rejected("JSON array", bytes('[' + good("in-an-array") + ']'), Reason.NOT_AN_OBJECT),
                rejected("nesting 10,000 deep", bytes(with("note", deep())), Reason.NESTING_TOO_DEEP),
                rejected(
                        "number 1E+100000",
                        bytes(good("huge").replace("4.2", "1E+100000")),
                        Reason.NUMBER_OUT_OF_RANGE),
                rejected(
                        "string of 3 MB",
                        bytes(with("note", "[{\"text\":\"" + NAME.repeat(STRING / NAME.length()) + "\"}]")),
                        Reason.STRING_TOO_LONG),
                rejected("duplicate keys", bytes(with("status", '"' + NAME + '"')), Reason.DUPLICATE_KEY));
    }

    private List<BadInput> invalid() {
        return List.of(
                rejected(
                        "unknown resourceType",
                        bytes(good("odd").replace("\"Observation\"", '"' + NAME + '"')),
                        Reason.UNKNOWN_RESOURCE_TYPE),
                rejected("id of 1 MB", bytes(good(NAME.repeat(ID / NAME.length()))), Reason.INVALID_VALUE),
                rejected("missing status", bytes(withoutStatus("no-status")), Reason.MISSING_STATUS),
                rejected(
                        "missing code",
                        bytes(good("no-code").replaceFirst("\"code\":\\{.*?}]},", "")),
                        Reason.MISSING_CODE),
                rejected(
                        "status outside the value set",
                        bytes(good("odd-status").replace("\"final\"", '"' + NAME + '"')),
                        Reason.INVALID_STATUS),
                rejected(
                        "Observation without patient",
                        bytes(good("nobody").replaceFirst("\"subject\":\\{.*?},", "")),
                        Reason.MISSING_PATIENT));
    }

    private List<BadInput> miskeyed() {
        byte[] key = bytes(PATIENT);
        int right = partition();
        int wrong = (right + 1) % partitions;
        return List.of(
                rekeyed("null key", new Outgoing(null, bytes(good("keyless")), right, 1)),
                rekeyed("key of another patient", new Outgoing(bytes("Patient/x"), bytes(good("other")), right, 1)),
                rekeyed("right key on the wrong partition", new Outgoing(key, bytes(good("astray")), wrong, 1)));
    }

    private List<BadInput> bundles() {
        String unresolvable = good("unresolvable").replace(PATIENT, "urn:uuid:00000000-0000-4000-8000-000000000000");
        List<String> entries = new ArrayList<>(Collections.nCopies(GOOD_ENTRIES, good("entry")));
        entries.add(GOOD_ENTRIES / 2, withoutStatus("bad-entry"));
        return List.of(
                new BadInput(
                        "Bundle with an unresolvable reference",
                        here(bytes(Resources.bundle(List.of(good("before"), unresolvable, good("behind"))))),
                        2,
                        0,
                        List.of(Reason.UNRESOLVABLE_REFERENCE)),
                new BadInput(
                        "Bundle with one bad entry among a hundred",
                        here(bytes(Resources.bundle(entries))),
                        GOOD_ENTRIES,
                        0,
                        List.of(Reason.MISSING_STATUS)));
    }

    /** A valid record in the same partition. */
    Outgoing goodOne(String id) {
        return here(bytes(good(id)));
    }

    private BadInput rejected(String name, byte @Nullable [] value, Reason reason) {
        return new BadInput(name, here(value), 0, 0, List.of(reason));
    }

    private static BadInput rekeyed(String name, Outgoing input) {
        return new BadInput(name, input, 1, 1, List.of());
    }

    private Outgoing here(byte @Nullable [] value) {
        return new Outgoing(bytes(PATIENT), value, partition(), 1);
    }

    private int partition() {
        return Utils.toPositive(Utils.murmur2(bytes(PATIENT))) % partitions;
    }

    private static String good(String id) {
        return named(Resources.potassium(id, PATIENT, "4.2"));
    }

    private static String named(String observation) {
        return observation.replace(
                "{\"reference\":\"" + PATIENT + "\"}",
                "{\"reference\":\"" + PATIENT + "\",\"display\":\"" + NAME + "\"}");
    }

    private static String withoutStatus(String id) {
        return good(id).replace("\"status\":\"final\",", "");
    }

    private static String with(String element, String json) {
        return good("with-" + element).replaceFirst("\\{", "{\"" + element + "\":" + json + ',');
    }

    private static String potassium(String value) {
        return "{\"code\":{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"2823-3\"}]},"
                + "\"valueQuantity\":{\"value\":" + value + ",\"unit\":\"mmol/L\"}}";
    }

    private static String deep() {
        return "[".repeat(DEPTH) + '"' + NAME + '"' + "]".repeat(DEPTH);
    }

    /** Without the limit on components, each second one would raise an alert and the next one resolve it. */
    private static List<String> panels() {
        StringBuilder components = new StringBuilder("[");
        for (int i = 0; i < COMPONENTS; i++) {
            components.append(i == 0 ? "" : ",").append(i % 2 == 0 ? HIGH : LOW);
        }
        List<String> panels = new ArrayList<>(Collections.nCopies(
                PANELS, with("component", components.append(']').toString())));
        panels.add(good("beside-panels"));
        return panels;
    }

    private static String zeros() {
        return "{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"identifier\":{\"value\":\"" + NAME
                + "\"},\"entry\":[0" + ",0".repeat(ENTRIES - 1) + "]}";
    }

    private static String padded(String observation) {
        return observation.replaceFirst("\\{", "{" + " ".repeat(INFLATED));
    }

    /** The first of two bytes of a letter, followed by the quote that ends the string. */
    private static byte[] truncated() {
        byte[] whole = bytes(good("cut"));
        byte[] name = bytes(NAME);
        int at = new String(whole, StandardCharsets.US_ASCII).indexOf(NAME) + name.length;
        ByteArrayOutputStream cut = new ByteArrayOutputStream();
        cut.write(whole, 0, at);
        cut.write(0xC3);
        cut.write(whole, at, whole.length - at);
        return cut.toByteArray();
    }
}
