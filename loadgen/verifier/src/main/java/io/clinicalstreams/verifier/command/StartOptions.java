package io.clinicalstreams.verifier.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clinicalstreams.topics.problem.CommandException;
import io.clinicalstreams.topics.problem.ExitCode;
import io.clinicalstreams.topics.problem.IoReason;
import io.clinicalstreams.verifier.StartMark;
import io.clinicalstreams.verifier.source.Mark;
import io.clinicalstreams.verifier.source.TopicReader;
import io.clinicalstreams.verifier.source.VerificationException;
import io.clinicalstreams.verifier.source.VerifiedTopics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The start of the run to judge, given in one of three ways. */
final class StartOptions {

    static final String REQUIRED = "one of --from-mark, --from-offsets and --from-beginning is required";

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);

    /** As {@code kafka-get-offsets.sh} prints it. */
    private static final Pattern LINE = Pattern.compile("([\\w.\\-]+):(\\d{1,9}):(\\d{1,18})");

    @Option(
            names = "--from-mark",
            paramLabel = "FILE",
            description = "Judge the input after the mark in FILE, printed by verify mark.")
    private @Nullable Path mark;

    @Option(
            names = "--from-offsets",
            paramLabel = "FILE",
            description = "Judge the input from these offsets on: lines of topic:partition:offset, as printed"
                    + " by kafka-get-offsets.sh. The input needs a line for each partition; the lanes' other topics are read"
                    + " from their beginning without one. Topics of others are ignored.")
    private @Nullable Path offsets;

    @Option(names = "--from-beginning", description = "Judge everything since the topics were created.")
    private boolean beginning;

    /**
     * @param from where reading starts
     * @param processed up to where the inputs had been processed then
     */
    record Start(Mark from, Mark processed) {}

    static String json(StartMark mark) throws JsonProcessingException {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(mark);
    }

    /**
     * @param now the current mark
     * @throws CommandException when the start cannot be used; its message names the file
     * @throws VerificationException when topics were recreated since the start
     */
    Start start(VerifiedTopics topics, StartMark now) {
        if (mark != null) {
            return fromMark(mark, now);
        }
        if (offsets != null) {
            return new Start(new Mark(fromOffsets(offsets, topics)), Mark.BEGINNING);
        }
        if (!beginning) {
            throw unusable(REQUIRED);
        }
        Map<TopicPartition, Long> zero = now.ends().offsets().keySet().stream()
                .collect(Collectors.toMap(partition -> partition, partition -> 0L));
        return new Start(new Mark(zero), Mark.BEGINNING);
    }

    private static Start fromMark(Path file, StartMark now) {
        StartMark start;
        try {
            start = JSON.readValue(text(file), StartMark.class);
        } catch (JsonProcessingException malformed) {
            throw unusable("--from-mark: " + file + " is not a mark printed by verify mark");
        }
        if (!start.cluster().equals(now.cluster())) {
            throw unusable("--from-mark: " + file + " is a mark of another cluster, " + start.cluster()
                    + "; this one is " + now.cluster());
        }
        if (start.topics().keySet().stream().noneMatch(now.topics()::containsKey)) {
            throw unusable("--from-mark: " + file + " is a mark of another environment");
        }
        List<String> recreated = start.createdAnew(now);
        if (!recreated.isEmpty()) {
            throw new VerificationException(
                    "no verdict: deleted and recreated since the mark: " + String.join(", ", recreated));
        }
        return new Start(start.ends(), start.processed());
    }

    private static Map<TopicPartition, Long> fromOffsets(Path file, VerifiedTopics topics) {
        Set<TopicPartition> known = topics.all().stream()
                .flatMap(topic -> TopicReader.partitions(topic).stream())
                .collect(Collectors.toSet());
        Map<TopicPartition, Long> offsets = new HashMap<>();
        List<String> lines = text(file).lines().map(String::strip).toList();
        for (int i = 0; i < lines.size(); i++) {
            Matcher parts = LINE.matcher(lines.get(i));
            if (parts.matches()) {
                TopicPartition partition = new TopicPartition(parts.group(1), Integer.parseInt(parts.group(2)));
                if (known.contains(partition)) {
                    offsets.put(partition, Long.parseLong(parts.group(3)));
                }
            } else if (!lines.get(i).isEmpty()) {
                throw unusable("--from-offsets: " + file + " line " + (i + 1) + ": expected topic:partition:offset");
            }
        }
        for (TopicPartition partition : TopicReader.partitions(topics.received())) {
            if (!offsets.containsKey(partition)) {
                throw unusable("--from-offsets: " + file + " has no offset for " + partition.topic() + " partition "
                        + partition.partition());
            }
        }
        return offsets;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw unusable(file + " " + IoReason.predicate(unreadable));
        }
    }

    private static CommandException unusable(String message) {
        return new CommandException(ExitCode.WRONG_USAGE, message);
    }
}
