package io.clinicalstreams.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;
import org.apache.kafka.server.config.AbstractKafkaConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files for a production broker are right for the Kafka in use, and agree with the catalogue. */
class BrokerFilesTest {

    private static final Path FOLDER = Path.of(System.getProperty("project.root", ".."), "deploy", "broker");
    private static final Set<String> OF_THE_AUTHORIZER =
            Set.of(StandardAuthorizer.SUPER_USERS_CONFIG, StandardAuthorizer.ALLOW_EVERYONE_IF_NO_ACL_IS_FOUND_CONFIG);
    private static final ConfigDef BROKER = AbstractKafkaConfig.CONFIG_DEF;

    private final Properties properties = new Properties();

    BrokerFilesTest() throws IOException {
        try (Reader reader = Files.newBufferedReader(FOLDER.resolve("server.properties"))) {
            properties.load(reader);
        }
    }

    @Test
    void haveOnlySettingsAndValuesThatKafkaTakes() {
        assertThat(properties.stringPropertyNames())
                .isNotEmpty()
                .filteredOn(name -> !OF_THE_AUTHORIZER.contains(name))
                .allSatisfy(name -> {
                    String plain = name.replaceFirst("^listener\\.name\\.[a-z]+\\.", "");
                    ConfigDef.ConfigKey key = BROKER.configKeys().get(plain);
                    assertThat(key).as(name).isNotNull();
                    assertThatCode(() -> {
                                Object value = ConfigDef.parseType(plain, properties.getProperty(name), key.type);
                                if (key.validator != null) {
                                    key.validator.ensureValid(plain, value);
                                }
                            })
                            .as(name)
                            .doesNotThrowAnyException();
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"server.properties", "jvm.options", "kafka.env", "sysctl.d/99-kafka.conf", "limits.d/kafka.conf"
            })
    void giveAReasonAboveEveryLine(String file) throws IOException {
        List<String> lines = Files.readAllLines(FOLDER.resolve(file));

        assertThat(lines).anyMatch(line -> !line.isBlank() && !line.startsWith("#"));
        for (int at = 0; at < lines.size(); at++) {
            if (!lines.get(at).isBlank() && !lines.get(at).startsWith("#")) {
                assertThat(lines.get(at - 1)).as("above " + lines.get(at)).matches("# .{10,}");
            }
        }
    }

    @Test
    void agreeWithWhatTheCatalogueSaysAboutProduction() {
        Catalogue production = Catalogue.load("production");
        Environment where = production.where();

        assertThat(properties)
                .containsEntry("default.replication.factor", String.valueOf(where.replication()))
                .containsEntry("min.insync.replicas", String.valueOf(where.minInsyncReplicas()))
                .containsEntry("sasl.enabled.mechanisms", where.security().mechanism());
        assertThat(properties.getProperty("listener.security.protocol.map"))
                .contains("CLIENT:" + where.security().protocol());
        assertThat(properties).containsAllEntriesOf(where.broker().plain());
    }

    @Test
    void copyTheLargestMessageInOneFetch() {
        assertThat(Catalogue.load("production").topics())
                .allSatisfy(topic -> assertThat(Integer.parseInt(properties.getProperty("replica.fetch.max.bytes")))
                        .isGreaterThanOrEqualTo(
                                Integer.parseInt(topic.settings().plain().get("max.message.bytes"))));
    }
}
