package io.clinicalstreams.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.clinicalstreams.topics.access.Grant;
import io.clinicalstreams.topics.access.LeastPrivilege;
import io.clinicalstreams.topics.load.CatalogueLoader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import kafka.server.KafkaConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.network.ListenerName;
import org.apache.kafka.common.security.JaasContext;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;
import org.apache.kafka.server.config.AbstractKafkaConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The files for production brokers and controllers are valid for the Kafka version in use and agree with the catalogue.
 */
class BrokerFilesTest {

    private static final Path FOLDER = Path.of(System.getProperty("project.root", ".."), "deploy", "broker");
    private static final Set<String> OF_THE_AUTHORIZER =
            Set.of(StandardAuthorizer.SUPER_USERS_CONFIG, StandardAuthorizer.ALLOW_EVERYONE_IF_NO_ACL_IS_FOUND_CONFIG);
    private static final ConfigDef BROKER = AbstractKafkaConfig.CONFIG_DEF;

    /** The prefix of a setting of one listener, or of one of its mechanisms. */
    private static final String FOR_ONE_LISTENER = "^listener\\.name\\.[a-z]+\\.([a-z0-9-]+\\.(?=sasl\\.))?";

    private final Properties properties = read("server.properties");
    private final Properties controller = read("controller.properties");

    private static Properties read(String file) {
        Properties read = new Properties();
        try (Reader reader = Files.newBufferedReader(FOLDER.resolve(file))) {
            read.load(reader);
            return read;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"server.properties", "controller.properties"})
    void haveOnlySettingsAndValuesThatKafkaAccepts(String file) {
        Properties read = read(file);

        assertThat(read.stringPropertyNames())
                .isNotEmpty()
                .filteredOn(name -> !OF_THE_AUTHORIZER.contains(name))
                .allSatisfy(name -> {
                    String plain = name.replaceFirst(FOR_ONE_LISTENER, "");
                    ConfigDef.ConfigKey key = BROKER.configKeys().get(plain);
                    assertThat(key).as(name).isNotNull();
                    assertThatCode(() -> {
                                Object value = ConfigDef.parseType(plain, read.getProperty(name), key.type);
                                if (key.validator != null) {
                                    key.validator.ensureValid(plain, value);
                                }
                            })
                            .as(name)
                            .doesNotThrowAnyException();
                });
        assertThatCode(() -> new KafkaConfig(read))
                .as("the file as a whole, as a node reads it")
                .doesNotThrowAnyException();
    }

    @Test
    void defineHowPasswordsAreCheckedOnEachListenerWithPasswords() {
        Map<String, String> protocols = new HashMap<>();
        for (String pair : list("listener.security.protocol.map")) {
            protocols.put(pair.replaceFirst(":.*", ""), pair.replaceFirst(".*:", ""));
        }
        List<String> withPasswords = list("listeners").stream()
                .map(listener -> listener.replaceFirst(":.*", ""))
                .filter(listener -> protocols.get(listener).startsWith("SASL_"))
                .toList();

        assertThat(withPasswords).containsExactly("CLIENT");
        for (String listener : withPasswords) {
            for (String mechanism : list("sasl.enabled.mechanisms")) {
                String ofMechanism = mechanism.toLowerCase(Locale.ROOT) + ".sasl.jaas.config";
                String login = properties.getProperty(
                        "listener.name." + listener.toLowerCase(Locale.ROOT) + '.' + ofMechanism, "");
                assertThat(JaasContext.loadServerContext(
                                        new ListenerName(listener), mechanism, Map.of(ofMechanism, new Password(login)))
                                .configurationEntries())
                        .as(listener + " with " + mechanism)
                        .singleElement()
                        .satisfies(entry -> assertThat(entry.getOptions()).isEmpty());
            }
        }
    }

    private List<String> list(String setting) {
        return List.of(properties.getProperty(setting).split(",", -1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"development", "staging", "production"})
    void makeNoPrincipalWithAclsASuperUser(String environment) {
        Set<String> superUsers = Set.of(properties.getProperty("super.users").split(";", -1));

        assertThat(LeastPrivilege.of(CatalogueLoader.load(environment)))
                .extracting(Grant::principal)
                .isNotEmpty()
                .doesNotContainAnyElementsOf(superUsers);
    }

    @Test
    void sayTheSameOnControllersAsOnBrokers() {
        Set<String> ofOneNode = Set.of(
                "process.roles", "node.id", "listeners", "advertised.listeners", "ssl.keystore.location", "log.dirs");
        Set<String> shared = new TreeSet<>(controller.stringPropertyNames());
        shared.retainAll(properties.stringPropertyNames());
        shared.removeAll(ofOneNode);
        assertThat(properties.getProperty("listener.security.protocol.map"))
                .contains(controller.getProperty("listener.security.protocol.map"));
        shared.remove("listener.security.protocol.map");

        assertThat(shared)
                .contains("super.users", "authorizer.class.name", "controller.quorum.bootstrap.servers")
                .allSatisfy(name ->
                        assertThat(controller.getProperty(name)).as(name).isEqualTo(properties.getProperty(name)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "server.properties",
                "controller.properties",
                "jvm.options",
                "kafka.env",
                "sysctl.d/99-kafka.conf",
                "limits.d/kafka.conf"
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
        Catalogue production = CatalogueLoader.load("production");
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
        assertThat(CatalogueLoader.load("production").topics())
                .allSatisfy(topic -> assertThat(Integer.parseInt(properties.getProperty("replica.fetch.max.bytes")))
                        .isGreaterThanOrEqualTo(
                                Integer.parseInt(topic.settings().plain().get("max.message.bytes"))));
    }
}
