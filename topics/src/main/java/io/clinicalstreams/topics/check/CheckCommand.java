package io.clinicalstreams.topics.check;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.problem.ExitCode;
import io.clinicalstreams.topics.terminal.CatalogueOptions;
import io.clinicalstreams.topics.terminal.ClusterOptions;
import io.clinicalstreams.topics.terminal.OutputOption;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code topics check}: compares a cluster, and a service on it, with the catalogue. */
@Command(
        name = "check",
        description = "Checks whether the cluster matches the catalogue, and changes nothing.",
        footer = {
            "",
            "Exit codes: 0 all checks held, 1 failure, 2 wrong usage or configuration, 3 a check did not hold.",
            "Pending evidence is listed, and fails only with --strict."
        },
        mixinStandardHelpOptions = true)
public final class CheckCommand implements Callable<ExitCode> {

    private static final Set<String> SCHEMES = Set.of("http", "https");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final CatalogueOptions catalogueOptions = new CatalogueOptions();

    @Mixin
    private final ClusterOptions cluster = new ClusterOptions();

    @Option(
            names = "--clients",
            paramLabel = "URL",
            description = "A running service, for example http://localhost:8080: also compare its clients' settings.")
    private @Nullable URI clients;

    @Option(names = "--strict", description = "Count pending evidence as not held.")
    private boolean strict;

    @Mixin
    private final OutputOption output = new OutputOption();

    @Override
    public ExitCode call() {
        if (clients != null && (clients.getHost() == null || !SCHEMES.contains(String.valueOf(clients.getScheme())))) {
            throw new ParameterException(
                    spec.commandLine(), "--clients: expected http://HOST:PORT, was '" + clients + "'");
        }
        Catalogue catalogue = catalogueOptions.load();
        try (Admin admin = cluster.admin(catalogue.where())) {
            ClusterChecks checks = new ClusterChecks(
                    catalogue, admin, cluster.clientSettings(catalogue.where()), InstantSource.system());
            List<CheckResult> results = new ArrayList<>(checks.run());
            if (clients != null) {
                results.add(checks.clients(clients));
            }
            boolean held = results.stream().allMatch(this::isFine);
            new CheckPrinter(Map.of("environment", catalogue.environment()), results, held).print(output);
            return held ? ExitCode.OK : ExitCode.NOT_HELD;
        }
    }

    private boolean isFine(CheckResult result) {
        return switch (result.verdict()) {
            case HELD, SKIPPED -> true;
            case PENDING -> !strict;
            case NOT_HELD -> false;
        };
    }
}
