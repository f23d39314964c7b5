package io.clinicalstreams.topics.plan;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.cluster.BrokerLimits;
import io.clinicalstreams.topics.cluster.ClusterAnswer;
import io.clinicalstreams.topics.cluster.ClusterIdentity;
import io.clinicalstreams.topics.cluster.ClusterReader;
import io.clinicalstreams.topics.cluster.ClusterState;
import io.clinicalstreams.topics.problem.ExitCode;
import io.clinicalstreams.topics.terminal.CatalogueOptions;
import io.clinicalstreams.topics.terminal.ClusterOptions;
import io.clinicalstreams.topics.terminal.ClusterOwner;
import io.clinicalstreams.topics.terminal.Consent;
import io.clinicalstreams.topics.terminal.OutputOption;
import io.clinicalstreams.topics.terminal.StopSignal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code topics apply}: changes the cluster to match the catalogue, as far as that is safe. */
@Command(
        name = "apply",
        description = "Shows the plan on stderr, asks, and makes its safe changes: creates topics and changes single "
                + "settings. Disruptive changes, which can delete or refuse records, require --allow-disruptive. Never "
                + "removes a topic or a partition, and changes only topics of the catalogue. Can be interrupted and "
                + "run again. Prints what was done. Marks the cluster as the environment's with an empty topic, so that no "
                + "command writes to it for another environment.",
        footer = {
            "",
            "Exit codes: 0 the cluster matches the catalogue, 1 failed or declined, 2 not a terminal and no --yes,",
            "or the cluster is another environment's, 3 done, but disruptive or refused differences remain.",
            "Settings that the brokers' version of Kafka does not know are skipped and listed."
        },
        mixinStandardHelpOptions = true)
public final class ApplyCommand implements Callable<ExitCode> {

    @Mixin
    private final CatalogueOptions catalogueOptions = new CatalogueOptions();

    @Mixin
    private final ClusterOptions cluster;

    @Mixin
    private final Consent consent;

    @Mixin
    private final ClusterOwner owner = new ClusterOwner();

    @Option(
            names = "--allow-disruptive",
            description = "Also make changes that the plan marks as disruptive, such as a shorter retention.")
    private boolean allowDisruptive;

    @Mixin
    private final OutputOption output = new OutputOption();

    ApplyCommand() {
        this(new Consent(), new ClusterOptions());
    }

    public ApplyCommand(Consent consent, ClusterOptions cluster) {
        this.consent = consent;
        this.cluster = cluster;
    }

    @Override
    public ExitCode call() {
        Catalogue catalogue = catalogueOptions.load();
        try (Admin admin = cluster.admin(catalogue.where())) {
            ClusterState actual = new ClusterReader(admin).read(catalogue);
            TopicPlan plan = TopicPlan.between(catalogue, actual);
            output.say(new TopicPlanPrinter(catalogue).table(plan));
            TopicPlanPrinter.lines(new BrokerComparison(catalogue, actual, BrokerLimits.of(admin)))
                    .forEach(output::say);
            ClusterIdentity identity = ClusterIdentity.of(admin, catalogue.where());
            owner.demand(identity, OtherEnvironment.refusal(catalogue, identity, actual));
            if (!plan.permitted(allowDisruptive).isEmpty()) {
                Optional<ExitCode> refusal = consent.refusal(question(plan), output);
                if (refusal.isPresent()) {
                    return refusal.get();
                }
            }
            return StopSignal.interrupting(() -> carryOut(plan, catalogue, identity, admin));
        }
    }

    /** A cluster without a marker works, but is guarded only by the shape of its topics. */
    private void mark(ClusterIdentity identity, Catalogue catalogue, Admin admin) {
        try {
            identity.mark(catalogue.where(), admin)
                    .ifPresent(marker -> output.say("marked the cluster as environment %s's: created the empty topic %s"
                            .formatted(catalogue.environment(), marker)));
        } catch (KafkaException refused) {
            output.say("the cluster is not marked as environment %s's: %s"
                    .formatted(catalogue.environment(), ClusterAnswer.inWords(refused)));
        }
    }

    private ExitCode carryOut(TopicPlan plan, Catalogue catalogue, ClusterIdentity identity, Admin admin) {
        Optional<List<Step>> done;
        try {
            done = new PlanWork(admin).carryOutIfStill(plan, catalogue, allowDisruptive);
        } catch (InterruptException stopped) {
            return end(ExitCode.FAILURE, "interrupted; nothing was done");
        }
        if (done.isEmpty()) {
            return end(
                    ExitCode.FAILURE,
                    "the cluster has changed since the plan was shown; nothing was done: run the command again");
        }
        List<Step> steps = done.get();
        new StepPrinter(steps).print(plan.left(allowDisruptive), output);
        boolean isAgreed = !steps.isEmpty() || consent.isGiven();
        if (isAgreed && count(steps, Step.State.DONE) == steps.size()) {
            mark(identity, catalogue, admin);
        }
        return verdict(plan, steps);
    }

    private ExitCode verdict(TopicPlan plan, List<Step> steps) {
        long unknown = count(steps, Step.State.UNKNOWN);
        long failed = count(steps, Step.State.FAILED) + count(steps, Step.State.NOT_TRIED);
        if (failed == 0 && unknown > 0) {
            return end(
                    ExitCode.FAILURE,
                    "%d of %d changes unknown ('topics plan' shows them); what was done stays; run the command again"
                            .formatted(unknown, steps.size()));
        }
        if (failed > 0) {
            String open = unknown == 0 ? "" : ", %d unknown ('topics plan' shows them)".formatted(unknown);
            return end(
                    ExitCode.FAILURE,
                    "%d of %d changes not made%s; what was done stays; fix the cause and run the command again"
                            .formatted(failed, steps.size(), open));
        }
        List<Change> disruptive = allowDisruptive ? List.of() : plan.with(Effect.DISRUPTIVE);
        disruptive.forEach(change ->
                output.say("not done   %s %s: disruptive, %s".formatted(change.topic(), change.key(), change.why())));
        int skipped = plan.with(Effect.SKIPPED).size();
        if (skipped > 0) {
            output.say("%d settings skipped, which the brokers' version of Kafka does not know (see WHY above)"
                    .formatted(skipped));
        }
        int refused = plan.with(Effect.REFUSED).size();
        if (disruptive.isEmpty() && refused == 0) {
            return ExitCode.OK;
        }
        return end(
                ExitCode.NOT_HELD,
                "differences remain: %d disruptive (made with --allow-disruptive), %d refused (see WHY above)"
                        .formatted(disruptive.size(), refused));
    }

    private String question(TopicPlan plan) {
        long disruptive =
                plan.permitted(allowDisruptive).with(Effect.DISRUPTIVE).size();
        return disruptive == 0
                ? "Type 'yes' to make the safe changes:"
                : "Type 'yes' to make these changes, %d of them disruptive:".formatted(disruptive);
    }

    private static long count(List<Step> steps, Step.State state) {
        return steps.stream().filter(step -> step.state() == state).count();
    }

    private ExitCode end(ExitCode exitCode, String why) {
        output.say(why);
        return exitCode;
    }
}
