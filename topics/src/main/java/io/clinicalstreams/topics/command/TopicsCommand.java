package io.clinicalstreams.topics.command;

import io.clinicalstreams.topics.access.AccessCommand;
import io.clinicalstreams.topics.check.CheckCommand;
import io.clinicalstreams.topics.export.ExportCommand;
import io.clinicalstreams.topics.plan.ApplyCommand;
import io.clinicalstreams.topics.plan.PlanCommand;
import io.clinicalstreams.topics.reference.ReferenceCommand;
import io.clinicalstreams.topics.render.RenderCommand;
import io.clinicalstreams.topics.repair.RepairCommand;
import io.clinicalstreams.topics.size.SizeCommand;
import picocli.CommandLine.Command;

/** {@code clinical-streams topics}: the catalogue of topics, as text and on a cluster. */
@Command(
        name = "topics",
        description = "The catalogue of topics, as text and on a cluster.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        subcommands = {
            AccessCommand.class,
            ApplyCommand.class,
            CheckCommand.class,
            ListCommand.class,
            PlanCommand.class,
            ReferenceCommand.class,
            RenderCommand.class,
            RepairCommand.class,
            SizeCommand.class,
            ExportCommand.class
        })
public final class TopicsCommand {}
