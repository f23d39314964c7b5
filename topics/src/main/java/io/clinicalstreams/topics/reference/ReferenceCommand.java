package io.clinicalstreams.topics.reference;

import picocli.CommandLine.Command;

/** {@code topics reference}: the curated alert rules, and how they stand in their topic. */
@Command(
        name = "reference",
        description = {
            "The curated alert rules, and how they stand in their topic.",
            "The medication catalogue's topic holds what gateways send; its curated part comes with a later issue."
        },
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        subcommands = {ApplyReferenceCommand.class, ListReferenceCommand.class, PlanReferenceCommand.class})
public final class ReferenceCommand {}
