package io.clinicalstreams.application;

import io.clinicalstreams.cluster.ClusterException;
import io.clinicalstreams.cluster.ClusterRefused;
import io.clinicalstreams.loadgen.replay.InputRefused;
import io.clinicalstreams.pipeline.runtime.ConfigurationException;
import io.clinicalstreams.pipeline.runtime.StartupException;
import io.clinicalstreams.topics.terminal.OneLineErrors;
import io.clinicalstreams.verifier.source.VerificationException;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says in one line why a command failed, without a stack trace, and gives the exit code; what it does not know, it shows. */
final class CommandErrors implements IExecutionExceptionHandler {

    private static final int FAILURE = 1;
    private static final int USAGE = 2;

    private final OneLineErrors ofTopics = new OneLineErrors();

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) throws Exception {
        if (failure instanceof ConfigurationException
                || failure instanceof ClusterRefused
                || failure instanceof InputRefused) {
            command.getErr().println(failure.getMessage());
            return USAGE;
        }
        if (failure instanceof StartupException
                || failure instanceof ClusterException
                || failure instanceof VerificationException
                || failure instanceof IOException) {
            command.getErr().println(failure.getMessage());
            return FAILURE;
        }
        return ofTopics.handleExecutionException(failure, command, parsed);
    }
}
