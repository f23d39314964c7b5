package io.clinicalstreams.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("broker")
class SecuredClusterTest {

    @Test
    void onlyTheAdminMayWriteWithoutAclsAndAWrongPasswordIsRefused() throws Exception {
        Path folder;
        try (LocalCluster cluster =
                LocalCluster.builder().secured(Map.of("alice", "wonder-land")).start()) {
            folder = cluster.directory();
            Records admin = Records.on(cluster);
            Records alice = new Records(cluster.bootstrapServers(), cluster.clientSettings("alice"));

            admin.create(new NewTopic("guarded", 1, (short) 1));
            admin.send("guarded", List.of("by the admin"));

            assertThat(admin.read("guarded", 1)).containsExactly("by the admin");
            assertThatThrownBy(() -> alice.send("guarded", List.of("by alice")))
                    .hasRootCauseInstanceOf(TopicAuthorizationException.class);
            assertThatThrownBy(() -> wrongPassword(alice).create(new NewTopic("more", 1, (short) 1)))
                    .hasCauseInstanceOf(SaslAuthenticationException.class);
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(folder.resolve("cluster.properties"))))
                    .isEqualTo("rw-------");
        }

        assertThat(folder).as("a temporary folder, deleted with the cluster").doesNotExist();
    }

    private static Records wrongPassword(Records records) {
        Map<String, String> security = new HashMap<>(records.security());
        security.replaceAll((name, value) -> value.replace("wonder-land", "wonderland"));
        return new Records(records.bootstrapServers(), security);
    }
}
