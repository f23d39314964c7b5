package io.clinicalstreams.application.faults;

import static org.awaitility.Awaitility.await;

import io.clinicalstreams.application.PipelineProcess;
import io.clinicalstreams.cluster.LocalCluster;
import io.clinicalstreams.topics.TopicNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.stream.Stream;

/** Faults of the lanes' processes and of their state folders. */
final class InstanceFaults {

    private static final int SEED = 20_261_127;
    private static final int MOST_GARBAGE = 1 << 20;
    private static final int LESS_THAN_A_SESSION = 100;
    private static final Duration JOINS_WITHIN = Duration.ofSeconds(60);

    private InstanceFaults() {}

    static Struck kill(Installation on, int instance) {
        on.instance(instance).kill();
        return Struck.now(() -> on.restart(instance));
    }

    static Struck replace(Installation on, int instance) {
        on.instance(instance).kill();
        Instant killed = Instant.now();
        on.restart(instance);
        return Struck.at(killed);
    }

    static Struck replaceAll(Installation on) {
        on.instances().forEach(PipelineProcess::kill);
        Instant killed = Instant.now();
        startAll(on);
        return Struck.at(killed);
    }

    static Struck killAllAndTheBrokers(Installation on) {
        on.instances().forEach(PipelineProcess::kill);
        Struck brokers = BrokerFaults.killAndStart(on.brokers());
        on.awaitReplicas(); // a lane does not start without a cluster
        startAll(on);
        return brokers;
    }

    static Struck killInTurn(Installation on) {
        Struck first = kill(on, 0);
        Duration unused = on.recovery().since(first.since(), TopicNames.ALERT_GENERATED);
        on.instance(1).kill();
        Instant second = Instant.now();
        startAll(on);
        return Struck.at(second);
    }

    private static void startAll(Installation on) {
        for (int each = 0; each < on.instances().size(); each++) {
            on.restart(each);
        }
    }

    static Struck killWhileJoining(Installation on, int instance) {
        on.instance(instance).kill();
        on.restart(instance).awaitStarted().kill();
        PipelineProcess joining = on.restart(instance).awaitStarted();
        await().atMost(JOINS_WITHIN).until(() -> joining.body("/health/ready").contains("\"RUNNING\""));
        joining.kill();
        on.restart(instance).awaitReady().kill();
        return Struck.now(() -> on.restart(instance));
    }

    static Struck roll(Installation on) {
        Instant last = Instant.now();
        for (int each = 0; each < on.instances().size(); each++) {
            last = Instant.now();
            on.instance(each).stop();
            on.restart(each).awaitReady();
        }
        return Struck.at(last);
    }

    static Struck pause(Installation on, int instance) {
        on.instance(instance).pause();
        return Struck.now(() -> on.instance(instance).resume());
    }

    static Struck pauseShortly(Installation on, int instance) {
        Struck paused = pause(on, instance);
        // The other instance goes on: its output is the clock.
        on.recovery().awaitMore(LESS_THAN_A_SESSION);
        paused.mend().run();
        return Struck.at(paused.since());
    }

    /** A new process does not have the fault. */
    static Struck strike(Installation on, int instance, JvmFault fault) {
        fault.strike(on.instance(instance).pid());
        return Struck.now(() -> replace(on, instance));
    }

    static Struck damageState(Installation on, int instance) {
        on.instance(instance).kill();
        Instant killed = Instant.now();
        overwrite(on.folder(instance));
        on.restart(instance).awaitReady();
        return Struck.at(killed);
    }

    private static void overwrite(Path folder) {
        Random random = new Random(SEED);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] garbage = new byte[(int) Math.min(MOST_GARBAGE, Math.max(1, Files.size(file)))];
                random.nextBytes(garbage);
                Files.write(file, garbage);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static Struck deleteState(Installation on, int instance) {
        on.instance(instance).kill();
        Instant killed = Instant.now();
        LocalCluster.delete(on.folder(instance));
        on.restart(instance).awaitReady();
        return Struck.at(killed);
    }
}
