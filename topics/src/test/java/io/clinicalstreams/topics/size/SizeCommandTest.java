package io.clinicalstreams.topics.size;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.clinicalstreams.topics.SmallCatalogue;
import io.clinicalstreams.topics.terminal.CommandKit;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The output for planning a cluster. */
class SizeCommandTest {

    private static final String RECEIVED = "clinical.resource.received";

    /** The options that the small catalogue requires, and its folder. */
    private static final String SMALL = " --share clinical.thing.received=1 --share clinical.thing.seen=1"
            + " --lane-rate seeing=10000 --environment test --catalogue ";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void printsEachFigureWithItsFormulaAndNumbers() {
        assertThat(run("--rate 14000 --environment production --growth 2 --headroom 0.3"))
                .isEqualTo(3);

        assertThat(out.toString().lines())
                .anyMatch(line -> line.matches("rate +14,000 +resources/s +option"))
                .anyMatch(line -> line.matches("growth +2 +x +option"))
                .anyMatch(line -> line.matches(
                        "design load T +40,000 +resources/s +rate x growth .* = 14,000 x 2 / \\(1 - 0.300\\)"))
                .anyMatch(line -> line.startsWith("alerting lane") && line.contains("40,400 / 40,000 = 2 threads"))
                .anyMatch(line -> line.startsWith("brokers"))
                .anyMatch(line -> line.startsWith("restore time"));
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void showsTheSourceDocumentsTablesNextToItsAnswer() {
        assertThat(run("--rate 14000 --environment production")).isEqualTo(3);

        assertThat(out.toString().lines())
                .anyMatch(line -> line.startsWith(RECEIVED) && line.contains("24-48 high-volume clinical"))
                .anyMatch(line -> line.startsWith("administrative.encounter.changed") && line.contains("12-24"))
                .anyMatch(line -> line.startsWith("reference.alert.rule") && line.contains("6-12"))
                .anyMatch(line -> line.matches("10-100 MB/s +5-7 +10-20 +14 MB/s today: \\d+ brokers, .*"))
                .anyMatch(line -> line.matches("> 1 GB/s +20\\+ +100\\+"));
    }

    @Test
    void reportsTopicsWithTooFewPartitions() throws IOException {
        assertThat(run("--rate 1000000 --environment production -o json")).isEqualTo(3);

        JsonNode received = topic(RECEIVED);
        assertThat(received.path("partitions").asInt()).isGreaterThan(32);
        assertThat(received.path("partitionsInCatalogue").asInt()).isEqualTo(32);

        out.getBuffer().setLength(0);
        run("--rate 1000000 --environment production");
        assertThat(out.toString().lines())
                .anyMatch(line -> line.startsWith(RECEIVED) && line.contains("32 TOO FEW"))
                .anyMatch(line -> line.startsWith("recording lane") && line.contains("MORE than the catalogue's 32"));
    }

    @Test
    void givesMergedSourcesEqualPartitions() throws IOException {
        assertThat(run("--rate 1000000 --environment production -o json")).isEqualTo(3);

        assertThat(topic("clinical.resource.rekeyed").path("partitions"))
                .isEqualTo(topic(RECEIVED).path("partitions"));
    }

    @Test
    void needsMoreOfEverythingForMoreLoad() throws IOException {
        run("--rate 10000 --environment production -o json");
        JsonNode small = json();
        out.getBuffer().setLength(0);
        run("--rate 100000 --environment production -o json");
        JsonNode large = json();

        assertThat(large.path("brokers").asInt())
                .isGreaterThan(small.path("brokers").asInt());
        assertThat(large.path("sourceDocuments").path("throughput").asText()).isEqualTo("100 MB/s - 1 GB/s");
        assertThat(small.path("sourceDocuments").path("throughput").asText()).isEqualTo("10-100 MB/s");
    }

    @ParameterizedTest
    @CsvSource({
        "clinical.resource.received, 0.25, 1500",
        "clinical.observation.recorded, 0.25, 1500",
        "clinical.alert.generated, 1, 700",
        "clinical.alert.current, 1, 700",
        "clinical.score.computed, 1, 1500",
        "reference.alert.rule, 0.25, 1500"
    })
    void countsAsPackedOnlyWhatItsWriterPacksAndAsLargeAsInputWhatNoLaneMakes(String topic, double packed, double bytes)
            throws IOException {
        assertThat(run("--rate 10000 --environment production --record-bytes 1500 --alert-bytes 700 -o json"))
                .isEqualTo(3);

        assertThat(topic(topic).path("compressed").asDouble()).isEqualTo(packed);
        assertThat(topic(topic).path("writtenBytesPerSecond").asDouble())
                .isCloseTo(topic(topic).path("recordsPerSecond").asDouble() * bytes * packed, within(1e-6));
    }

    @Test
    void countsStandbyReadsAsNetwork() throws IOException {
        assertThat(run("--rate 1000000 --environment production -o json")).isEqualTo(3);

        double topics = 0;
        for (JsonNode topic : json().path("topics")) {
            topics += topic.path("writtenBytesPerSecond").asDouble() / 1e6;
        }
        double changelogs = figure("changelog written");
        assertThat(changelogs).isPositive();
        assertThat(figure("changelog read")).isEqualTo(changelogs);
        // Two replicas of everything, two readers of every topic, one standby for every state change.
        assertThat(figure("network of a broker, out") * json().path("brokers").asInt())
                .isCloseTo(2 * (topics + changelogs) + 2 * topics + changelogs, within(1e-3));
    }

    /**
     * T is 20,000 x 1.5 / 0.7 = 42,857/s, with what is re-keyed 43,286/s; the state is 100,000 x 1.5 / 0.7 x 1,200 bytes. Of 32
     * partitions each is written at 0.1623 MB/s and keeps 8.036 MB, 16.071 MB before it is cleaned, and an open segment of 67.109 MB: 83.180 MB. Two
     * instances have 16 each.
     */
    @Test
    void readsBackTheOpenSegmentToo() throws IOException {
        assertThat(run("--rate 20000 --environment production -o json")).isEqualTo(3);

        assertThat(figure("state")).isCloseTo(257.143, within(0.001));
        assertThat(figure("changelog written")).isCloseTo(5.194, within(0.001));
        assertThat(figure("changelog of a partition")).isCloseTo(83.180, within(0.001));
        assertThat(figure("changelog stored")).isCloseTo((83.180 * 32 + 257.143) * 3, within(0.1));
        assertThat(figure("alerting lane")).isEqualTo(2);
        assertThat(figure("restore time")).isCloseTo(16 * 83.180 / 20, within(0.01));
    }

    /** At 1 GiB a partition's open segment alone is 1,073.742 MB. */
    @Test
    void usesTheLanesChangelogSettings(@TempDir Path folder) throws IOException {
        SmallCatalogue catalogue = SmallCatalogue.in(folder);
        catalogue.append("catalogue/lanes/seeing.yaml", """
                stores: [{name: seen, kind: key-value, changelog: true, goal: What was seen.}]
                settings:
                  topic.segment.bytes: {value: 1073741824, why: Large., evidence: pending}
                  topic.min.cleanable.dirty.ratio: {value: 0.75, why: Seldom., evidence: pending}
                """);
        String arguments = "--rate 70000 --growth 1 --headroom 0.3 --patients 2800 --state-bytes 1000"
                + SMALL.replace("=10000", "=40000") + folder + " -o json";

        assertThat(run(arguments)).isEqualTo(3);
        assertThat(figure("changelog of a partition")).isCloseTo(1 / (1 - 0.75) + 1_073.742, within(0.001));
    }

    /** 2,000 x 1.5 / 0.7 Bundles of 1 MB, and a hundredth re-keyed; a thread that does 40,000 KB/s does 40 of them. */
    @Test
    void boundsPartitionsAndInstancesByBytesToo() throws IOException {
        assertThat(run("--rate 2000 --record-bytes 1000000 --environment production -o json"))
                .isEqualTo(3);

        assertThat(topic(RECEIVED).path("partitions").asInt()).isEqualTo(109);
        assertThat(topic(RECEIVED).path("formula").asText()).contains("at least 109 (the topics that a lane merges)");
        assertThat(figure("alerting lane")).isEqualTo(28 + 1);
        // 3,857 of 1 MB into partitions that take 81,000 x 1,024 bytes/s.
        assertThat(topic("clinical.observation.recorded").path("partitions").asInt())
                .isEqualTo(47);
    }

    @Test
    void reportsThatTheEnvironmentHasTooFewBrokers() throws IOException {
        assertThat(run("--rate 20000 --environment production")).isEqualTo(3);
        assertThat(out.toString().lines())
                .anyMatch(line -> line.matches("brokers +\\d+ +brokers .*; TOO FEW in the environment, 3"));

        out.getBuffer().setLength(0);
        assertThat(run("--rate 100 --environment production -o json")).isZero();
        assertThat(json().path("brokers").asInt()).isEqualTo(3);
        assertThat(json().path("brokersInEnvironment").asInt()).isEqualTo(3);
    }

    @Test
    void aSpareBrokerIsNoUseWithoutReplicas() throws IOException {
        assertThat(run("--rate 100 --environment development -o json")).isZero();
        assertThat(json().path("brokers").asInt()).isEqualTo(1);

        assertThat(run("--rate 100 --environment development --spare-brokers 1"))
                .as("asked for")
                .isEqualTo(3);
    }

    @Test
    void countsOnlyTopicsWithARetentionInTheRetentionThatWouldFit() throws IOException {
        assertThat(run("--rate 20000 --environment production -o json")).isEqualTo(3);

        double fixed = figure("changelog stored") * 1e6;
        double perDay = 0;
        for (JsonNode topic : json().path("topics")) {
            String name = topic.path("topic").asText();
            if (name.startsWith("reference.")
                    || Set.of("clinical.alert.current", "clinical.resource.accounted")
                            .contains(name)) {
                fixed += topic.path("storedBytes").asDouble();
            } else {
                perDay += topic.path("writtenBytesPerSecond").asDouble() * 0.5 * 3 * 86_400;
            }
        }
        double disks = json().path("brokers").asInt() * 2000e9;
        assertThat(figure("retention that would fit")).isCloseTo((disks - fixed) / perDay, within(1e-6));
    }

    @ParameterizedTest
    @CsvSource({
        "'', 0, NOT MEASURED",
        "--lane-rate recording=49999, 3, MISSES the objective of profile throughput",
        "--lane-rate recording=50000, 0, reaches the objective of profile throughput"
    })
    void saysWhetherAMeasuredRateReachesTheObjective(String rate, int exitCode, String verdict) {
        assertThat(run(("--rate 100 -e production " + rate).strip())).isEqualTo(exitCode);

        assertThat(out.toString().lines())
                .anyMatch(line -> line.startsWith("recording lane, one thread") && line.contains(verdict));
    }

    @Test
    void givesEveryFigureAUnitAndAFormulaWithItsNumbers() throws IOException {
        assertThat(run("--rate 20000 --environment production -o json")).isEqualTo(3);

        assertThat(json().path("inputs"))
                .allSatisfy(input -> assertThat(input.path("unit").asText()).isNotEmpty());
        assertThat(json().path("figures")).allSatisfy(figure -> {
            assertThat(figure.path("unit").asText()).isNotEmpty();
            assertThat(figure.path("formula").asText()).containsPattern("\\d");
        });
        assertThat(json().path("topics")).allSatisfy(topic -> {
            assertThat(topic.path("formula").asText()).contains("max(T/P, T/C) = max(");
            assertThat(topic.path("storedFormula").asText()).contains(" x replicas = ");
        });
    }

    @Test
    void isQuotedAsItIs() throws IOException {
        String readme = Files.readString(Path.of("HOW-TO.md"));
        String command = "`topics size --rate 20000 -e production`";
        String quoted = readme.substring(readme.indexOf("FIGURE", readme.indexOf(command)));

        assertThat(run("--rate 20000 -e production")).isEqualTo(3);

        assertThat(quoted.substring(0, quoted.indexOf("```")).lines())
                .hasSizeGreaterThan(5)
                .isSubsetOf(out.toString().lines().toList());
    }

    @Test
    void refusesATopicWithUnlimitedRetentionUntilItsDaysAreGiven(@TempDir Path folder) throws IOException {
        SmallCatalogue catalogue = SmallCatalogue.in(folder);
        catalogue.append("catalogue/clinical.thing.seen.yaml", """
                settings:
                  retention.ms: {value: -1, why: Who knows., evidence: pending}
                """);
        String arguments = "--rate 1000" + SMALL + folder;

        assertThat(run(arguments)).isEqualTo(2);
        assertThat(err.toString().lines())
                .contains(
                        "clinical.thing.seen keeps records forever, so no disk is large enough: give the days to compute"
                                + " with, --days clinical.thing.seen=NUMBER; see 'size --help'");

        assertThat(run(arguments + " --days clinical.thing.seen=10 -o json")).isZero();
        JsonNode seen = topic("clinical.thing.seen");
        double bytes = seen.path("writtenBytesPerSecond").asDouble() * 0.5 * (10 * 86_400 + 3_600) * 3;
        assertThat(bytes).isPositive();
        assertThat(seen.path("storedBytes").asDouble()).isCloseTo(bytes, within(1.0));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "'retention.ms: {value: 9223372036854775807, why: Long., evidence: pending}', 2",
        "'cleanup.policy: {value: compact, why: A table., evidence: pending}', 0",
        "'retention.bytes: {value: 1073741824, why: So much., evidence: pending}', 0"
    })
    void computesWithWhateverBindsATopic(String setting, int exitCode, @TempDir Path folder) throws IOException {
        SmallCatalogue catalogue = SmallCatalogue.in(folder);
        catalogue.replace("profiles/fast.yaml", "value: 7200000", "value: -1");
        catalogue.append("catalogue/clinical.thing.received.yaml", """
                settings:
                  retention.ms: {value: 7200000, why: Two hours., evidence: pending}
                """);
        catalogue.append("catalogue/clinical.thing.seen.yaml", "settings:\n  " + setting + '\n');

        String keys = setting.startsWith("cleanup.policy") ? " --keys clinical.thing.seen=100000" : "";
        assertThat(run("--rate 1000" + keys + SMALL + folder)).isEqualTo(exitCode);
    }

    @Test
    void readsMeasuredResultsFromAFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("results.json"), "{\"lane-rate\": {\"recording\": 1000}, \"rate\": 700}");

        assertThat(run("--growth 1 --measured " + file)).isEqualTo(3);

        assertThat(out.toString().lines())
                .anyMatch(line -> line.matches("lane-rate recording +1,000 +records/s +measured, .*results.json"))
                .anyMatch(line -> line.startsWith("recording lane") && line.contains("1,010 / 1,000 = 2 threads"));
    }

    @Test
    void asksForMissingAssumptionsAboutATopicOrALane(@TempDir Path folder) throws IOException {
        SmallCatalogue catalogue = SmallCatalogue.in(folder);
        catalogue.append("catalogue/clinical.thing.seen.yaml", """
                settings:
                  cleanup.policy: {value: compact, why: A table., evidence: pending}
                """);

        assertThat(run("--rate 1 --environment test --share clinical.thing.received=1 --catalogue " + folder))
                .isEqualTo(2);

        assertThat(err.toString().lines())
                .contains("some topics or lanes have no value; give --share clinical.thing.seen=NUMBER"
                        + " --keys clinical.thing.seen=NUMBER --lane-rate seeing=NUMBER; see 'size --help'");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void usesTheShareAssumedInATopicsFile(@TempDir Path folder) throws IOException {
        SmallCatalogue catalogue = SmallCatalogue.in(folder);
        catalogue.append("catalogue/clinical.thing.received.yaml", "assumed-share: {value: 1, why: It is the input}");
        catalogue.append("catalogue/clinical.thing.seen.yaml", "assumed-share: {value: 0.25, why: Few are seen}");

        run("--rate 100 --lane-rate seeing=50 --environment test --catalogue " + folder);

        assertThat(out.toString().lines())
                .anyMatch(line ->
                        line.matches("share clinical.thing.seen +0.250 +records/resource +assumed: Few are seen"));
    }

    @Test
    void printsTheAssumptionsForEachTopicAndLaneWithTheirSources(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("results.json"),
                "{\"share\": {\"clinical.alert.generated\": 0.04, \"clinical.score.computed\": 0.2}}");
        String arguments = "--rate 14000 --share clinical.score.computed=0.3 --measured " + file;

        assertThat(run(arguments)).isZero();
        assertThat(out.toString().lines())
                .anyMatch(line -> line.matches("share clinical.score.computed +0.300 +records/resource +option"))
                .anyMatch(line -> line.matches(
                        "share clinical.alert.generated +0.040 +records/resource +measured, .*results.json"))
                .anyMatch(line -> line.matches("share reference.alert.rule +0 +records/resource +assumed: .+"))
                .anyMatch(line -> line.matches("keys reference.alert.rule +200 +keys +assumed: .+"))
                .anyMatch(line -> line.matches("keys clinical.alert.current +100,000 +keys +assumed: as patients"))
                .anyMatch(line -> line.matches("lane-rate alerting +40,000 +records/s +assumed: .+"));

        out.getBuffer().setLength(0);
        assertThat(run(arguments + " -o json")).isZero();
        assertThat(json().path("inputs")).anySatisfy(input -> {
            assertThat(input.path("name").asText()).isEqualTo("share");
            assertThat(input.path("topic").asText()).isEqualTo("clinical.score.computed");
            assertThat(input.path("value").asDouble()).isEqualTo(0.3);
            assertThat(input.path("from").asText()).isEqualTo("option");
        });
        assertThat(topic("clinical.score.computed").path("recordsPerSecond").asDouble())
                .isCloseTo(14_000 * 1.5 / 0.7 * 0.3, within(1e-6));
    }

    @Test
    void usesTheGivenRateOfALane() {
        assertThat(run("--rate 7000 --growth 1 --lane-rate alerting=2000 --environment production"))
                .isEqualTo(3);

        assertThat(out.toString().lines())
                .anyMatch(line -> line.startsWith("alerting lane") && line.contains("10,100 / 2,000 = 6 threads"))
                .anyMatch(line -> line.startsWith("recording lane") && line.contains("10,100 / 50,000 = 1 threads"));
    }

    @Test
    void refusesToComputeTwoStatesAsIfTheyWereOne(@TempDir Path folder) throws IOException {
        SmallCatalogue catalogue = SmallCatalogue.in(folder);
        String store = "stores:\n  - {name: things, kind: key-value, changelog: true, goal: Remembers.}\n";
        catalogue.append("catalogue/lanes/seeing.yaml", store);
        String lane = Files.readString(folder.resolve("catalogue/lanes/seeing.yaml"));
        catalogue.write("catalogue/lanes/watching.yaml", lane.replace("seeing", "watching"));

        assertThat(run("--rate 1000 --lane-rate watching=1" + SMALL + folder)).isEqualTo(2);

        assertThat(err.toString())
                .contains("lanes seeing, watching keep state, but --patients, --state-bytes, --put-bytes and"
                        + " --puts-per-record describe one lane");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " | ", textBlock = """
            --growth 2 | Missing required option: '--rate=NUMBER'
            --rate 10k | Invalid value for option '--rate': '10k' is not a number
            --rate 0 | --rate: must be positive, was 0.0
            --rate 1 --measured nowhere.json | --measured: nowhere.json does not exist
            --rate 1 --share clinical.alert.genrated=1 | --share: no topic 'clinical.alert.genrated' in the catalogue
            --rate 1 --keys reference.alert.rule=-1 | --keys: reference.alert.rule must be at least 0, was -1.0
            --rate 1 --days clinical.alert.generated=-1 | --days: clinical.alert.generated must be at least 0, was -1.0
            --rate 1 --days reference.alert.rule=1 | --days: reference.alert.rule keeps the latest value of every key
            --rate 1 --keys clinical.alert.generated=1 | --keys: clinical.alert.generated is not compacted
            --rate 1 --keys reference.alert.rule=1e300 | --keys: reference.alert.rule must be at most 1,000,000,000,000
            --rate 1e15 | --rate: must be at most 1,000,000,000,000, was 1.0E15
            --rate 1e12 | partitions of
            --rate 1 --disk 1e-9 | by disk, brokers: needs
            --rate 1 --spare-brokers 0.5 | --spare-brokers: must be a whole number of at most 1,000, was 0.5
            --rate 1 --spare-instances 2000 | --spare-instances: must be a whole number of at most 1,000, was 2000.0
            --rate 1 --lane-rate alertin=1 | --lane-rate: no lane 'alertin' in the catalogue
            --rate 1 --lane-rate alerting=0 | --lane-rate: alerting must be positive, was 0.0
            --rate 1 -o xml | expected one of table, json but was 'xml'
            """)
    void refusesWhatItCannotComputeWith(String arguments, String message) {
        assertThat(run(arguments)).isEqualTo(2);

        assertThat(err.toString()).contains(message);
        assertThat(out.toString()).isEmpty();
    }

    private JsonNode topic(String name) throws IOException {
        for (JsonNode topic : json().path("topics")) {
            if (topic.path("topic").asText().equals(name)) {
                return topic;
            }
        }
        throw new AssertionError("no topic " + name + " in the answer");
    }

    private double figure(String name) throws IOException {
        for (JsonNode figure : json().path("figures")) {
            if (figure.path("name").asText().equals(name)) {
                return figure.path("value").asDouble();
            }
        }
        throw new AssertionError("no figure " + name + " in the answer");
    }

    private JsonNode json() throws IOException {
        return JsonMapper.builder().build().readTree(out.toString());
    }

    private int run(String arguments) {
        return CommandKit.of(new CommandLine(new SizeCommand()))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.split(" ", -1));
    }
}
