package io.clinicalstreams.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script, and which files the program leaves in the current folder. */
class LauncherTest {

    private static final Path SCRIPT = Path.of(System.getProperty("project.root", "../.."), "clinical-streams");

    @TempDir
    private Path folder;

    private record Ended(int exitCode, String out, String err) {}

    @Test
    void findsItsRepositoryThroughSymbolicLinks() throws Exception {
        Path repository = repository();
        Path absolute = Files.createSymbolicLink(folder.resolve("absolute"), repository.resolve("clinical-streams"));
        Path bin = Files.createDirectories(folder.resolve("home/bin"));
        Path relative = Files.createSymbolicLink(bin.resolve("cs"), Path.of("../../absolute"));

        for (Path script : List.of(repository.resolve("clinical-streams"), absolute, relative)) {
            Ended ended = run(List.of(script.toString(), "topics", "list"), Map.of("JAVA_HOME", jdk().toString()));

            assertThat(ended.err()).as(script.toString()).isEmpty();
            assertThat(ended.out())
                    .contains(repository + "/deploy/application/target/classes:" + repository
                            + "/topics/target/topics.jar")
                    .endsWith("io.clinicalstreams.application.ClinicalStreams topics list\n");
        }
    }

    @Test
    void aRepositoryThatWasMovedIsBuiltAgain() throws Exception {
        Path moved = Files.move(repository(), folder.toRealPath().resolve("moved"));

        Ended ended = run(List.of(moved.resolve("clinical-streams").toString(), "topics", "list"), withMaven());

        assertThat(ended.err()).contains("building").contains("-f " + moved + "/pom.xml");
    }

    @Test
    void buildsOtherSystemsOnlyForABenchAgainstThem() throws Exception {
        Path repository = repository();
        String script = repository.resolve("clinical-streams").toString();

        Ended alone = run(List.of(script, "bench", "--records", "5"), withMaven());
        Ended against = run(List.of(script, "bench", "--records", "5", "--against=naive"), withMaven());

        assertThat(alone.err()).isEmpty();
        assertThat(alone.out()).doesNotContain("clinical-streams.peers");
        assertThat(against.err()).contains("building").contains("-Dquick -Ppeers");
        assertThat(against.out()).contains("-Dclinical-streams.peers=" + repository + "/deploy/peers ");
    }

    @Test
    void javaOptsWinAlsoWhereTheyNameAnotherCollector() throws Exception {
        List<String> command = List.of(repository().resolve("clinical-streams").toString());
        String home = jdk().toString();

        Ended byDefault = run(command, Map.of("JAVA_HOME", home));
        Ended serial = run(command, Map.of("JAVA_HOME", home, "JAVA_OPTS", "-Xmx64m -XX:+UseSerialGC"));
        Ended other = run(
                command,
                Map.of(
                        "JAVA_HOME",
                        home,
                        "JAVA_OPTS",
                        "-XX:+UseGCOverheadLimit -XX:+UseDynamicNumberOfGCThreads -Da=GC"));

        assertThat(byDefault.out()).contains("-Xmx1g -XX:+UseG1GC");
        assertThat(other.out()).contains("-Xmx1g -XX:+UseG1GC");
        assertThat(serial.out()).doesNotContain("UseG1GC").containsSubsequence("-Xmx1g", "-Xmx64m -XX:+UseSerialGC");
    }

    @Test
    void leavesNothingWhereACommandIsCalled() throws Exception {
        Ended ended = run(program("topics", "list"), Map.of());

        assertThat(ended.exitCode()).isZero();
        assertThat(ended.err()).isEmpty();
        assertThat(folder.resolve("here")).isEmptyDirectory();
    }

    @Test
    void logsOfLanesGoToTheStateFolder() throws Exception {
        Path state = folder.resolve("state");

        Ended ended = run(program("bench", "--records", "0"), Map.of("XDG_STATE_HOME", state.toString()));

        assertThat(ended.err()).hasLineCount(1);
        assertThat(state.resolve("clinical-streams/bench.log")).exists();
        assertThat(folder.resolve("here")).isEmptyDirectory();
    }

    @Test
    void needsNoFolderToLogTo() throws Exception {
        Path file = Files.createFile(folder.resolve("not-a-folder"));

        Ended ended = run(program("bench", "--records", "0"), Map.of("XDG_STATE_HOME", file.toString()));

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err()).hasLineCount(1).contains("--records: must be positive, was 0");
    }

    /** A repository that looks built to the script. */
    private Path repository() throws IOException {
        Path repository = folder.toRealPath().resolve("repository");
        for (String part : List.of(
                "topics", "pipeline", "loadgen", "deploy/peers/kafka-4.3/target", "deploy/application/target")) {
            Files.createDirectories(repository.resolve(part));
        }
        Files.createFile(repository.resolve("pom.xml"));
        Files.copy(SCRIPT, repository.resolve("clinical-streams"));
        Files.writeString(
                repository.resolve("deploy/application/target/classpath.txt"),
                repository + "/topics/target/topics.jar:libraries");
        return repository;
    }

    /** Such a JDK, and a Maven that only prints its arguments. */
    private Map<String, String> withMaven() throws IOException {
        Path maven = Files.createDirectories(folder.resolve("maven")).resolve("mvn");
        Files.writeString(maven, "#!/bin/sh\necho \"$@\"\n");
        Files.setPosixFilePermissions(maven, PosixFilePermissions.fromString("rwxr-xr-x"));
        return Map.of("JAVA_HOME", jdk().toString(), "PATH", maven.getParent() + ":" + System.getenv("PATH"));
    }

    /** A JDK that only prints its arguments. */
    private Path jdk() throws IOException {
        Path jdk = folder.resolve("jdk");
        Path java = Files.createDirectories(jdk.resolve("bin")).resolve("java");
        Files.writeString(java, """
                #!/bin/sh
                case "$1" in
                    -XshowSettings*) echo "    java.specification.version = 17" ;;
                    *) echo "$@" ;;
                esac
                """);
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        return jdk;
    }

    private static List<String> program(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), ClinicalStreams.class.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    private Ended run(List<String> command, Map<String, String> environment) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        builder.directory(Files.createDirectories(folder.resolve("here")).toFile());
        builder.redirectOutput(folder.resolve("out").toFile());
        builder.redirectError(folder.resolve("err").toFile());
        int exitCode = builder.start().waitFor();
        return new Ended(exitCode, text("out"), text("err"));
    }

    private String text(String name) throws IOException {
        return Files.readString(folder.resolve(name), StandardCharsets.UTF_8);
    }
}
