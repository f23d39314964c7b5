package io.clinicalstreams.loadgen.generate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The resource templates: JSON files with {@code ${name}} placeholders. This class fills those of a resource's kind;
 * the others are the marks of {@link Slot}. All resources are marked as test data.
 */
final class ResourceTemplates {

    private static final String LEAN = "lean-observation";
    private static final String PULSE_OXIMETRY = ",{\"system\":\"http://loinc.org\",\"code\":\"59408-5\",\"display\":"
            + "\"Oxygen saturation in Arterial blood by Pulse oximetry\"}";

    private ResourceTemplates() {}

    /** @param isLean only with what an alert rule reads: no names, category, visit or judgement */
    static Template vitalSign(VitalSign sign, boolean isLean) {
        return Template.of(vitalSignJson(sign, isLean ? LEAN : "vital-sign"));
    }

    /** The JSON with its marks, the base of malformed input. */
    static String vitalSignJson(VitalSign sign) {
        return vitalSignJson(sign, "vital-sign");
    }

    private static String vitalSignJson(VitalSign sign, String template) {
        return json(
                template,
                Map.of(
                        "profile", sign.profile(),
                        "loinc", sign.loinc(),
                        "display", sign.display(),
                        "unit", sign.unit(),
                        "other-coding", sign.equals(VitalSign.OXYGEN_SATURATION) ? PULSE_OXIMETRY : ""));
    }

    static Template bloodPressure() {
        return Template.of(json("blood-pressure", Map.of()));
    }

    /** The templates of each test, in the order of the tests. */
    static List<Map<InterpretationCode, Template>> laboratory(List<LaboratoryTest> tests, boolean isLean) {
        List<Map<InterpretationCode, Template>> templates = new ArrayList<>();
        for (LaboratoryTest test : tests) {
            Map<InterpretationCode, Template> ofTest = new EnumMap<>(InterpretationCode.class);
            for (InterpretationCode judgement : InterpretationCode.values()) {
                Map<String, String> values = Map.of(
                        "loinc", test.loinc(),
                        "display", test.display(),
                        "unit", test.unit(),
                        "interpretation", judgement.code(),
                        "low", SlotValues.text(test.low(), test.scale()),
                        "high", SlotValues.text(test.high(), test.scale()));
                ofTest.put(judgement, Template.of(json(isLean ? LEAN : "laboratory-result", values)));
            }
            templates.add(ofTest);
        }
        return templates;
    }

    static List<Template> medicationRequests() {
        return rows("medications.txt").stream()
                .map(cells -> Map.of("code", cells[0], "display", cells[1], "dosage", cells[2]))
                .map(values -> Template.of(json("medication-request", values)))
                .toList();
    }

    static List<Template> encounters() {
        return Stream.of(
                        Map.of("code", "IMP", "display", "inpatient encounter", "status", "in-progress"),
                        Map.of("code", "EMER", "display", "emergency", "status", "in-progress"),
                        Map.of("code", "AMB", "display", "ambulatory", "status", "arrived"))
                .map(values -> Template.of(json("encounter", values)))
                .toList();
    }

    /** One for women, one for men. */
    static List<Template> patients() {
        return Stream.of("female", "male")
                .map(gender -> Template.of(json("patient", Map.of("gender", gender))))
                .toList();
    }

    /** The same, replaced by the patient in the slot of the subject. */
    static List<Template> replacedPatients() {
        return Stream.of("female", "male")
                .map(gender -> json("patient", Map.of("gender", gender)).replace("\"active\":true", "\"active\":false"))
                .map(json -> json.substring(0, json.length() - 1) + ",\"link\":[{\"other\":{\"reference\":\""
                        + Slot.SUBJECT.mark() + "\"},\"type\":\"replaced-by\"}]}")
                .map(Template::of)
                .toList();
    }

    /** The rows of a table, as cells separated by {@code |}; lines that begin with {@code #} are comments. */
    static List<String[]> rows(String file) {
        return text(file)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> Stream.of(line.split("\\|", -1)).map(String::strip).toArray(String[]::new))
                .toList();
    }

    private static String json(String template, Map<String, String> values) {
        String json = text(template + ".json").lines().collect(Collectors.joining());
        for (Map.Entry<String, String> value : values.entrySet()) {
            json = json.replace("${" + value.getKey() + '}', value.getValue());
        }
        return json;
    }

    private static String text(String file) {
        try (InputStream content = Objects.requireNonNull(ResourceTemplates.class.getResourceAsStream(file))) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
