package io.clinicalstreams.verifier.fault;

import io.clinicalstreams.loadgen.generate.Generated;
import io.clinicalstreams.loadgen.send.Outgoing;
import io.clinicalstreams.verifier.source.MemoryTopics;
import io.clinicalstreams.verifier.source.Samples;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Adds what changes the past to generated input: results that are corrected, withdrawn, late, without a time, sent again
 * or in two versions, and birth dates that are corrected.
 */
final class ChangedPast {

    private static final Pattern EFFECTIVE = Pattern.compile("\"effectiveDateTime\":\"([^\"]+)\",");
    private static final Pattern PATIENT = Pattern.compile("\"reference\":\"Patient/([^\"]+)\"");
    private static final Pattern LOINC = Pattern.compile("\"http://loinc.org\",\"code\":\"([^\"]+)\"");

    /** Where the value begins; all that follows depends on it. */
    private static final String VALUE = "\"valueQuantity\"";

    private static final int RECENT = 40;

    private final Random random;
    private final List<String> results = new ArrayList<>();
    private int changes;

    ChangedPast(long seed) {
        random = new Random(seed);
    }

    /** The record, for some with what gives it another past. */
    Stream<Generated> around(Generated record) {
        if (record.kind() != Generated.Kind.LABORATORY) {
            return Stream.of(record);
        }
        String result = new String(Objects.requireNonNull(record.value()), StandardCharsets.UTF_8);
        results.add(result);
        if (results.size() % 2 == 0) {
            return Stream.of(record);
        }
        String earlier = results.get(Math.max(0, results.size() - 1 - random.nextInt(RECENT)));
        String another = earlier.replaceFirst("\"id\":\"", "\"id\":\"another-");
        return switch (changes++ % 12) {
            case 0 -> Stream.of(record, sent(corrected(earlier), record));
            case 1 -> Stream.of(record, sent(withdrawn(earlier), record));
            case 2 -> Stream.of(sent(withdrawn(result), record), record);
            case 3 -> Stream.of(record, sent(late(another), record));
            case 4 -> Stream.of(record, sent(undated(another), record));
            case 5 -> Stream.of(record, sent(earlier, record));
            case 6 -> Stream.of(record, sent(reported(undated(another), record.at()), record));
            case 7 -> Stream.of(sent(result.replace("\"final\"", "\"preliminary\""), record), record);
            case 8 -> Stream.of(record, sent(bundle(earlier, patient("2019-05-05T00:00:00", earlier)), record));
            case 9 -> Stream.of(record, sent(bundle(earlier, patient("1961-02-28", earlier)), record));
            case 10 ->
                Stream.of(
                        record,
                        sent(version(2, corrected(earlier)), record),
                        sent(version(1, corrected(earlier)), record));
            default -> Stream.of(record, sent(bundle(corrected(earlier), late(another), another), record));
        };
    }

    private static Generated sent(String json, Generated like) {
        Outgoing outgoing =
                Outgoing.of(MemoryTopics.bytes("Patient/" + group(PATIENT, json)), MemoryTopics.bytes(json));
        return new Generated(outgoing, like.at(), like.kind(), Generated.Keying.RIGHT, like.critical(), null);
    }

    private static String group(Pattern pattern, String json) {
        return pattern.matcher(json).results().findFirst().orElseThrow().group(1);
    }

    /** With the value of another result. */
    private String corrected(String result) {
        List<String> values = results.stream()
                .filter(other -> group(LOINC, other).equals(group(LOINC, result)))
                .map(other -> other.substring(other.indexOf(VALUE)))
                .toList();
        String before = result.substring(0, result.indexOf(VALUE));
        return before.replace("\"final\"", "\"corrected\"") + values.get(random.nextInt(values.size()));
    }

    private static String withdrawn(String result) {
        return result.replace("\"final\"", "\"entered-in-error\"");
    }

    private String late(String result) {
        String time = group(EFFECTIVE, result);
        Instant earlier = Instant.parse(time).minus(Duration.ofSeconds(random.nextInt(90)));
        return corrected(result).replace(time, earlier.toString()).replaceFirst("another-", "late-");
    }

    private String undated(String result) {
        return corrected(result).replaceFirst(EFFECTIVE.pattern(), "").replaceFirst("\"issued\":\"[^\"]+\",", "");
    }

    private static String version(int number, String result) {
        return result.replace("\"meta\":{", "\"meta\":{\"versionId\":\"" + number + "\",");
    }

    private static String reported(String result, Instant at) {
        String report = "{\"resourceType\":\"DiagnosticReport\",\"effectiveDateTime\":\"" + at.minusSeconds(50)
                + "\",\"result\":[{\"reference\":\"urn:uuid:1\"}]}";
        return bundle(report, result);
    }

    private static String bundle(String... resources) {
        return Samples.bundle("collection", resources);
    }

    private static String patient(String birthDate, String result) {
        return "{\"resourceType\":\"Patient\",\"id\":\"%s\",\"birthDate\":\"%s\"}"
                .formatted(group(PATIENT, result), birthDate);
    }
}
