package io.clinicalstreams.topics.command;

import io.clinicalstreams.topics.CatalogueException;
import io.clinicalstreams.topics.reference.ReferenceException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/**
 * Says in one line why a command failed, without a stack trace, and gives the exit code: 2 where the catalogue is wrong, 1
 * where the cluster is away or refuses. What it does not know, it passes on.
 */
public final class OneLineErrors implements IExecutionExceptionHandler {

    private static final int FAILURE = 1;
    private static final int CONFIGURATION = 2;

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) throws Exception {
        if (failure instanceof CatalogueException || failure instanceof ReferenceException) {
            command.getErr().println(failure.getMessage());
            return CONFIGURATION;
        }
        if (failure instanceof KafkaException) {
            command.getErr().println(reasonOf(failure) + ": " + failure.getMessage());
            return FAILURE;
        }
        throw failure;
    }

    private static String reasonOf(Exception failure) {
        if (failure instanceof TimeoutException) {
            return "the cluster cannot be reached";
        }
        if (failure instanceof AuthenticationException) {
            return "the cluster does not accept these credentials";
        }
        if (failure instanceof AuthorizationException) {
            return "the cluster does not allow this";
        }
        return "Kafka refused";
    }
}
