package io.clinicalstreams.topics.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Missing or wrong login settings are reported without the secret. */
class LoginTest {

    private static final String WRITTEN =
            "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"me\" password=\"secretpw\";";

    @Test
    void isMissingIfTheProtocolRequiresOneThatIsNotSet() {
        assertThat(login(Map.of("security.protocol", "SASL_SSL")).isMissing()).isTrue();
        assertThat(login(Map.of("security.protocol", "sasl_plaintext")).isMissing())
                .isTrue();
    }

    @Test
    void isNotMissingIfNotRequiredOrSet() {
        assertThat(login(Map.of()).isMissing()).isFalse();
        assertThat(login(Map.of("security.protocol", "SSL")).isMissing()).isFalse();
        assertThat(login(Map.of("security.protocol", "SASL_SSL", "sasl.jaas.config", WRITTEN))
                        .isMissing())
                .isFalse();
    }

    @Test
    void isLeftToACallbackHandlerOnlyWithTokens() {
        Map<String, Object> handled =
                Map.of("security.protocol", "SASL_SSL", "sasl.login.callback.handler.class", "x.Y");

        assertThat(login(with(handled, "sasl.mechanism", "OAUTHBEARER")).isMissing())
                .isFalse();
        assertThat(login(with(handled, "sasl.mechanism", "SCRAM-SHA-512")).isMissing())
                .isTrue();
    }

    @Test
    void hasNoFlawAsKafkaWritesIt() {
        assertThat(saslWith(WRITTEN).flaw()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secretpw",
                "org.apache.kafka.common.security.scram.ScramLoginModule secretpw;",
                "org.apache.kafka.common.security.scram.ScramLoginModule required password=secretpw",
                "org.apache.kafka.common.security.scram.ScramLoginModule required secretpw;"
            })
    void isMalformedWithoutAWordOfIt(String written) {
        assertThat(saslWith(written).flaw()).isEqualTo("is malformed");
    }

    @Test
    void namesExistingModulesOnly() {
        assertThat(saslWith("secretpw required password=\"x\";").flaw())
                .isEqualTo("names a login module that is not on the class path");
    }

    private static Login saslWith(String written) {
        return login(Map.of("security.protocol", "SASL_SSL", "sasl.jaas.config", written));
    }

    private static Map<String, Object> with(Map<String, Object> settings, String name, String value) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put(name, value);
        return all;
    }

    private static Login login(Map<String, Object> settings) {
        return new Login(settings);
    }
}
