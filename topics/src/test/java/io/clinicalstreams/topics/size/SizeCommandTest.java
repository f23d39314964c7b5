package io.clinicalstreams.topics.size;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What a person who plans a cluster reads. */
class SizeCommandTest {

    private static final String RECEIVED = "clinical.resource.received";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void printsEachFigureWithItsFormulaAndNumbers() {
        assertThat(run("--rate 14000 --environment production --growth 2 --headroom 0.3"))
                .isZero();

        assertThat(out.toString().lines())
                .anyMatch(line -> line.matches("rate +14,000 +resources/s +option"))
                .anyMatch(line -> line.matches("growth +2 +x +option"))
                .anyMatch(line -> line.matches(
                        "design load T +40,000 +resources/s +rate x growth .* = 14,000 x 2 / \\(1 - 0.300\\)"))
                .anyMatch(line -> line.startsWith("alerting lane") && line.contains("40,000 / 40,000 = 1 threads"))
                .anyMatch(line -> line.startsWith("brokers"))
                .anyMatch(line -> line.startsWith("restore time"));
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void showsTheSourceDocumentsTablesBesideItsAnswer() {
        assertThat(run("--rate 14000 --environment production")).isZero();

        assertThat(out.toString().lines())
                .anyMatch(line -> line.startsWith(RECEIVED) && line.contains("24-48 high-volume clinical"))
                .anyMatch(line -> line.startsWith("administrative.encounter.changed") && line.contains("12-24"))
                .anyMatch(line -> line.startsWith("reference.alert.rule") && line.contains("6-12"))
                .anyMatch(line -> line.matches("10-100 MB/s +5-7 +10-20 +14 MB/s today: \\d+ brokers, .*"))
                .anyMatch(line -> line.matches("> 1 GB/s +20\\+ +100\\+"));
    }

    @Test
    void saysWhereTheCatalogueHasTooFewPartitions() throws IOException {
        assertThat(run("--rate 1000000 --environment production -o json")).isZero();

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
        assertThat(run("--rate 1000000 --environment production -o json")).isZero();

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

    @Test
    void takesMeasuredResultsFromAFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("results.json"), "{\"recording-rate\": 1000, \"rate\": 700}");

        assertThat(run("--growth 1 --measured " + file)).isZero();

        assertThat(out.toString().lines())
                .anyMatch(line -> line.matches("recording-rate +1,000 +records/s +measured, .*results.json"))
                .anyMatch(line -> line.startsWith("recording lane") && line.contains("1,000 / 1,000 = 1 threads"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " | ", textBlock = """
            --growth 2 | Missing required option: '--rate=NUMBER'
            --rate 10k | Invalid value for option '--rate': '10k' is not a double
            --rate 0 | --rate: must be positive, was 0.0
            --rate 1 --measured nowhere.json | --measured: nowhere.json does not exist
            --rate 1 --share clinical.alert.genrated=1 | --share: no topic 'clinical.alert.genrated' in the catalogue
            --rate 1 --keys reference.alert.rule=-1 | --keys: reference.alert.rule must be at least 0, was -1.0
            --rate 1 -o xml | expected table or json, was 'xml'
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

    private JsonNode json() throws IOException {
        return JsonMapper.builder().build().readTree(out.toString());
    }

    private int run(String arguments) {
        return new CommandLine(new SizeCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.split(" ", -1));
    }
}
