package io.clinicalstreams.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.clinicalstreams.cluster.LocalCluster;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The images of lanes and tools do the whole job: topics, rules, both lanes, load and verdict. */
@Tag("broker")
final class ImagesTest {

    private static final long MOST_BYTES = 120_000_000;
    private static final Path IMAGES = Path.of(System.getProperty("project.root", "../../.."), "deploy/image");

    /** In mebibytes, as in the README: the heap that both lanes ask for, and as a limit a heap of 60 %. */
    private static final int HEAP = 1_600;

    private static final int MEMORY = HEAP * 10 / 6;
    private static final Duration READY = Duration.ofSeconds(90);

    @TempDir
    private static Path folder;

    private static ImageRoot lanes;
    private static ImageRoot tools;
    private int outputs;

    @BeforeAll
    static void unpack() throws Exception {
        assumeTrue(Files.exists(tar("lanes")), "there are no images on this system, or the build skipped them");
        lanes = ImageRoot.unpack(tar("lanes"), Files.createDirectories(folder.resolve("lanes")));
        tools = ImageRoot.unpack(tar("tools"), Files.createDirectories(folder.resolve("tools")));
    }

    @Test
    void areSmallWithoutShellAndNotOfRoot() throws IOException {
        assertThat(Files.size(tar("lanes"))).isLessThan(MOST_BYTES);
        for (ImageRoot image : new ImageRoot[] {lanes, tools}) {
            assertThat(image.user()).isEqualTo("10001:10001");
            assertThat(image.root().resolve("bin")).doesNotExist();
            assertThat(image.root().resolve("usr/bin")).doesNotExist();
        }
        assertThat(lanes.root().resolve("app/libs"))
                .isDirectoryContaining("glob:**/kafka-streams-*.jar")
                .isDirectoryNotContaining("glob:**/{rocksdbjni,scala,hapi,kafka-server,loadgen}-*.jar");
    }

    @Test
    void doTheWholeJobOnAReadOnlyRoot() throws Exception {
        assumeTrue(ImageRoot.canRun(), "this machine does not let a test have mounts of its own");
        try (LocalCluster cluster = LocalCluster.builder().start()) {
            String[] to = {"--bootstrap-server", cluster.bootstrapServers()};
            runTool(with(to, "topics", "apply", "--yes"));
            runTool(with(to, "topics", "reference", "apply", "--yes"));
            int port = freePort();
            Path log = output();
            Process both = lanes.start(MEMORY, HEAP, log, with(to, "run", "--http-port", String.valueOf(port)));
            try {
                awaitReady(port, both, log);
                runTool(with(to, "loadgen", "run", "--rate", "0", "--records", "600"));
                assertThat(runTool(with(to, "verify", "--from-beginning"))).containsPattern("nothing lost +held");
            } finally {
                // unshare ends with its child, which is told by the signal to itself.
                both.descendants().forEach(ProcessHandle::destroy);
                assertThat(both.waitFor(30, TimeUnit.SECONDS)).as("stops").isTrue();
            }
        }
    }

    private String runTool(String... arguments) throws Exception {
        Path output = output();
        Process tool = tools.start(MEMORY, 512, output, arguments);
        assertThat(tool.waitFor(2, TimeUnit.MINUTES))
                .as("ends: " + String.join(" ", arguments))
                .isTrue();
        String said = Files.readString(output);
        assertThat(tool.exitValue())
                .as(String.join(" ", arguments) + "\n" + said)
                .isZero();
        return said;
    }

    private static void awaitReady(int port, Process lanes, Path log) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest ready = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        long end = System.nanoTime() + READY.toNanos();
        while (System.nanoTime() < end && lanes.isAlive()) {
            try {
                if (client.send(ready, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                // It does not listen yet.
            }
            Thread.sleep(100);
        }
        throw new AssertionError("the lanes are not ready:\n" + Files.readString(log));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private Path output() {
        return folder.resolve("output-" + ++outputs);
    }

    private static Path tar(String role) {
        return IMAGES.resolve(role).resolve("target/jib-image.tar");
    }

    private static String[] with(String[] to, String... command) {
        String[] all = new String[command.length + to.length];
        System.arraycopy(command, 0, all, 0, command.length);
        System.arraycopy(to, 0, all, command.length, to.length);
        return all;
    }
}
