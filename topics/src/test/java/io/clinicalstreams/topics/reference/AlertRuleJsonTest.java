package io.clinicalstreams.topics.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.clinicalstreams.topics.problem.CatalogueException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertRuleJsonTest {

    private static final String CANONICAL = "{\"id\":\"curated/k\",\"title\":\"K\",\"analyte\":\"k\",\"source\":\"s\","
            + "\"maxAge\":\"PT24H\",\"coolDown\":\"PT1H\",\"age\":{\"fromYears\":18},\"variants\":[{\"codes\":"
            + "[{\"system\":\"http://loinc.org\",\"code\":\"2823-3\"}],\"unit\":\"mmol/L\",\"sameUnits\":[\"meq/L\"],"
            + "\"levels\":{\"moderate\":\">=6.0\",\"high\":\">=6.5\"},\"clear\":\"<6.0\"}]}";

    private static final String WITH_VERSION = CANONICAL.replace("\"title\"", "\"version\":\"3f2a\",\"title\"");

    @Test
    void writesWhatItReads() {
        AlertRule rule = AlertRuleJson.read("curated/k", bytes(WITH_VERSION));
        assertThat(AlertRuleJson.write(rule)).isEqualTo(bytes(WITH_VERSION));
    }

    @Test
    void everyCuratedRuleComesBackEqual() {
        assertThat(AlertRuleYaml.load()).isNotEmpty().allSatisfy(rule -> assertThat(
                        AlertRuleJson.read(rule.id(), AlertRuleJson.write(rule)))
                .isEqualTo(rule));
    }

    @Test
    void theVersionIsTheHashOfTheCanonicalFormWithoutIt() throws Exception {
        AlertRule rule = AlertRuleJson.versioned(AlertRuleJson.read(bytes(WITH_VERSION)));
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes(CANONICAL));
        assertThat(rule.version()).isEqualTo(HexFormat.of().formatHex(digest).substring(0, 12));
        assertThat(AlertRuleJson.versioned(rule)).isEqualTo(rule);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"id"            | [{"id"                  | is not a JSON object
        "version":"3f2a" | "version":"a b"         | version: must consist of
        "version":"3f2a" | "version":""            | version: is missing
        "version":"3f2a" | "sex":"male"            | sex: is unknown here
        "version":"3f2a" | "title":"twice"         | is not a JSON object
        "clear":"<6.0"   | "clear":"<7"            | clear: must exclude the values of the levels
        "curated/k"      | "curated/other"         | id: must be the record's key
        "curated/k"      | "no-owner"              | id: must consist of
        """)
    void refusesWhatIsNotTheRuleOfItsKey(String right, String wrong, String why) {
        assertThat(WITH_VERSION).contains(right);
        assertThatExceptionOfType(CatalogueException.class)
                .isThrownBy(() -> AlertRuleJson.read("curated/k", bytes(WITH_VERSION.replace(right, wrong))))
                .withMessageContaining(why);
    }

    @Test
    void refusesBytesThatAreNotUtf8() {
        byte[] json = bytes(WITH_VERSION.replace("\"K\"", "\"?\""));
        json[new String(json, StandardCharsets.UTF_8).indexOf('?')] = (byte) 0xFF;
        assertThatExceptionOfType(CatalogueException.class)
                .isThrownBy(() -> AlertRuleJson.read("curated/k", json))
                .withMessage("curated/k: is not UTF-8 text");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
