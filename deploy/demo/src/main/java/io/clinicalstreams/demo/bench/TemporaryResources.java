package io.clinicalstreams.demo.bench;

import io.clinicalstreams.topics.problem.CommandException;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.kafka.common.KafkaException;

/** A bench's own topics and groups on the cluster, deleted on close. */
final class TemporaryResources implements AutoCloseable {

    private final BenchAdmin admin;
    private final PrintWriter err;
    private final Set<String> topics = new LinkedHashSet<>();
    private final Set<String> groups = new LinkedHashSet<>();

    TemporaryResources(BenchAdmin admin, PrintWriter err) {
        this.admin = admin;
        this.err = err;
    }

    void topics(Collection<String> names) {
        topics.addAll(names);
    }

    void group(String name) {
        groups.add(name);
    }

    /** Also after an interruption, because leftovers would remain on the user's cluster. */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        remove("groups", () -> admin.deleteGroups(groups));
        remove("topics", () -> admin.deleteTopics(topics));
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void remove(String what, Runnable removal) {
        try {
            removal.run();
        } catch (KafkaException | CommandException refused) {
            err.println("could not delete all of the bench's own " + what + ": " + refused.getMessage());
        }
    }
}
