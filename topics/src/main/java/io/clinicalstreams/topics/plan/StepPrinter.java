package io.clinicalstreams.topics.plan;

import io.clinicalstreams.topics.cluster.ClusterAnswer;
import io.clinicalstreams.topics.terminal.OutputOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;

/** The outcome of apply, as a table or as JSON. */
record StepPrinter(List<Step> steps) {

    /** @param left the plan's changes that were not permitted; only JSON lists them, because stderr does for people */
    void print(List<Change> left, OutputOption output) {
        output.print(
                () -> steps.isEmpty()
                        ? "nothing done"
                        : steps.stream().map(StepPrinter::line).collect(Collectors.joining(System.lineSeparator())),
                () -> Stream.concat(
                                steps.stream().map(StepPrinter::fields),
                                left.stream().map(StepPrinter::fields))
                        .toList());
    }

    private static String line(Step step) {
        Change change = step.change();
        String wanted = Objects.requireNonNullElse(change.wanted(), "the cluster's default");
        String what = change.action() == Change.Action.CREATE
                ? change.topic() + ", " + wanted
                : "%s %s from %s to %s".formatted(change.topic(), change.key(), change.now(), wanted);
        return word(step) + "  " + what + (step.failure() == null ? "" : ": " + reason(step.failure()));
    }

    private static Map<String, Object> fields(Step step) {
        Map<String, Object> fields = new LinkedHashMap<>(TopicPlanPrinter.fields(step.change()));
        fields.put("state", word(step).strip());
        if (step.failure() != null) {
            fields.put("failure", reason(step.failure()));
        }
        return fields;
    }

    private static Map<String, Object> fields(Change left) {
        Map<String, Object> fields = new LinkedHashMap<>(TopicPlanPrinter.fields(left));
        fields.put("state", "not done");
        return fields;
    }

    private static String word(Step step) {
        return switch (step.state()) {
            case DONE -> step.change().action() == Change.Action.CREATE ? "created  " : "changed  ";
            case FAILED -> "failed   ";
            case UNKNOWN -> "unknown  ";
            case NOT_TRIED -> "not tried";
        };
    }

    private static String reason(KafkaException failure) {
        if (failure instanceof InterruptException) {
            return "interrupted before the cluster answered; it may have been done";
        }
        String message = ClusterAnswer.inWords(failure);
        return failure instanceof TimeoutException ? "no answer; it may have been done (" + message + ")" : message;
    }
}
