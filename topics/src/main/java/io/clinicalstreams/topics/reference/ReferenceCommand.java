package io.clinicalstreams.topics.reference;

import picocli.CommandLine.Command;

/** {@code topics reference}: the curated alert rules, and how they stand in their topic. */
@Command(
        name = "reference",
        description = "The curated alert rules, and how they stand in their topic.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        subcommands = {ApplyReferenceCommand.class, ListReferenceCommand.class, PlanReferenceCommand.class})
public final class ReferenceCommand {}
