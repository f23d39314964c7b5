package io.clinicalstreams.demo;

import io.clinicalstreams.pipeline.runtime.PipelineConfig;
import io.clinicalstreams.pipeline.runtime.PipelineService;
import io.clinicalstreams.pipeline.runtime.SettingLayers;
import io.clinicalstreams.pipeline.runtime.StartupException;
import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.cluster.ClusterAnswer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/** Both lanes in this process, as the service runs them, on any cluster. */
public final class AllLanes {

    private static final Duration READY_WITHIN = Duration.ofSeconds(60);
    private static final int LOOK_MILLIS = 50;

    private AllLanes() {}

    /**
     * Other instances of the same lanes would share the input: their metrics cannot be read from here, so a verdict or
     * a measurement would not be about this process.
     *
     * @throws StartupException when another instance runs on this cluster
     */
    public static void demandNoOthers(Admin admin, Catalogue catalogue) {
        try {
            Set<String> groups = ClusterAnswer.of(admin.listGroups().all()).stream()
                    .map(GroupListing::groupId)
                    .collect(Collectors.toSet());
            List<String> lanes = catalogue.lanes().stream()
                    .map(Lane::applicationId)
                    .filter(groups::contains)
                    .toList();
            for (ConsumerGroupDescription group :
                    ClusterAnswer.of(admin.describeConsumerGroups(lanes).all()).values()) {
                if (!group.members().isEmpty()) {
                    throw new StartupException(group.groupId()
                            + " is already running on this cluster: stop it, or choose another --environment");
                }
            }
        } catch (InterruptException stopped) {
            throw stopped;
        } catch (KafkaException refused) {
            throw new StartupException("cannot list the cluster's consumer groups: " + ClusterAnswer.inWords(refused));
        }
    }

    /**
     * Starts both lanes, with health and metrics on a free port.
     *
     * @param catalogue its folder, or null for the built-in one
     * @param client connection settings and credentials of every client
     * @param instance names the member of the lanes' groups
     */
    public static PipelineService start(
            @Nullable Path catalogue,
            String environment,
            Map<String, String> client,
            Path stateDirectory,
            String instance)
            throws InterruptedException {
        Map<String, String> flags = new HashMap<>();
        client.forEach((name, value) -> flags.put(
                name.equals(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG) ? "bootstrap-servers" : "kafka." + name,
                value));
        if (catalogue != null) {
            flags.put("catalogue", catalogue.toString());
        }
        flags.put("environment", environment);
        flags.put("lanes", PipelineConfig.ALL_LANES);
        flags.put("instance-id", instance);
        flags.put("state-directory", stateDirectory.toString());
        flags.put("http-port", "0");
        // Input that expired on a cluster used before was sent before this run and does not concern it.
        flags.put("accept-expired-input", "true");
        return PipelineService.start(PipelineConfig.of(SettingLayers.of(flags, Map.of(), null)));
    }

    /** @throws StartupException when the lanes fail, or do not become ready in time */
    public static void awaitReady(PipelineService service) throws InterruptedException {
        long deadline = System.nanoTime() + READY_WITHIN.toNanos();
        while (!service.isReady()) {
            if (service.failed()) {
                throw new StartupException("the lanes failed before they were ready" + LaneLog.hint());
            }
            if (System.nanoTime() > deadline) {
                throw new StartupException(
                        "the lanes did not become ready within " + READY_WITHIN.toSeconds() + " s" + LaneLog.hint());
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }
}
