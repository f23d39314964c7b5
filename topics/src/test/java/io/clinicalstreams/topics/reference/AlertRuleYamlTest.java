package io.clinicalstreams.topics.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.clinicalstreams.topics.problem.CatalogueException;
import io.clinicalstreams.topics.problem.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertRuleYamlTest {

    private static final String POTASSIUM = """
            defaults: {max-age: PT24H, cool-down: PT1H, age: {from-years: 18}}
            rules:
              - id: potassium-high
                title: Potassium high
                analyte: potassium
                source: A source
                variants:
                  - codes: [2823-3, {system: urn:local, code: K}]
                    unit: mmol/L
                    same-units: [meq/L]
                    levels: {moderate: ">=6.0", high: ">=6.5"}
                    clear: <6.0
            """;

    @Test
    void readsARuleWithItsDefaults() {
        AlertRule rule = AlertRuleYaml.read("f", POTASSIUM).rules().get(0);
        assertThat(rule.id()).isEqualTo("curated/potassium-high");
        assertThat(rule.maxAge()).isEqualTo(Duration.ofHours(24));
        assertThat(rule.coolDown()).isEqualTo(Duration.ofHours(1));
        assertThat(rule.age()).isEqualTo(new AlertRule.Age(18, null));
        assertThat(rule.content())
                .isEqualTo(new RuleContent.Limits(List.of(new RuleContent.Variant(
                        List.of(new AlertRule.Code("http://loinc.org", "2823-3"), new AlertRule.Code("urn:local", "K")),
                        "mmol/L",
                        List.of("meq/L"),
                        null,
                        new RuleContent.Levels(">=6.0", ">=6.5"),
                        "<6.0"))));
    }

    @Test
    void aRulesOwnFieldsWinOverTheDefaults() {
        String own = POTASSIUM.replace("    source:", "    max-age: PT2H\n    age: {}\n    source:");
        AlertRule rule = AlertRuleYaml.read("f", own).rules().get(0);
        assertThat(rule.maxAge()).isEqualTo(Duration.ofHours(2));
        assertThat(rule.age()).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        id: potassium-high     | id: Potassium High      | rules.Potassium High.id
        title: Potassium high  | nottitle: x             | rules.potassium-high.title
        title: Potassium high  | nottitle: x             | rules.potassium-high.nottitle
        source: A source       | source: ' '             | rules.potassium-high.source
        source: A source       | source: 7               | rules.potassium-high.source
        cool-down: PT1H        | cool-down: 1h           | cool-down
        cool-down: PT1H        | cool-down: -PT1H        | cool-down
        max-age: PT24H         | max-age: PT0S           | max-age
        max-age: PT24H         | maxAge: PT24H           | defaults.maxAge
        from-years: 18         | from-years: many        | age.from-years
        from-years: 18         | below-years: -1         | age.below-years
        from-years: 18         | from-years: 18, below-years: 18 | age.below-years
        >=6.5                  | 6.5                     | variants.0.levels.high
        >=6.5                  | >=5.5                   | variants.0.levels.high
        >=6.5                  | <=6.5                   | variants.0.levels
        >=6.5                  | >=6,5                   | variants.0.levels.high
        high:                  | grave:                  | variants.0.levels.grave
        clear: <6.0            | clear: <6.1             | variants.0.clear
        clear: <6.0            | clear: <=6.0            | variants.0.clear
        clear: <6.0            | clear: '>=3.0'          | variants.0.clear
        unit: mmol/L           | unit: 1                 | variants.0.unit
        code: K                | kode: K                 | variants.0.codes.1.code
        2823-3,                | 2823-3, 2823-3,         | variants.0.codes
        same-units: [meq/L]    | same-units: meq/L       | variants.0.same-units
        """)
    void refusesAProblemWithFileAndPath(String right, String wrong, String path) {
        assertThat(POTASSIUM).contains(right);
        assertThatExceptionOfType(CatalogueException.class)
                .isThrownBy(() -> AlertRuleYaml.read("rules.yaml", POTASSIUM.replace(right, wrong)))
                .satisfies(refused -> assertThat(refused.problems()).anySatisfy(problem -> {
                    assertThat(problem.file()).isEqualTo("rules.yaml");
                    assertThat(problem.path()).endsWith(path);
                }));
    }

    @Test
    void aCodeIsInTwoVariantsOnlyIfTheirUnitsDoNotConvert() {
        String more = """
                      - codes: [2823-3]
                        unit: UNIT
                        levels: {high: ">=6.5"}
                        clear: <6.0
                """;

        assertThat(AlertRuleYaml.read("f", POTASSIUM + more.replace("UNIT", "mg/dL"))
                        .rules())
                .hasSize(1);
        for (String unit : List.of("umol/L", "mmol/L")) {
            assertThatExceptionOfType(CatalogueException.class)
                    .isThrownBy(() -> AlertRuleYaml.read("f", POTASSIUM + more.replace("UNIT", unit)))
                    .withMessageContaining("repeats 2823-3");
        }
    }

    @Test
    void reportsAllProblemsAtOnceAndEachOnce() {
        String wrong =
                POTASSIUM.replace("title: Potassium high", "title: 7").replace("analyte: potassium", "analyte: 8");
        assertThatExceptionOfType(CatalogueException.class)
                .isThrownBy(() -> AlertRuleYaml.read("f", wrong))
                .satisfies(refused -> assertThat(refused.problems())
                        .extracting(Problem::path)
                        .containsExactly("rules.potassium-high.title", "rules.potassium-high.analyte"));
    }

    @ParameterizedTest
    @CsvSource({
        "'', is empty",
        "'rules:', is empty; must be a list",
        "'rules: [', (line",
        "'rules: []', 'f: owner: is required with an empty list of rules, which removes all rules of the owner'",
        "7, must be names with values",
        "'rules: {a: b}', list"
    })
    void refusesWhatHoldsNoRules(String yaml, String why) {
        assertThatExceptionOfType(CatalogueException.class)
                .isThrownBy(() -> AlertRuleYaml.read("f", yaml))
                .withMessageContaining(why);
    }

    @Test
    void refusesTwoRulesOfOneIdAndDoubledKeys() {
        String rule = POTASSIUM.substring(POTASSIUM.indexOf("  - id"));
        assertThatExceptionOfType(CatalogueException.class)
                .isThrownBy(() -> AlertRuleYaml.read("f", POTASSIUM + rule))
                .withMessage("f: rules.potassium-high.id: is duplicated");
        assertThatExceptionOfType(CatalogueException.class)
                .isThrownBy(
                        () -> AlertRuleYaml.read("f", POTASSIUM.replace("    unit:", "    unit: a\n        unit:")));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " | ", textBlock = """
            unit: mmol/L     | unit: mmol/Litre | rules.potassium-high.variants.0.unit: is not a UCUM unit: 'mmol/Litre'
            2823-3           | 2823-4           | rules.potassium-high.variants.0.codes.0: is not a LOINC code: '2823-4' fails its check digit
            """)
    void refusesAUnitThatIsNotUcumAndACodeThatFailsItsCheckDigit(String right, String wrong, String problem) {
        assertThat(POTASSIUM).contains(right);
        assertThatExceptionOfType(CatalogueException.class)
                .isThrownBy(() -> AlertRuleYaml.read("f", POTASSIUM.replace(right, wrong)))
                .withMessage("f: " + problem);
    }

    @Test
    void refusesTwoRulesThatOneValueMeetsFromBothSides() {
        String low = POTASSIUM
                .substring(POTASSIUM.indexOf("  - id"))
                .replace("potassium-high", "potassium-low")
                .replace(">=6.5", "<7.0")
                .replace(">=6.0", "<7.5")
                .replace("clear: <6.0", "clear: \">=7.5\"");
        assertThatExceptionOfType(CatalogueException.class)
                .isThrownBy(() -> AlertRuleYaml.read("f", POTASSIUM + low))
                .withMessage("f: rules.potassium-low: contradicts curated/potassium-high: one value meets the limits of"
                        + " both");
    }

    @Test
    void mayHaveNoRulesWhichRemovesThoseOfItsOwner() {
        assertThat(AlertRuleYaml.read("f", "owner: ward-7\nrules: []"))
                .isEqualTo(new AlertRuleYaml.Owned("ward-7/", List.of()));
    }

    @Test
    void namesTheOwnerOfItsRules() {
        assertThat(AlertRuleYaml.read("f", "owner: ward-7\n" + POTASSIUM).rules())
                .extracting(AlertRule::id)
                .containsExactly("ward-7/potassium-high");
        assertThatExceptionOfType(CatalogueException.class)
                .isThrownBy(() -> AlertRuleYaml.read("f", "owner: Ward 7\n" + POTASSIUM))
                .withMessageContaining("f: owner: must consist of");
    }

    @Test
    void readsAFolder(@TempDir Path folder) throws IOException {
        assertThatExceptionOfType(CatalogueException.class)
                .isThrownBy(() -> AlertRuleYaml.load(folder))
                .withMessageContaining("does not exist");
        Path file = Files.createFile(folder.resolve("file"));
        assertThatExceptionOfType(CatalogueException.class)
                .isThrownBy(() -> AlertRuleYaml.load(file))
                .withMessage(file + ": is a file; name the folder with alert-rules.yaml");
        Files.writeString(folder.resolve("alert-rules.yaml"), POTASSIUM);
        assertThat(AlertRuleYaml.load(folder).rules()).hasSize(1);
    }

    @Test
    void theRulesThatComeWithTheProgramHaveSources() {
        assertThat(AlertRuleYaml.load()).isNotEmpty().allSatisfy(rule -> {
            assertThat(rule.source()).isNotBlank();
            assertThat(rule.version()).matches("[0-9a-f]{12}");
        });
    }

    private static final String FLAG = """
            rules:
              - id: flag
                kind: laboratory-flag
                title: Critical by the laboratory
                analyte: any
                source: A source
                max-age: PT24H
                cool-down: PT1H
                levels: {moderate: [H], high: [HH, {system: 'urn:s', code: LL}]}
            """;

    @Test
    void readsARuleOfAnotherKindAndWritesItsKind() {
        AlertRule rule = AlertRuleYaml.read("f", FLAG).rules().get(0);
        String system = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation";
        assertThat(rule.content())
                .isEqualTo(new RuleContent.Flags(new RuleContent.FlagLevels(
                        List.of(new AlertRule.Code(system, "H")),
                        List.of(new AlertRule.Code(system, "HH"), new AlertRule.Code("urn:s", "LL")))));
        byte[] json = AlertRuleJson.write(rule);
        assertThat(new String(json, StandardCharsets.UTF_8)).contains("\"kind\":\"laboratory-flag\",\"levels\":{");
        assertThat(AlertRuleJson.read(json)).isEqualTo(rule);
    }

    @Test
    void aCriticalLimitMayNameItsKindAndIsWrittenAsBeforeThereWereAny() {
        AlertRule named = AlertRuleYaml.read(
                        "f", POTASSIUM.replace("    title:", "    kind: critical-limit\n    title:"))
                .rules()
                .get(0);
        assertThat(named).isEqualTo(AlertRuleYaml.read("f", POTASSIUM).rules().get(0));
        assertThat(new String(AlertRuleJson.write(named), StandardCharsets.UTF_8))
                .doesNotContain("kind");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        kind: laboratory-flag | kind: flag         | rules.flag.kind
        kind: laboratory-flag | kind: 7            | rules.flag.kind
        levels: {moderate     | level: {moderate   | rules.flag.levels
        moderate: [H]         | moderate: [HH]     | rules.flag.levels
        moderate: [H]         | grave: [H]         | rules.flag.levels.grave
        moderate: [H]         | moderate: H        | rules.flag.levels.moderate
        moderate: [H]         | moderate: []       | rules.flag.levels.moderate
        code: LL              | kode: LL           | rules.flag.levels.high.1.code
        """)
    void refusesAProblemOfAFlagWithItsPath(String right, String wrong, String path) {
        assertThat(FLAG).contains(right);
        assertThatExceptionOfType(CatalogueException.class)
                .isThrownBy(() -> AlertRuleYaml.read("f", FLAG.replace(right, wrong)))
                .satisfies(refused ->
                        assertThat(refused.problems()).extracting(Problem::path).contains(path));
    }

    private static final String SILENCE = """
            owner: ward
            defaults: {max-age: PT2H, cool-down: PT1H}
            rules:
              - id: silent
                kind: silence
                title: No heart rate
                analyte: heart rate
                source: The ward
                codes: [8867-4, {system: urn:local, code: HR}]
                interval: PT15M
                watched: while-admitted
                severity: high
            """;

    @Test
    void readsARuleOfSilenceAndItsJson() {
        AlertRule rule = AlertRuleYaml.read("f", SILENCE).rules().get(0);

        assertThat(rule.id()).isEqualTo("ward/silent");
        assertThat(rule.content())
                .isEqualTo(new RuleContent.Silence(
                        List.of(
                                new AlertRule.Code("http://loinc.org", "8867-4"),
                                new AlertRule.Code("urn:local", "HR")),
                        Duration.ofMinutes(15),
                        "while-admitted",
                        "high"));
        assertThat(new String(AlertRuleJson.write(rule), StandardCharsets.UTF_8))
                .endsWith("\"kind\":\"silence\",\"codes\":[{\"system\":\"http://loinc.org\",\"code\":\"8867-4\"},"
                        + "{\"system\":\"urn:local\",\"code\":\"HR\"}],\"interval\":\"PT15M\","
                        + "\"watched\":\"while-admitted\",\"severity\":\"high\"}");
        assertThat(AlertRuleJson.read("ward/silent", AlertRuleJson.write(rule))).isEqualTo(rule);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        codes: [8867-4,          | codes: [8867-5,         | rules.silent.codes.0
        codes: [8867-4,          | codes: [8867-4, 8867-4, | rules.silent.codes
        interval: PT15M          | interval: PT9S          | rules.silent.interval
        interval: PT15M          | interval: 15m           | rules.silent.interval
        watched: while-admitted  | watched: always         | rules.silent.watched
        severity: high           | severity: low           | rules.silent.severity
        severity: high           | levels: {high: [HH]}    | rules.silent.levels
        """)
    void refusesAProblemOfSilenceWithItsPath(String right, String wrong, String path) {
        assertThat(SILENCE).contains(right);
        assertThatExceptionOfType(CatalogueException.class)
                .isThrownBy(() -> AlertRuleYaml.read("f", SILENCE.replace(right, wrong)))
                .satisfies(refused ->
                        assertThat(refused.problems()).extracting(Problem::path).contains(path));
    }

    @Test
    void everyLoincCodeHasTheRightCheckDigit() {
        List<String> codes = AlertRuleYaml.load().stream()
                .flatMap(rule -> rule
                        .content()
                        .<List<RuleContent.Variant>>match(
                                RuleContent.Limits::variants, flags -> List.of(), silence -> List.of())
                        .stream())
                .flatMap(variant -> variant.codes().stream())
                .filter(code -> code.system().equals("http://loinc.org"))
                .map(AlertRule.Code::code)
                .toList();
        assertThat(codes).isNotEmpty().allSatisfy(code -> assertThat(LoincCheckDigit.isRight(code))
                .as(code)
                .isTrue());
        assertThat(LoincCheckDigit.isRight("2823-4")).isFalse();
        assertThat(LoincCheckDigit.isRight("2832-3")).isFalse();
    }
}
