package io.clinicalstreams.application.topics;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.application.CommandResult;
import io.clinicalstreams.cluster.LocalCluster;
import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.cluster.ClusterReader;
import io.clinicalstreams.topics.plan.TopicPlan;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plan for five hundred existing topics is fast and needs as many requests as for a few. */
@Tag("broker")
@Tag("alone")
class PlanOfFiveHundredTopicsTest {

    private static final int TOPICS = 500;
    private static final Duration PROMISED = Duration.ofSeconds(3);

    @Test
    void answersWithinThreeSecondsInAConstantNumberOfCalls(@TempDir Path folder) throws IOException {
        try (LocalCluster cluster = LocalCluster.builder().start()) {
            Terminal terminal = Terminal.with(folder.resolve("copy"), "many", 1, cluster.bootstrapServers(), "");
            for (int number = terminal.catalogue().topics().size(); number < TOPICS; number++) {
                writeTopic(terminal, "one-of-many-" + number);
            }
            CommandResult apply = terminal.topics("apply", "--yes");
            assertThat(apply.exitCode()).as(apply.err()).isZero();
            assertThat(apply.out().lines()).hasSize(TOPICS);

            long start = System.nanoTime();
            CommandResult plan = terminal.topics("plan", "--exit-code");
            Duration took = Duration.ofNanos(System.nanoTime() - start);

            System.out.println("topics plan against " + TOPICS + " existing topics: " + took.toMillis() + " ms");
            assertThat(plan.exitCode()).as(plan.out()).isZero();
            assertThat(took).isLessThan(PROMISED);
            assertThat(calls(terminal, TOPICS)).isEqualTo(calls(terminal, 1)).hasSize(4);
        }
    }

    private static void writeTopic(Terminal terminal, String name) throws IOException {
        Files.writeString(terminal.folder().resolve("catalogue/" + name + ".yaml"), """
                name: %s
                goal: One of many.
                profile: administrative
                key: the thing
                value: JSON
                keyed-order: true
                partitions: 1
                """.formatted(name));
    }

    /** The names of the admin client's methods that a plan of this many topics calls. */
    private static List<String> calls(Terminal terminal, int topics) {
        Catalogue all = terminal.catalogue();
        List<Topic> few = all.topics().subList(0, topics);
        Catalogue catalogue = new Catalogue(all.where(), few, List.of());
        List<String> calls = new ArrayList<>();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", terminal.bootstrapServers()))) {
            Admin counting = (Admin) Proxy.newProxyInstance(
                    Admin.class.getClassLoader(), new Class<?>[] {Admin.class}, (proxy, method, arguments) -> {
                        calls.add(method.getName());
                        try {
                            return method.invoke(admin, arguments);
                        } catch (InvocationTargetException failure) {
                            throw failure.getCause();
                        }
                    });
            assertThat(TopicPlan.between(catalogue, new ClusterReader(counting).read(catalogue))
                            .isEmpty())
                    .isTrue();
        }
        return calls;
    }
}
