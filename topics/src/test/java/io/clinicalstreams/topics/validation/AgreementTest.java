package io.clinicalstreams.topics.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clinicalstreams.topics.SmallCatalogue;
import io.clinicalstreams.topics.load.CatalogueLoader;
import io.clinicalstreams.topics.problem.CatalogueException;
import io.clinicalstreams.topics.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lanes agree with the topics they write, clients with their brokers, and an environment with itself. */
class AgreementTest {

    private static final String SEEING = "catalogue/lanes/seeing.yaml";
    private static final String SEEN = "catalogue/clinical.thing.seen.yaml";
    private static final String TEST = "environments/test.yaml";

    private final Path folder;
    private final SmallCatalogue catalogue;

    AgreementTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.catalogue = SmallCatalogue.in(folder);
        // A throughput lane that writes a topic with a latency objective.
        catalogue.write("profiles/slow.yaml", """
                name: slow
                extends: fast
                goal: Much.
                objectives: {recorded-per-second: 1000}
                producer:
                  linger.ms: {value: 0, why: Not yet., evidence: pending}
                streams:
                  commit.interval.ms: {value: 50, why: Not yet., evidence: pending}
                  processing.guarantee: {value: exactly_once_v2, why: Safe., evidence: pending}
                """);
        catalogue.replace("profiles/fast.yaml", "maximum-lag: PT1S", "alert-p99: PT0.1S");
        catalogue.replace(SEEING, "profile: fast", "profile: slow");
    }

    @Test
    void isFoundInTheCatalogueThatTheseTestsBreak() {
        assertThatCode(catalogue::load).doesNotThrowAnyException();
    }

    @ParameterizedTest(name = "{0}: {1} -> {2}")
    @CsvSource(delimiterString = " | ", textBlock = """
            profiles/slow.yaml | linger.ms: {value: 0 | linger.ms: {value: 20 | disagree on linger.ms: the lane's producer has 20 (profiles/slow.yaml), profile fast requires at most 0
            profiles/slow.yaml | value: 50 | value: 101 | disagree on commit.interval.ms: the lane's producer has 101 (profiles/slow.yaml), profile fast requires at most 100
            profiles/slow.yaml | linger.ms: {value: 0 | max.request.size: {value: 940000 | disagree on max.request.size: the lane's producer has 940000 (profiles/slow.yaml), profile fast requires at least 950000
            profiles/slow.yaml | linger.ms: {value: 0 | compression.type: {value: lz4 | disagree on compression.type: the lane's producer has lz4, profile fast requires zstd
            """)
    void namesTheSettingOnWhichALaneAndATopicItWritesDisagree(String file, String right, String wrong, String message)
            throws IOException {
        if (wrong.contains("lz4")) {
            catalogue.append(SEEN, """
                    settings:
                      compression.type: {value: zstd, why: Small., evidence: pending}
                    """);
        }
        catalogue.replace(file, right, wrong);

        assertThat(problems()).anySatisfy(problem -> {
            assertThat(problem.file()).isEqualTo(SEEING);
            assertThat(problem.path()).isEqualTo("sinks");
            assertThat(problem.message())
                    .startsWith("the lane and 'clinical.thing.seen' ")
                    .contains(message);
        });
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiterString = " | ", textBlock = """
            linger.ms: {value: 0 | linger.ms: {value: 201 | disagree on linger.ms: the lane's producer has 201 (profiles/slow.yaml), profile fast requires at most 200: its objective
            value: 50 | value: 201 | disagree on commit.interval.ms: the lane's producer has 201 (profiles/slow.yaml), profile fast requires at most 200
            """)
    void isDemandedOfWaitingByAnObjectiveForFreshness(String right, String wrong, String message) throws IOException {
        catalogue.replace("profiles/fast.yaml", "alert-p99: PT0.1S", "freshness: PT0.2S");
        catalogue.replace("profiles/slow.yaml", right, wrong);

        assertThat(problems()).singleElement().satisfies(problem -> assertThat(problem.message())
                .contains(message));
    }

    @Test
    void leavesItToAReaderOfFreshDataHowLongTheProfileLingers() throws IOException {
        catalogue.replace("profiles/fast.yaml", "alert-p99: PT0.1S", "freshness: PT0.2S");
        catalogue.replace("profiles/slow.yaml", "linger.ms: {value: 0", "linger.ms: {value: 200");

        assertThatCode(catalogue::load).doesNotThrowAnyException();
    }

    @Test
    void isNotRequiredIfTheLaneAcceptsTheDelay() throws IOException {
        catalogue.replace("profiles/slow.yaml", "linger.ms: {value: 0", "linger.ms: {value: 20");
        catalogue.append(
                SEEING, "slower-sinks: {clinical.thing.seen: {at-most: PT0.02S, why: Nobody looks at night.}}\n");

        assertThatCode(catalogue::load).doesNotThrowAnyException();
    }

    @Test
    void isRequiredBeyondTheLanesAcceptedDelay() throws IOException {
        catalogue.replace("profiles/slow.yaml", "linger.ms: {value: 0", "linger.ms: {value: 21");
        catalogue.append(
                SEEING, "slower-sinks: {clinical.thing.seen: {at-most: PT0.02S, why: Nobody looks at night.}}\n");

        assertThat(problems()).singleElement().satisfies(problem -> assertThat(problem.message())
                .contains("disagree on linger.ms: the lane's producer has 21", "more than slower-sinks accepts"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " | ", textBlock = """
            {clinical.thing.received: {at-most: PT1S, why: Why not.}} | slower-sinks.clinical.thing.received | is not among the lane's sinks
            {clinical.thing.seen: {at-most: PT1S, why: ' '}} | slower-sinks.clinical.thing.seen.why | is missing or empty
            """)
    void hasExceptionsOnlyForSinksAndWithAReason(String slowerSinks, String path, String message) throws IOException {
        catalogue.append(SEEING, "slower-sinks: " + slowerSinks + '\n');

        assertThat(problems()).contains(new Problem(SEEING, path, message));
    }

    @Test
    void hasNoExceptionThatIsNotNeededAnyMore() throws IOException {
        catalogue.append(
                SEEING, "slower-sinks: {clinical.thing.seen: {at-most: PT0.02S, why: Nobody looks at night.}}\n");

        assertThat(problems())
                .containsExactly(new Problem(
                        SEEING,
                        "slower-sinks.clinical.thing.seen",
                        "is not needed: in every environment the lane meets the profile's objective"));
    }

    @Test
    void isDemandedOfTheFirstHopOfAnAlertWithOneException() throws IOException {
        Path copy = Files.createDirectories(folder.resolve("real"));
        for (String part : List.of("catalogue", "profiles", "environments")) {
            copy(part, copy);
        }
        Path recording = copy.resolve("catalogue/lanes/recording.yaml");
        String text = Files.readString(recording);
        Files.writeString(recording, text.substring(0, text.indexOf("slower-sinks:")));

        CatalogueException refused =
                catchThrowableOfType(CatalogueException.class, () -> CatalogueLoader.load(copy, "production"));

        assertThat(refused.problems())
                .allSatisfy(problem -> assertThat(problem.message()).contains("'clinical.resource.rekeyed'"));
        assertThat(refused.problems())
                .extracting(Problem::message)
                .anyMatch(message -> message.contains("linger.ms"))
                .anyMatch(message -> message.contains("commit.interval.ms"));
    }

    @Test
    void isRequiredOfCommitsOnlyIfTheyEndTransactions() throws IOException {
        catalogue.replace("profiles/slow.yaml", "value: 50", "value: 10000");
        catalogue.replace("profiles/fast.yaml", "alert-p99: PT0.1S", "maximum-lag: PT1S");

        assertThat(problems())
                .containsExactly(new Problem(
                        "profiles/slow.yaml",
                        "streams.commit.interval.ms",
                        "is 10000, must be less than streams.producer.transaction.timeout.ms, 10000"
                                + " (profiles/slow.yaml): or the broker aborts every transaction"));

        catalogue.replace("profiles/slow.yaml", "exactly_once_v2", "at_least_once");

        assertThatCode(catalogue::load).doesNotThrowAnyException();
    }

    @Test
    void isDemandedOfALanesOwnProfileUpToItsObjective() throws IOException {
        catalogue.replace(SEEING, "profile: slow", "profile: fast");
        catalogue.append(SEEING, """
                settings:
                  producer.linger.ms: {value: 101, why: To see what it does., evidence: pending}
                """);

        assertThat(problems()).singleElement().satisfies(problem -> assertThat(problem.message())
                .contains("disagree on linger.ms: the lane's producer has 101", "requires at most 100"));
    }

    @Test
    void isRequiredOfAcknowledgementsIfStreamsDoesNotSetThem() throws IOException {
        catalogue.replace("profiles/slow.yaml", "exactly_once_v2", "at_least_once");
        catalogue.replace("profiles/slow.yaml", "linger.ms: {value: 0", "acks: {value: 1");

        assertThat(problems()).extracting(Problem::message).anySatisfy(message -> assertThat(message)
                .contains("disagree on acks: the lane's producer has 1, profile fast requires all"));
    }

    @Test
    void leavesBatchesAndCodecToTheLane() throws IOException {
        catalogue.append(SEEING, """
                settings:
                  producer.batch.size: {value: 500000, why: Many., evidence: pending}
                  producer.compression.type: {value: lz4, why: Small., evidence: pending}
                """);

        assertThatCode(catalogue::load).doesNotThrowAnyException();
    }

    @Test
    void leavesALanesOwnProfileToExperiments() throws IOException {
        catalogue.replace(SEEING, "profile: slow", "profile: fast");
        catalogue.append(SEEING, """
                settings:
                  producer.linger.ms: {value: 20, why: To see what it does., evidence: pending}
                """);

        assertThatCode(catalogue::load).doesNotThrowAnyException();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiterString = " | ", textBlock = """
            transaction.max.timeout.ms | 9999 | producer.transaction.timeout.ms | must be at most broker.transaction.max.timeout.ms, 9999 (environments/test.yaml): or the brokers refuse the lane's producer
            group.min.session.timeout.ms | 9001 | session.timeout.ms | must be at least broker.group.min.session.timeout.ms, 9001
            group.max.session.timeout.ms | 8999 | session.timeout.ms | must be at most broker.group.max.session.timeout.ms, 8999
            socket.request.max.bytes | 950000 | max.request.size | must be less than broker.socket.request.max.bytes, 950000
            """)
    void isDemandedOfClientsAndTheirBrokers(String setting, String value, String path, String message)
            throws IOException {
        catalogue.append(TEST, """
                broker:
                  %s: {value: %s, why: Theirs., evidence: pending}
                """.formatted(setting, value));

        assertThat(problems()).anySatisfy(problem -> {
            assertThat(problem.path()).endsWith(path);
            assertThat(problem.message()).contains(message);
        });
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " | ", textBlock = """
            {protocol: SASL_TLS} | security.protocol | must be one of PLAINTEXT, SASL_PLAINTEXT, SASL_SSL, SSL, was 'SASL_TLS'
            {protocol: SASL_SSL} | security.mechanism | is missing or empty
            {protocol: SASL_SSL, mechanism: SCRAM} | security.mechanism | must be one of GSSAPI, OAUTHBEARER, PLAIN, SCRAM-SHA-256, SCRAM-SHA-512, was 'SCRAM'
            {protocol: SSL, mechanism: PLAIN} | security.mechanism | SSL has none, was 'PLAIN'
            {protocol: SASL_PLAINTEXT, mechanism: PLAIN} | security.mechanism | PLAIN sends the password unencrypted; it requires SASL_SSL
            {protocol: SSL, password: secret} | security.password | is unknown here; known are protocol, mechanism
            """)
    void isDemandedOfTheSecurityOfAnEnvironment(String security, String path, String message) throws IOException {
        catalogue.replace(TEST, "security: {protocol: PLAINTEXT}", "security: " + security);

        assertThat(problems()).contains(new Problem(TEST, path, message));
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiterString = " | ", textBlock = """
            producer | max.in.flight.requests.per.connection | 6 | must be at most 5 with enable.idempotence
            producer | acks | 1 | must be all with enable.idempotence
            consumer | fetch.max.bytes | 999999 | must be at least topic.max.message.bytes
            consumer | fetch.max.bytes | 1048575 | must be at least consumer.max.partition.fetch.bytes, 1048576
            topic | retention.bytes | 1048576 | must be at most topic.retention.bytes, 1048576
            topic | local.retention.ms | 7200001 | must be at most topic.retention.ms, 7200000
            consumer | isolation.level | read_uncommitted | lane seeing writes 'clinical.thing.seen' exactly once
            streams | num.stream.threads | 5 | must be at most partitions of clinical.thing.received, 4
            """)
    void isDemandedOfTheSettingsOfOneTopic(String section, String setting, String value, String message)
            throws IOException {
        if (setting.equals("isolation.level")) {
            catalogue.replace(
                    "profiles/fast.yaml", "isolation.level: {value: read_committed", "fetch.min.bytes: {value: 1");
        }
        catalogue.replace(
                "profiles/fast.yaml",
                section + ":\n",
                section + ":\n  %s: {value: %s, why: Why not., evidence: pending}\n".formatted(setting, value));

        assertThat(problems()).extracting(Problem::message).anySatisfy(problem -> assertThat(problem)
                .contains(message));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "retention.msec, topic, retention.ms",
        "linger.msx, producer, linger.ms",
        "comit.interval.ms, streams, commit.interval.ms"
    })
    void comesWithAGuessWhatAMistypedNameWasMeantToBe(String typed, String section, String meant) throws IOException {
        catalogue.replace("profiles/fast.yaml", meant + ":", typed + ":");

        assertThat(problems())
                .contains(new Problem(
                        "profiles/fast.yaml",
                        section + '.' + typed,
                        "Kafka has no such " + section + " setting; did you mean " + meant + "?"));
    }

    private static void copy(String part, Path to) throws IOException {
        Path from = Path.of(System.getProperty("project.root", ".."), "topics", part);
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(part).resolve(from.relativize(file));
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }

    private List<Problem> problems() {
        CatalogueException refused = catchThrowableOfType(CatalogueException.class, catalogue::load);
        assertThat(refused).isNotNull();
        return refused.problems();
    }
}
