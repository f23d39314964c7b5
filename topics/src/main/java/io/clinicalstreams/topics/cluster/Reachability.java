package io.clinicalstreams.topics.cluster;

import io.clinicalstreams.topics.problem.CommandException;
import io.clinicalstreams.topics.problem.ExitCode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.ApiVersions;
import org.apache.kafka.clients.ClientRequest;
import org.apache.kafka.clients.ClientUtils;
import org.apache.kafka.clients.DefaultHostResolver;
import org.apache.kafka.clients.ManualMetadataUpdater;
import org.apache.kafka.clients.NetworkClient;
import org.apache.kafka.clients.NetworkClientUtils;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.requests.MetadataRequest;
import org.apache.kafka.common.requests.MetadataResponse;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.internals.LogContext;
import org.jspecify.annotations.Nullable;

/**
 * Whether a client here can reach a cluster: a broker answers at one of the bootstrap addresses, and a broker can be
 * reached under the name that it advertises. Kafka's own clients report both failures as a timeout, after a minute or
 * more, and name neither. They have no public call for the advertised names, so this sends the request itself.
 */
public final class Reachability {

    private static final Duration AT_MOST = Duration.ofSeconds(8);
    private static final Duration ONE_ANSWER = Duration.ofSeconds(4);
    private static final int CONNECT_MILLIS = 2_000;

    private final String servers;
    private final Map<String, Object> settings;
    private final Duration patience;
    private final long end;
    private String reason = "no answer";

    private Reachability(Map<String, Object> settings) {
        this.servers = String.valueOf(settings.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG));
        this.settings = settings;
        this.patience = patience(settings);
        this.end = System.nanoTime() + patience.toNanos();
    }

    /** The user's own timeout is respected if it is shorter. */
    private static Duration patience(Map<String, Object> settings) {
        Object own = settings.get(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG);
        boolean isShorter =
                String.valueOf(own).matches("\\d{1,9}") && Long.parseLong(String.valueOf(own)) < AT_MOST.toMillis();
        return isShorter ? Duration.ofMillis(Long.parseLong(String.valueOf(own))) : AT_MOST;
    }

    /** The line for a cluster that does not answer. */
    public static String unreachable(String servers) {
        return "the cluster cannot be reached" + (servers.isEmpty() ? "" : " at " + servers)
                + ", or its listener uses another security.protocol";
    }

    /**
     * Returns if the cluster can be reached, or refuses for another reason, which the client that comes next reports.
     *
     * @param settings of any client, with the bootstrap servers
     * @throws CommandException if no host is known, nothing answers within seconds, something other than Kafka answers,
     *     or no advertised name can be reached
     */
    public static void demand(Map<String, Object> settings) {
        new Reachability(settings).demand();
    }

    private void demand() {
        BootstrapAddresses addresses = BootstrapAddresses.of(servers);
        if (addresses.areUnresolved()) {
            throw new CommandException(ExitCode.WRONG_USAGE, "--bootstrap-server: unknown host in " + servers);
        }
        if (addresses.known().isEmpty()) {
            return;
        }
        if (new Login(settings).isPlaintext()) {
            new ListenerProbe().exchangeWith(addresses.known());
        }
        // Created first: malformed settings are reported before an address that nobody listens on.
        try (Metrics metrics = new Metrics();
                NetworkClient client = client(metrics)) {
            if (!ClusterAnswer.eventually(patience, () -> isReached(addresses.known(), client))) {
                throw new CommandException(ExitCode.FAILURE, unreachable(servers) + ": " + reason);
            }
        } catch (InterruptException stopped) {
            throw stopped;
        } catch (KafkaException refused) {
            // Credentials, certificates and malformed settings: the client that comes next reports them.
        }
    }

    private NetworkClient client(Metrics metrics) {
        return ClientUtils.createNetworkClient(
                new AdminClientConfig(settings),
                List.of(),
                "reachability",
                metrics,
                "reachability",
                new LogContext(),
                new ApiVersions(),
                Time.SYSTEM,
                1,
                Math.toIntExact(ONE_ANSWER.toMillis()),
                null,
                new ManualMetadataUpdater(),
                new DefaultHostResolver(),
                null,
                null);
    }

    private boolean isReached(List<InetSocketAddress> addresses, NetworkClient client) {
        for (InetSocketAddress address : addresses) {
            if (System.nanoTime() < end && connects(address)) {
                Node broker = new Node(-1 - addresses.indexOf(address), address.getHostString(), address.getPort());
                Collection<Node> advertised = ask(broker, client);
                if (advertised != null) {
                    demandOneOf(advertised);
                    return true;
                }
            }
        }
        return false;
    }

    private boolean connects(InetSocketAddress address) {
        try (Socket socket = new Socket()) {
            socket.connect(address, CONNECT_MILLIS);
            return true;
        } catch (IOException refused) {
            reason = ClusterAnswer.inWords(refused);
            return false;
        }
    }

    /** The brokers as this one advertises them; null if it does not answer. */
    private @Nullable Collection<Node> ask(Node broker, NetworkClient client) {
        try {
            if (NetworkClientUtils.awaitReady(client, broker, Time.SYSTEM, ONE_ANSWER.toMillis())) {
                MetadataRequest.Builder request = new MetadataRequest.Builder(List.of(), false);
                ClientRequest sent =
                        client.newClientRequest(broker.idString(), request, Time.SYSTEM.milliseconds(), true);
                return ((MetadataResponse) NetworkClientUtils.sendAndReceive(client, sent, Time.SYSTEM)
                                .responseBody())
                        .brokers();
            }
            reason = "no answer within " + ONE_ANSWER.toSeconds() + " s";
        } catch (IOException disconnected) {
            reason = ClusterAnswer.inWords(disconnected);
        }
        return null;
    }

    /** One is enough: others may be down. */
    private void demandOneOf(Collection<Node> advertised) {
        List<InetSocketAddress> addresses = advertised.stream()
                .map(node -> new InetSocketAddress(node.host(), node.port()))
                .toList();
        if (!addresses.isEmpty()
                && addresses.stream().noneMatch(address -> !address.isUnresolved() && connects(address))) {
            String names = addresses.stream()
                    .map(address -> address.getHostString()
                            + ':'
                            + address.getPort()
                            + (address.isUnresolved() ? " (unknown host)" : " (no connection)"))
                    .collect(Collectors.joining(", "));
            throw new CommandException(
                    ExitCode.FAILURE,
                    "the cluster answers at " + servers
                            + ", but its brokers cannot be reached under the names that they"
                            + " advertise: " + names
                            + ". Correct advertised.listeners of the brokers, or run this where"
                            + " the names are known");
        }
    }
}
