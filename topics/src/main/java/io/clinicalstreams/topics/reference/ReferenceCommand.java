package io.clinicalstreams.topics.reference;

import picocli.CommandLine.Command;

/** {@code topics reference}: the curated alert rules and their topic. */
@Command(
        name = "reference",
        description = {
            "Shows and writes the alert rules in their topic.",
            "The medication catalogue's topic holds what gateways send; curated entries are planned."
        },
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        subcommands = {ApplyReferenceCommand.class, ListReferenceCommand.class, PlanReferenceCommand.class})
public final class ReferenceCommand {}
