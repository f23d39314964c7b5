package io.clinicalstreams.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another JDK of the machine. */
final class JdkTest {

    @TempDir
    private Path folder;

    @Test
    void isFoundBesideTheRunningOneOrByAVariable() throws IOException {
        Path running = jdk("jvm/java-17", "17.0.9");
        Path beside = jdk("jvm/java-25", "25");
        Path named = jdk("elsewhere", "21.0.1");

        Map<String, String> environment = Map.of("JAVA_HOME_21_X64", named.toString());

        assertThat(Jdk.find(17, environment, running)).contains(running);
        assertThat(Jdk.find(25, environment, running)).contains(beside);
        assertThat(Jdk.find(21, environment, running)).contains(named);
        assertThat(Jdk.find(21, Map.of(), running)).isEmpty();
        assertThat(Jdk.find(2, environment, running)).isEmpty();
    }

    @Test
    void isTheRunningOneIfNoVersionIsNamed() {
        assertThat(Path.of(Jdk.program(null))).isExecutable();
        assertThatThrownBy(() -> Jdk.program(99)).hasMessageContaining("no JDK 99 on this machine; JAVA_HOME_99");
    }

    private Path jdk(String home, String version) throws IOException {
        Path java = folder.resolve(home).resolve("bin").resolve("java");
        Files.createDirectories(java.getParent());
        Files.writeString(java, "");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Files.writeString(
                folder.resolve(home).resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        return folder.resolve(home);
    }
}
