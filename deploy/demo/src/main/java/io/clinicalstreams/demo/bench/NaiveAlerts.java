package io.clinicalstreams.demo.bench;

import io.clinicalstreams.demo.DemoCluster;
import io.clinicalstreams.peer.PeerJob;
import io.clinicalstreams.peer.RunNames;
import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.topics.cluster.ClusterAnswer;
import io.clinicalstreams.topics.problem.CommandException;
import io.clinicalstreams.topics.problem.ExitCode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** The naive alerting topology on the lanes' input, in a process of its own. It writes alerts to its own topic. */
final class NaiveAlerts implements AutoCloseable {

    private static final Contender CONTENDER = new Contender(
            "naive alerting topology",
            "io.clinicalstreams.peer.naive.NaiveAlertingPeer",
            null,
            "alerting",
            "naive",
            null);

    /** Its only store, for the name of the changelog. */
    private static final String STORE = "open-alerts";

    private static final String RUN = "naive";
    private static final Duration STARTS_WITHIN = Duration.ofSeconds(60);

    private final PeerJvm process;
    private final BenchAdmin admin;
    private final String group;

    private NaiveAlerts(PeerJvm process, BenchAdmin admin, String group) {
        this.process = process;
        this.admin = admin;
        this.group = group;
    }

    /** The topic of its alerts. */
    static Topic alerts(RunNames names) {
        return names.forRun(RUN).topic(TopicNames.ALERT_GENERATED);
    }

    /**
     * Starts it at the end of the input, and waits until it reads.
     *
     * @throws CommandException if it does not start in time
     */
    static NaiveAlerts start(
            LatencyBench.Settings settings,
            Topic input,
            RunNames names,
            DemoCluster cluster,
            BenchAdmin admin,
            TemporaryResources temporary)
            throws IOException {
        Catalogue catalogue = names.forRun(RUN);
        String group = catalogue.lane(CONTENDER.lane()).applicationId();
        temporary.group(group);
        temporary.topics(List.of(group + '-' + STORE + "-changelog"));
        admin.startAtEnd(group, input);
        NaiveAlerts started = new NaiveAlerts(PeerJvm.start(CONTENDER), admin, group);
        try {
            started.process.start(new PeerJob(
                    CONTENDER.peer(),
                    null,
                    settings.catalogue(),
                    settings.environment(),
                    names.prefix(),
                    RUN,
                    input.fullName(),
                    CONTENDER.lane(),
                    PeerJob.WITHOUT_END,
                    1,
                    cluster.folder(),
                    cluster.clientSettings()));
            if (!ClusterAnswer.eventually(STARTS_WITHIN, () -> admin.isStable(group))) {
                throw new CommandException(
                        ExitCode.FAILURE,
                        "the naive topology did not start within " + STARTS_WITHIN.toSeconds() + " s");
            }
            return started;
        } catch (IOException | RuntimeException failed) {
            started.process.close();
            throw failed;
        }
    }

    /** @throws CommandException when it failed, so that its latencies are invalid */
    void check() throws IOException {
        if (!process.isRunning()) {
            throw new CommandException(ExitCode.FAILURE, "the naive topology failed");
        }
    }

    @Override
    public void close() {
        process.close();
        admin.removeMembers(group);
    }
}
