package io.clinicalstreams.loadgen.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.clinicalstreams.loadgen.result.ResultJson;
import io.clinicalstreams.topics.terminal.CommandKit;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ReportCommandTest {

    private static final int MOST_BYTES = 300_000;

    /** Latency, lateness, percentiles, throughput, lag, CPU, memory, garbage collection, bytes. */
    private static final int CHARTS_OF_ONE_RUN = 9;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void drawsEachKindOfFigureOnceForOneRun() throws IOException {
        String page = page(write("one", Runs.of(1, 300)));

        assertThat(count(page, "<figure")).isEqualTo(CHARTS_OF_ONE_RUN);
        assertThat(page)
                .contains(
                        "recorded p99",
                        "alert p50",
                        "broker-1",
                        "clinical-streams-recording",
                        "warm-up",
                        "AMD EPYC, 2 cores")
                .contains("<td>complete</td>", "5,000 records/s")
                .doesNotContain("Differences from");
        assertThat(titles(page))
                .as("every chart has a title and a unit")
                .hasSize(CHARTS_OF_ONE_RUN)
                .allSatisfy(title -> assertThat(title).contains("<small>"));
    }

    @Test
    void comparesRunsAndSaysWhatTheSpreadIs() throws IOException {
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            files.add(write("linger-0-" + i, Runs.with("linger.ms", 0, 1 + 0.01 * i)));
            files.add(write("linger-5-" + i, Runs.with("linger.ms", 5, 1.5 + 0.01 * i)));
        }
        String page = page(files.toArray(Path[]::new));

        assertThat(page)
                .contains("Differences from linger-0-0 (3 runs)")
                .contains("alert p99: linger.ms=5")
                .contains("+49.5 %, beyond the spread")
                .contains("+0.0 %, within the spread");
    }

    /** A code change is compared too; another seed is a repeat. */
    @Test
    void comparesRunsOfTwoCommits() throws IOException {
        List<Path> files = new ArrayList<>();
        for (int seed = 0; seed < 3; seed++) {
            files.add(write("before-" + seed, Runs.at("0123abcd", seed, 1)));
            files.add(write("after-" + seed, Runs.at("4567ef01", seed, 2)));
        }
        String page = page(files.toArray(Path[]::new));

        assertThat(page)
                .contains("Differences from before-0 (3 runs)")
                .contains("alert p99: commit=4567ef01")
                .contains("+100.0 %, beyond the spread");
    }

    @Test
    void comparesOnlyWholeRuns() throws IOException {
        String page = page(
                write("before", Runs.with("linger.ms", 0, 1)),
                write("stopped", Runs.incomplete("a signal")),
                write("after", Runs.with("linger.ms", 5, 2)));

        assertThat(page)
                .contains("Left out, as incomplete or invalid: stopped.")
                .contains("alert p99: linger.ms=5")
                .doesNotContain("alert p99: stopped");
    }

    @Test
    void doesNotOverwriteAResult() throws IOException {
        Path run = write("run", Runs.of(1, 60));
        String before = Files.readString(run);

        assertThat(execute("-o", folder.resolve("./run.json").toString(), run.toString()))
                .isEqualTo(2);
        assertThat(Files.readString(run)).isEqualTo(before);
        assertThat(err.toString()).contains("run.json is one of the results");
    }

    @Test
    void saysThatOneRunHasNoSpread() throws IOException {
        String page = page(write("before", Runs.with("linger.ms", 0, 1)), write("after", Runs.with("linger.ms", 5, 2)));

        assertThat(page).contains("+100.0 %, spread unknown");
    }

    @Test
    void marksWhatIsIncompleteOrInvalid() throws IOException {
        String page = page(write("stopped", Runs.incomplete("a signal <stopped> the run")));

        assertThat(page)
                .contains("<td class=\"bad\">INCOMPLETE: a signal &lt;stopped&gt; the run")
                .doesNotContain("<stopped>");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10})
    void staysSmallForLongRuns(int runs) throws IOException {
        Path[] files = new Path[runs];
        for (int i = 0; i < runs; i++) {
            files[i] = write("long-" + i, Runs.of(i, 900));
        }

        assertThat(page(files).getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(MOST_BYTES);
    }

    @Test
    void needsNoNetwork() throws IOException {
        assertThat(page(write("one", Runs.of(1, 60))))
                .contains("default-src 'none'")
                .doesNotContain("<script", "http:", "https:", "@import", "url(");
    }

    /** The page's own policy forbids requests, and a browser reports each that it refused as an error. */
    @Test
    void opensInABrowserWithoutAnError() throws Exception {
        Optional<Path> browser = Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .flatMap(folder -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(browser.isPresent(), "needs Chromium on the PATH to open the page");
        Path html = Path.of("target", "load-report.html").toAbsolutePath();
        Files.writeString(html, page(write("one", Runs.of(1, 300)), write("other", Runs.with("linger.ms", 5, 2))));

        Path dom = folder.resolve("dom.html");
        Path log = folder.resolve("browser.log");
        Process chromium = new ProcessBuilder(
                        browser.get().toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-background-networking",
                        "--user-data-dir=" + folder.resolve("profile"),
                        "--enable-logging=stderr",
                        "--dump-dom",
                        html.toUri().toString())
                .redirectOutput(dom.toFile())
                .redirectError(log.toFile())
                .start();
        try {
            assertThat(chromium.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            chromium.descendants().forEach(ProcessHandle::destroyForcibly);
            chromium.destroyForcibly();
        }

        assertThat(count(Files.readString(dom), "<figure")).isGreaterThan(CHARTS_OF_ONE_RUN);
        assertThat(Files.readString(log)).doesNotContain("CONSOLE");
    }

    @Test
    void refusesAFileThatIsNoResult() throws IOException {
        Path other = Files.writeString(folder.resolve("other.json"), "{\"run\": 5}");

        assertThat(execute(other.toString())).isEqualTo(2);
        assertThat(execute(folder.resolve("absent.json").toString())).isEqualTo(2);
        assertThat(err.toString())
                .contains("other.json: is not the result of a run or an experiment", "absent.json: does not exist")
                .doesNotContain("\tat ");
    }

    private Path write(String name, Object result) throws IOException {
        return Files.writeString(folder.resolve(name + ".json"), ResultJson.text(result));
    }

    private String page(Path... files) throws IOException {
        Path html = folder.resolve("page.html");
        List<String> arguments =
                new ArrayList<>(Stream.of(files).map(Path::toString).toList());
        arguments.addAll(List.of("-o", html.toString()));
        assertThat(execute(arguments.toArray(String[]::new)))
                .as(() -> err.toString())
                .isZero();
        return Files.readString(html);
    }

    private int execute(String... arguments) {
        return CommandKit.of(new CommandLine(new ReportCommand()))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private static long count(String page, String what) {
        return Pattern.compile(Pattern.quote(what)).matcher(page).results().count();
    }

    private static List<String> titles(String page) {
        return Pattern.compile("<figcaption.*</figcaption>")
                .matcher(page)
                .results()
                .map(match -> match.group())
                .toList();
    }
}
