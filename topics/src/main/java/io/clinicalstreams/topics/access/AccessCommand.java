package io.clinicalstreams.topics.access;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.cluster.ClusterAnswer;
import io.clinicalstreams.topics.cluster.MetadataLog;
import io.clinicalstreams.topics.problem.ExitCode;
import io.clinicalstreams.topics.terminal.CatalogueOptions;
import io.clinicalstreams.topics.terminal.ClusterOptions;
import io.clinicalstreams.topics.terminal.ClusterOwner;
import io.clinicalstreams.topics.terminal.Consent;
import io.clinicalstreams.topics.terminal.OutputOption;
import io.clinicalstreams.topics.terminal.StopSignal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code topics access}: the access rules that each principal needs, compared with a cluster. */
@Command(
        name = "access",
        description = {
            "Prints the access rules (ACLs) that each principal needs, derived from topics, lanes and clients.",
            "With --bootstrap-server: also which of them are missing on the cluster, and which extra rules our "
                    + "principals or all users have; other principals' rules on our resources are listed only. Changes "
                    + "nothing without --apply."
        },
        footer = {
            "",
            "Exit codes: 0 ok, 1 failed or declined, 2 wrong usage, or not a terminal and no --yes,",
            "3 with --exit-code: drift."
        },
        modelTransformer = AccessCommand.YesWithApply.class,
        mixinStandardHelpOptions = true)
public final class AccessCommand implements Callable<ExitCode> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final CatalogueOptions catalogueOptions = new CatalogueOptions();

    @Mixin
    private final ClusterOptions cluster;

    @Mixin
    private final Consent consent;

    @Mixin
    private final ClusterOwner owner = new ClusterOwner();

    @Option(
            names = "--apply",
            description =
                    "Show the missing rules on stderr, ask, and add them. Never removes a rule. Requires the right to "
                            + "alter the cluster. Returns when all live brokers know the rules.")
    private boolean apply;

    @Option(names = "--exit-code", description = "Exit code 3 if rules are missing, or there are extra ones.")
    private boolean exitCode;

    @Mixin
    private final OutputOption output = new OutputOption();

    AccessCommand() {
        this(new Consent(), new ClusterOptions());
    }

    AccessCommand(Consent consent, ClusterOptions cluster) {
        this.consent = consent;
        this.cluster = cluster;
    }

    @Override
    public ExitCode call() {
        if (consent.isGiven() && !apply) {
            throw new ParameterException(spec.commandLine(), "--yes requires --apply");
        }
        Catalogue catalogue = catalogueOptions.load();
        if (cluster.bootstrapServer().isEmpty()) {
            if (apply || exitCode) {
                throw new ParameterException(
                        spec.commandLine(), "Missing required option: '--bootstrap-server=HOST:PORT'");
            }
            AccessListing.of(LeastPrivilege.of(catalogue)).print(output);
            return ExitCode.OK;
        }
        try (Admin admin = cluster.admin(catalogue.where())) {
            Optional<AccessPlan> plan = AccessPlan.between(catalogue, admin);
            if (plan.isEmpty()) {
                output.say(
                        "the cluster has no authorizer (authorizer.class.name on the brokers): it has no access rules,"
                                + " and every client may do everything");
                return ExitCode.FAILURE;
            }
            if (apply) {
                owner.demand(catalogue, admin);
            }
            return apply ? askAndApply(plan.get(), admin) : compare(plan.get());
        }
    }

    private ExitCode compare(AccessPlan plan) {
        AccessListing.of(plan).print(output);
        output.say("%d missing, %d not derived"
                .formatted(plan.missing().size(), plan.extra().size()));
        return exitCode && !plan.isEmpty() ? ExitCode.NOT_HELD : ExitCode.OK;
    }

    private ExitCode askAndApply(AccessPlan plan, Admin admin) {
        if (!plan.missingGrants().isEmpty()) {
            plan.missing().forEach(line -> output.say("missing: " + line));
            Optional<ExitCode> refusal = consent.refusal("Type 'yes' to add these rules:", output);
            if (refusal.isPresent()) {
                return refusal.get();
            }
        }
        return StopSignal.interrupting(() -> apply(plan, admin));
    }

    private ExitCode apply(AccessPlan plan, Admin admin) {
        Map<Grant, Optional<KafkaException>> outcomes = plan.apply(admin);
        List<Grant> added = outcomes.entrySet().stream()
                .filter(outcome -> outcome.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
        AccessListing.of(plan, added).print(output);
        plan.extra().forEach(line -> output.say("not derived, unchanged: " + line));
        outcomes.forEach((grant, failure) ->
                failure.ifPresent(why -> output.say((ClusterAnswer.isUnknown(why) ? "unknown: " : "refused: ") + grant
                        + ": " + ClusterAnswer.inWords(why))));
        long unknown = outcomes.values().stream()
                .flatMap(Optional::stream)
                .filter(ClusterAnswer::isUnknown)
                .count();
        output.say("added %d of %d missing rules%s"
                .formatted(
                        added.size(),
                        outcomes.size(),
                        unknown == 0 ? "" : ", %d unknown ('topics access' shows them)".formatted(unknown)));
        boolean isComplete = added.size() == outcomes.size();
        if (!isComplete || (!added.isEmpty() && !isKnownEverywhere(admin))) {
            return ExitCode.FAILURE;
        }
        return exitCode && !plan.extra().isEmpty() ? ExitCode.NOT_HELD : ExitCode.OK;
    }

    /** The controller answers before every broker knows a rule; a broker that does not know it still refuses. */
    private boolean isKnownEverywhere(Admin admin) {
        try {
            if (new MetadataLog(admin).awaitEverywhere()) {
                return true;
            }
            output.say("not every broker knows them yet: run the command again to check");
        } catch (KafkaException silent) {
            output.say("cannot tell whether every broker knows them: " + ClusterAnswer.inWords(silent));
        }
        return false;
    }

    /** Without {@code --apply} there is nothing to consent to. */
    static final class YesWithApply implements IModelTransformer {

        @Override
        public CommandSpec transform(CommandSpec command) {
            OptionSpec yes = command.findOption("--yes");
            return command.remove(yes)
                    .addOption(OptionSpec.builder(yes)
                            .description("With --apply: do not ask for confirmation.")
                            .build());
        }
    }
}
