package io.clinicalstreams.topics.terminal;

import io.clinicalstreams.topics.cluster.ClusterAnswer;
import io.clinicalstreams.topics.cluster.MissingTopicException;
import io.clinicalstreams.topics.cluster.Reachability;
import io.clinicalstreams.topics.problem.CommandException;
import io.clinicalstreams.topics.problem.ExitCode;
import io.clinicalstreams.topics.problem.IoReason;
import io.clinicalstreams.topics.problem.UnknownNameException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLHandshakeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * Reports in one line, without a stack trace, why a command failed, and returns the exit code: a command's exception
 * has its own; otherwise 2 if a name is not in the catalogue or a client's settings are wrong, 1 if the cluster does not answer or refuses. Any other
 * exception is a bug in this program and is thrown on.
 */
final class OneLineErrors implements IExecutionExceptionHandler {

    /** Prefixes of Kafka's messages when a client cannot be created. */
    private static final List<String> UNOPENED = List.of("Failed to construct kafka", "Failed to create new Kafka");

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) throws Exception {
        if (failure instanceof CommandException refused) {
            command.getErr().println(refused.getMessage());
            return refused.exitCode().code();
        }
        if (failure instanceof UnknownNameException) {
            command.getErr().println(failure.getMessage());
            return ExitCode.WRONG_USAGE.code();
        }
        if (failure instanceof UncheckedIOException wrapped) {
            command.getErr().println(inWords(Objects.requireNonNull(wrapped.getCause())));
            return ExitCode.FAILURE.code();
        }
        if (failure instanceof IOException unusable) {
            command.getErr().println(inWords(unusable));
            return ExitCode.FAILURE.code();
        }
        if (failure instanceof MissingTopicException) {
            command.getErr().println(failure.getMessage());
            return ExitCode.FAILURE.code();
        }
        if (failure instanceof InterruptException) {
            command.getErr().println("interrupted");
            return ExitCode.FAILURE.code();
        }
        if (failure instanceof KafkaException) {
            boolean misconfigured = isOfConfiguration(failure);
            String reason = misconfigured ? "no client can be created with these settings" : reasonOf(failure, command);
            command.getErr().println(reason + ": " + ClusterAnswer.inWords(failure));
            return (misconfigured ? ExitCode.WRONG_USAGE : ExitCode.FAILURE).code();
        }
        throw failure;
    }

    /** The system's failures often have only the file as message. */
    private static String inWords(IOException failure) {
        return failure instanceof FileSystemException system && system.getFile() != null
                ? system.getFile() + ": " + IoReason.of(failure)
                : String.valueOf(failure.getMessage());
    }

    private static String addressOf(CommandLine command) {
        OptionSpec option = command.getCommandSpec().findOption("--bootstrap-server");
        return option == null || option.getValue() == null ? "" : option.getValue();
    }

    /** A handshake that this side aborted; brokers abort one because of the client's credentials. */
    private static boolean isOfCertificate(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        boolean isOurs = failure instanceof SSLHandshakeException && !message.startsWith("Received fatal alert");
        if (isOurs || message.contains("PKIX")) {
            return true;
        }
        Throwable cause = failure.getCause();
        return cause != null && isOfCertificate(cause);
    }

    /** Settings that a client refuses before it connects: addresses, login modules, trust stores. */
    private static boolean isOfConfiguration(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        if (failure instanceof ConfigException || UNOPENED.stream().anyMatch(message::startsWith)) {
            return true;
        }
        Throwable cause = failure.getCause();
        return cause != null && isOfConfiguration(cause);
    }

    private static String reasonOf(Exception failure, CommandLine command) {
        if (failure instanceof TimeoutException) {
            return Reachability.unreachable(addressOf(command));
        }
        if (isOfCertificate(failure)) {
            return "the cluster's certificate is not trusted";
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
