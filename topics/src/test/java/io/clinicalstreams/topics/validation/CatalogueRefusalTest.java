package io.clinicalstreams.topics.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.groups.Tuple.tuple;

import io.clinicalstreams.topics.SmallCatalogue;
import io.clinicalstreams.topics.load.CatalogueLoader;
import io.clinicalstreams.topics.problem.CatalogueException;
import io.clinicalstreams.topics.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every mistake in a catalogue is refused with its file and path. */
class CatalogueRefusalTest {

    private static final String FAST = "profiles/fast.yaml";
    private static final String SEEN = "catalogue/clinical.thing.seen.yaml";
    private static final String SEEING = "catalogue/lanes/seeing.yaml";
    private static final String TEST = "environments/test.yaml";

    private final Path folder;
    private final SmallCatalogue catalogue;

    CatalogueRefusalTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.catalogue = SmallCatalogue.in(folder);
    }

    @Test
    void acceptsTheCatalogueThatTheseTestsBreak() {
        assertThat(catalogue.load().topics()).hasSize(2);
    }

    @ParameterizedTest(name = "{0}: {1} -> {2}")
    @CsvSource(delimiterString = " | ", textBlock = """
            profiles/fast.yaml | retention.ms: | retention.msec: | topic.retention.msec | has no such topic setting
            profiles/fast.yaml | linger.ms: | lingering: | producer.lingering | has no such producer setting
            profiles/fast.yaml | session.timeout.ms: | session: | consumer.session | has no such consumer setting
            profiles/fast.yaml | commit.interval.ms: | commit: | streams.commit | has no such streams setting
            profiles/fast.yaml | commit.interval.ms: | producer.commit: | streams.producer.commit | has no such producer setting
            profiles/fast.yaml | value: 7200000 | value: 2h | topic.retention.ms | Not a number of type LONG
            profiles/fast.yaml | value: 7200000 | value: 7d | topic.retention.ms | Not a number of type LONG; the unit is milliseconds
            profiles/fast.yaml | value: 7200000 | value: 1.5 | topic.retention.ms | Not a number of type LONG
            profiles/fast.yaml | value: 7200000 | value: -2 | topic.retention.ms | at least -1
            profiles/fast.yaml | value: 10, | value: soon, | streams.commit.interval.ms | Not a number of type LONG
            profiles/fast.yaml | linger.ms: {value: 0 | acks: {value: most | producer.acks | must be one of
            profiles/fast.yaml | value: 7200000 | value: '' | topic.retention.ms.value | is missing or empty
            profiles/fast.yaml | why: Two hours., | why: ' ', | topic.retention.ms.why | is missing or empty
            profiles/fast.yaml | , why: Two hours. | '' | topic.retention.ms.why | is missing
            profiles/fast.yaml | why: Two hours., evidence: pending | why: Two hours. | topic.retention.ms.evidence | is missing
            profiles/fast.yaml | why: Two hours., evidence: pending | why: Two hours., evidence: trust me | topic.retention.ms.evidence | must be 'pending', 'pending; WHAT IS KNOWN'
            profiles/fast.yaml | why: Two hours., evidence: pending | why: Two hours., evidence: 'measured: 2 h' | topic.retention.ms.evidence | 'measured NAME: RESULT'
            profiles/fast.yaml | why: Two hours. | wyh: Two hours. | topic.retention.ms.wyh | is unknown here
            profiles/fast.yaml | {value: 7200000, why: Two hours., evidence: pending} | 7200000 | topic.retention.ms | must be names with values, was '7200000' (line
            profiles/fast.yaml | value: 7200000 | value: [1, 2] | topic.retention.ms.value | must be one value
            profiles/fast.yaml | segment.ms: | retention.ms: | '' | Duplicate field 'retention.ms'
            profiles/fast.yaml | segment.ms: | min.insync.replicas: | topic.min.insync.replicas | follows from the environment
            profiles/fast.yaml | linger.ms: | transactional.id: | producer.transactional.id | the program that creates the client decides it
            profiles/fast.yaml | linger.ms: | bootstrap.servers: | producer.bootstrap.servers | the program that creates the client decides it
            profiles/fast.yaml | session.timeout.ms: | group.id: | consumer.group.id | the program that creates the client decides it
            profiles/fast.yaml | commit.interval.ms: | application.id: | streams.application.id | the program that creates the client decides it
            profiles/fast.yaml | commit.interval.ms: | num.standby.replicas: | streams.num.standby.replicas | follows from the environment
            profiles/fast.yaml | commit.interval.ms: | main.consumer.isolation.level: | streams.main.consumer.isolation.level | decides it for a lane
            profiles/fast.yaml | linger.ms: | ssl.keystore.password: | producer.ssl.keystore.password | secrets are not allowed
            profiles/fast.yaml | extends: base | extends: bass | extends | no profile 'bass'; known are base, fast, input
            profiles/fast.yaml | extends: base | extends: fast | extends | is a cycle: fast -> fast
            profiles/fast.yaml | maximum-lag: PT1S | maximum-lag: 1 s | objectives.maximum-lag | must be a duration such as PT24H, was '1 s'
            profiles/fast.yaml | maximum-lag: PT1S | maximum-lag: PT0S | objectives.maximum-lag | must be at least 1 ms, was PT0S
            catalogue/clinical.thing.seen.yaml | partitions: 4 | partitions: 0 | partitions | must be at least 1, was 0
            catalogue/clinical.thing.seen.yaml | partitions: 4 | partitions: 4.5 | partitions | must be a whole number, was
            catalogue/clinical.thing.seen.yaml | partitions: 4 | partition: 4 | partition | is unknown here
            catalogue/clinical.thing.seen.yaml | profile: fast | profile: slow | profile | no profile 'slow'; known are base, fast, input
            catalogue/clinical.thing.seen.yaml | profile: fast | profile: base | profile | has no objectives
            catalogue/clinical.thing.seen.yaml | name: clinical.thing.seen | name: clinical.thing.saw | name | must be the file's name, clinical.thing.seen
            catalogue/clients/gateway.yaml | writes: [clinical.thing.received] | writes: [clinical.thing.got] | writes | no topic 'clinical.thing.got'
            catalogue/clients/gateway.yaml | writes: | reads: [clinical.thing.gone] # | reads | no topic 'clinical.thing.gone'
            catalogue/clients/gateway.yaml | writes: | verifies: [hearing] # | verifies | no lane 'hearing' in the catalogue
            catalogue/clients/gateway.yaml | writes: | verifies: [seeing, seeing] # | verifies | is duplicated
            catalogue/clients/gateway.yaml | writes: [clinical.thing.received] | writes: [] | writes | must name at least one topic, here or under reads, or a lane under verifies
            catalogue/clients/gateway.yaml | writes: [ | writes: [clinical.thing.received, | writes | is duplicated
            catalogue/clients/gateway.yaml | writes: | writes-to: | writes-to | is unknown here; known are name, goal, writes, reads, verifies, consumer-groups
            catalogue/clients/gateway.yaml | goal: Sends things. | goal: '' | goal | is missing or empty
            catalogue/lanes/seeing.yaml | sources: [clinical.thing.received] | sources: [clinical.thing.got] | sources | no topic 'clinical.thing.got'
            catalogue/lanes/seeing.yaml | sources: [clinical.thing.received] | sources: [] | sources | must name at least one topic
            catalogue/lanes/seeing.yaml | sinks: [clinical.thing.seen] | sinks: [clinical.thing.gone] | sinks | no topic 'clinical.thing.gone'
            catalogue/lanes/seeing.yaml | sinks: [clinical.thing.seen] | sinks: [clinical.thing.seen, clinical.thing.seen] | sinks | is duplicated
            catalogue/lanes/seeing.yaml | references: [] | references: [clinical.thing.seen] | references | is not compacted
            environments/test.yaml | clinical.thing.received: | clinical.thing.got: | topics.clinical.thing.got | no such topic
            environments/test.yaml | replication: 3 | replication: 4 | replication | is 4, more than brokers, 3
            environments/test.yaml | min-insync-replicas: 2 | min-insync-replicas: 3 | min-insync-replicas | must be less
            environments/test.yaml | standby-replicas: 0 | standby-replicas: -1 | standby-replicas | must be at least 0
            environments/test.yaml | brokers: 3 | brokers: three | brokers | must be a whole number
            """)
    void namesFileAndPathOfAMistake(String file, String right, String wrong, String path, String message)
            throws IOException {
        catalogue.replace(file, right, wrong);

        assertThat(problems()).anySatisfy(problem -> {
            assertThat(problem.file()).isEqualTo(file);
            assertThat(problem.path()).isEqualTo(path);
            assertThat(problem.message()).contains(message);
        });
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " | ", textBlock = """
            base-urls: [ours.example/fhir] | fhir.base-urls | must be absolute http or https URLs, was 'ours.example/fhir'
            base-urls: ['ftp://ours.example/fhir'] | fhir.base-urls | must be absolute http or https URLs
            base-urls: ['https:///fhir'] | fhir.base-urls | must be absolute http or https URLs
            base-urls: ['https://ours.example/fhir?a=b'] | fhir.base-urls | must be absolute http or https URLs
            base-urls: ['https://user:geheim@ours.example/fhir'] | fhir.base-urls | must be absolute http or https URLs without a login
            base-urls: https://ours.example/fhir | fhir.base-urls | must be a list
            other-base-urls: [theirs.example] | fhir.other-base-urls | must be absolute http or https URLs, was 'theirs.example'
            {base-urls: [https://one.example/], other-base-urls: [https://two.example, https://one.example]} | fhir.other-base-urls | must not be one of base-urls, was 'https://one.example/'
            zone: Atlantis | fhir.zone | must be a time zone such as Europe/Berlin, was 'Atlantis'
            validation: all | fhir.validation | must be one of full, routed, was 'all'
            timezone: UTC | fhir.timezone | is unknown here; known are base-urls, zone, validation, other-base-urls
            """)
    void namesFileAndPathOfAMistakeInHowFhirIsRead(String written, String path, String message) throws IOException {
        catalogue.append(TEST, "fhir:\n  " + written + "\n");

        assertThat(problems()).anySatisfy(problem -> {
            assertThat(problem.file()).isEqualTo(TEST);
            assertThat(problem.path()).isEqualTo(path);
            assertThat(problem.message()).startsWith(message);
        });
    }

    @Test
    void tellsAllMistakesOfAnEnvironmentAtOnce() throws IOException {
        catalogue.replace(TEST, "brokers: 3", "brokers: 0");
        catalogue.replace(TEST, "standby-replicas: 0", "standby-replicas: -1");
        catalogue.append(TEST, """
                principals: {gateway: nobody, operator: 'User:*'}
                fhir:
                  base-urls: [one.example, 'https://user:geheim@two.example', https://three.example]
                  zone: Atlantis
                """);

        assertThat(problems())
                .extracting(Problem::toString)
                .containsExactlyInAnyOrder(
                        TEST + ": brokers: must be at least 1, was 0",
                        TEST + ": standby-replicas: must be at least 0, was -1",
                        TEST + ": principals: gateway must be one user, such as User:name, was 'nobody'",
                        TEST + ": principals: operator must be one user, such as User:name, was 'User:*'",
                        TEST + ": fhir.zone: must be a time zone such as Europe/Berlin, was 'Atlantis' (line 15)",
                        TEST + ": fhir.base-urls: must be absolute http or https URLs, was 'one.example'",
                        TEST + ": fhir.base-urls: must be absolute http or https URLs without a login");
    }

    @ParameterizedTest(name = "{0}: {1} -> {2}")
    @CsvSource(delimiterString = " | ", textBlock = """
            profiles/fast.yaml | value: 3600000 | value: 7200001 | topic.segment.ms | must be at most topic.retention.ms
            profiles/fast.yaml | value: 950000 | value: 1000001 | producer.max.request.size | must be at most topic.max.message.bytes
            profiles/fast.yaml | retention.ms: {value: 7200000 | max.decompressed.message.bytes: {value: 949999 | producer.max.request.size | must be at most topic.max.decompressed.message.bytes
            profiles/fast.yaml | value: 950000 | value: 944999 | producer.max.request.size | the outputs need headroom over lane seeing's input 'clinical.thing.received'
            profiles/fast.yaml | linger.ms: {value: 0 | linger.ms: {value: 100000 | producer.delivery.timeout.ms | must be at least producer.linger.ms +
            profiles/fast.yaml | linger.ms: | buffer.memory: | producer.buffer.memory | the largest record must fit in the buffer
            profiles/fast.yaml | value: 9000, | value: 8999, | consumer.session.timeout.ms | one heartbeat may be lost
            """)
    void holdsPartsOfTheCatalogueAgainstEachOther(String file, String right, String wrong, String path, String message)
            throws IOException {
        catalogue.replace(file, right, wrong);

        assertThat(problems()).anySatisfy(problem -> {
            assertThat(problem.file()).isEqualTo(file);
            assertThat(problem.path()).isEqualTo(path);
            assertThat(problem.message()).contains(message);
        });
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " | ", textBlock = """
            catalogue/clinical.thing.seen.yaml | goal: Things. | goal
            catalogue/clinical.thing.seen.yaml | key: the thing | key
            catalogue/clinical.thing.seen.yaml | value: JSON | value
            catalogue/lanes/seeing.yaml | goal: Sees things. | goal
            environments/test.yaml | goal: A test. | goal
            """)
    void refusesTextsOfTwoLinesWhichAScriptWouldRun(String file, String line, String path) throws IOException {
        catalogue.replace(file, line, path + ": |\n  Things.\n  rm things\n");

        assertThat(problems())
                .containsExactly(
                        new Problem(file, path, "must be one line; for a long one use '>-' without empty lines"));
    }

    @Test
    void leavesRoomInATopicForRecordsThatGrowWhenCompressed() throws IOException {
        catalogue.replace(FAST, "value: 950000", "value: 999500");
        assertThatCode(catalogue::load).doesNotThrowAnyException();

        catalogue.replace(
                FAST, "producer:\n", "producer:\n  compression.type: {value: lz4, why: Small., evidence: pending}\n");

        assertThat(problems())
                .contains(new Problem(
                        FAST,
                        "producer.max.request.size and a thousandth for compression",
                        "is 1000477, must be at most topic.max.message.bytes, 1000000 (profiles/base.yaml): or the"
                                + " broker refuses what the producer accepts"));
    }

    @Test
    void refusesReadersThatFetchLessThanTheLargestMessage() throws IOException {
        catalogue.replace("profiles/base.yaml", "value: 1000000", "value: 1048577");

        assertThat(problems())
                .contains(
                        new Problem(
                                FAST,
                                "consumer.max.partition.fetch.bytes",
                                "is 1048576, must be at least topic.max.message.bytes, 1048577 (profiles/base.yaml): the largest message"));
    }

    @Test
    void refusesMergedSourcesOfUnequalPartitions() throws IOException {
        catalogue.replace(SEEING, "[clinical.thing.received]", "[clinical.thing.received, clinical.thing.seen]");
        catalogue.append(TEST, "    partitions: 2\n");

        assertThat(problems())
                .contains(
                        new Problem(
                                TEST,
                                "topics",
                                "lane seeing merges topics with unequal partition counts: clinical.thing.received 2, clinical.thing.seen 4"));
    }

    @Test
    void refusesACompactedTopicThatIsTiered() throws IOException {
        catalogue.append(SEEN, """
                settings:
                  cleanup.policy: {value: compact, why: A table., evidence: pending}
                  remote.storage.enable: {value: true, why: Cheap., evidence: pending}
                """);

        assertThat(problems())
                .extracting(Problem::file, Problem::path)
                .containsExactly(tuple(SEEN, "remote.storage.enable"));
    }

    @Test
    void refusesProfilesThatExtendEachOther() throws IOException {
        catalogue.append("profiles/base.yaml", "extends: fast\n");

        assertThat(problems())
                .contains(new Problem(FAST, "extends", "is a cycle: fast -> base -> fast"))
                .contains(new Problem("profiles/base.yaml", "extends", "is a cycle: base -> fast -> base"));
    }

    @Test
    void refusesTwoFilesForOneTopic() throws IOException {
        catalogue.write("catalogue/copy.yaml", Files.readString(folder.resolve(SEEN)));

        assertThat(problems())
                .contains(new Problem(
                        "catalogue/copy.yaml",
                        "name",
                        "'clinical.thing.seen' already has a file, catalogue/clinical.thing.seen.yaml"));
    }

    @Test
    void refusesAFileThatIsNotYaml() throws IOException {
        catalogue.write(FAST, "name: [fast\n");

        assertThat(problems()).singleElement().satisfies(problem -> {
            assertThat(problem.file()).isEqualTo(FAST);
            assertThat(problem.message()).contains("expected ',' or ']'").contains("line 1");
        });
    }

    @Test
    void refusesAnEmptyFileAndASecondDocument() throws IOException {
        catalogue.write(FAST, "");
        catalogue.append(SEEN, "---\nname: another\n");

        assertThat(problems()).extracting(Problem::file).containsExactly(SEEN, FAST);
    }

    @Test
    void refusesAPrefixThatWouldRunIntoTheName() throws IOException {
        catalogue.append(TEST, "name-prefix: test\n");

        assertThat(problems())
                .containsExactly(new Problem(TEST, "name-prefix", "must be a word followed by a dot, was 'test'"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"my clients-", "*", "", "a:b"})
    void refusesAnInvalidPrefixOfConsumerGroups(String beginning) throws IOException {
        catalogue.append("catalogue/clients/gateway.yaml", """
                reads: [clinical.thing.seen]
                consumer-groups: "%s"
                """.formatted(beginning));

        assertThat(problems()).singleElement().satisfies(problem -> assertThat(problem.path())
                .isEqualTo("consumer-groups"));
    }

    @Test
    void refusesConsumerGroupsOfAClientThatReadsNothing() throws IOException {
        catalogue.append("catalogue/clients/gateway.yaml", "consumer-groups: sender-\n");

        assertThat(problems())
                .containsExactly(new Problem(
                        "catalogue/clients/gateway.yaml",
                        "consumer-groups",
                        "the client reads no topic, so it has no groups"));
    }

    @Test
    void refusesAPrefixOfPrincipalsThatCouldMeanSomethingElse() throws IOException {
        catalogue.append(TEST, "principal-prefix: 'CN=*,'\n");

        assertThat(problems())
                .containsExactly(new Problem(
                        TEST, "principal-prefix", "must consist of letters, digits, '.', '_' and '-', was 'CN=*,'"));
    }

    @Test
    void refusesAFolderThatIsNotRead() throws IOException {
        catalogue.write("catalogue/client/pager.yaml", "name: pager\n");
        catalogue.write("profiles/tests/loadgen.yaml", "name: loadgen\n");

        String known = "is unknown here; known are catalogue/lanes, catalogue/clients, profiles/experiments";
        assertThat(problems())
                .containsExactly(new Problem("catalogue/client", "", known), new Problem("profiles/tests", "", known));
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(delimiterString = " | ", textBlock = """
            retention.ms: {value: 7200000, why: Two hours., evidence: pending | retention.ms: {value: 7200000, why: 'Two hours, Kafka''s default.', evidence: pending | topic.retention.ms.why | says 'Kafka's default', but retention.ms is 7200000, and the default is 604800000
            linger.ms: {value: 0, why: At once., evidence: pending | linger.ms: {value: 0, why: At once., evidence: 'documentation: Kafka, producer configs, linger.ms: the default' | producer.linger.ms.evidence | says 'the default', but linger.ms is 0, and the default is 5
            linger.ms: {value: 0, why: At once., evidence: pending | linger.ms: {value: 5, why: Streams' own default., evidence: pending | producer.linger.ms.why | says 'Streams' own default', but linger.ms is 5, and the default is 100
            commit.interval.ms: {value: 10, why: Short., evidence: pending | commit.interval.ms: {value: 10, why: Short., evidence: 'experiment OurTest, 2 cores: 4 ms' | streams.commit.interval.ms.evidence | no file profiles/experiments/OurTest.yaml says how to repeat 'OurTest'; known are soak
            commit.interval.ms: {value: 10, why: Short., evidence: pending | commit.interval.ms: {value: 10, why: Short., evidence: 'pending; measured soak and OurTest: 4 ms' | streams.commit.interval.ms.evidence | no file profiles/experiments/OurTest.yaml says
            """)
    void refusesEvidenceThatIsNotTrue(String right, String wrong, String path, String message) throws IOException {
        catalogue.write(
                "profiles/experiments/soak.yaml", "name: soak\nshows: Hours of load.\nrun: soak.sh --hours 8\n");
        catalogue.replace(FAST, right, wrong);

        assertThat(problems()).singleElement().satisfies(problem -> {
            assertThat(problem.file()).isEqualTo(FAST);
            assertThat(problem.path()).isEqualTo(path);
            assertThat(problem.message()).startsWith(message);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{value: 0, why: At Kafka's default of 5 batches fill., evidence: pending}",
                "{value: 5, why: Kafka's default., evidence: 'documentation: Kafka, producer configs, linger.ms: the default'}",
                "{value: 100, why: Streams' default., evidence: 'measured soak --hours 8, 2 cores: 4 ms'}",
            })
    void takesEvidenceThatIsTrue(String setting) throws IOException {
        catalogue.write(
                "profiles/experiments/soak.yaml", "name: soak\nshows: Hours of load.\nrun: soak.sh --hours 8\n");
        catalogue.replace(FAST, "{value: 0, why: At once., evidence: pending}", setting);

        assertThatCode(() -> CatalogueLoader.load(folder, "test")).doesNotThrowAnyException();
    }

    @Test
    void refusesAFileOfAnotherKind() throws IOException {
        catalogue.write("profiles/fast.yml", "name: fast\n");

        assertThat(problems()).containsExactly(new Problem("profiles/fast.yml", "", "is not a .yaml file"));
    }

    @Test
    void refusesAMissingEnvironment() {
        CatalogueException refused =
                catchThrowableOfType(CatalogueException.class, () -> CatalogueLoader.load(folder, "qa"));

        assertThat(refused).hasMessage("environments/qa.yaml: no such environment; known are test");
    }

    @Test
    void refusesAFolderWithoutACatalogue() {
        Path elsewhere = folder.resolve("elsewhere");

        CatalogueException refused =
                catchThrowableOfType(CatalogueException.class, () -> CatalogueLoader.load(elsewhere, "test"));

        assertThat(refused.problems())
                .extracting(Problem::file)
                .containsExactly("catalogue", "profiles", "environments");
    }

    @Test
    void reportsEveryMistakeAtOnce() throws IOException {
        catalogue.replace(FAST, "value: 7200000", "value: 7d");
        catalogue.replace(FAST, "linger.ms:", "lingering.ms:");
        catalogue.replace(SEEN, "partitions: 4", "partitions: 0");
        catalogue.replace(TEST, "goal:", "gaol:");

        CatalogueException refused = catchThrowableOfType(CatalogueException.class, catalogue::load);

        assertThat(refused.problems())
                .extracting(Problem::file, Problem::path)
                .containsExactlyInAnyOrder(
                        tuple(FAST, "topic.retention.ms"),
                        tuple(FAST, "producer.lingering.ms"),
                        tuple(SEEN, "partitions"),
                        tuple(TEST, "gaol"),
                        tuple(TEST, "goal"));
        assertThat(refused.getMessage().lines()).hasSize(5);
    }

    private List<Problem> problems() {
        CatalogueException refused = catchThrowableOfType(CatalogueException.class, catalogue::load);
        assertThat(refused).isNotNull();
        return refused.problems();
    }
}
