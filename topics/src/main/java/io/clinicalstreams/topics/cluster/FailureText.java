package io.clinicalstreams.topics.cluster;

import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Why something failed, in one line: the messages from the outermost to the deepest cause, without repetitions. */
public final class FailureText {

    private FailureText() {}

    public static String of(Throwable failure) {
        List<String> messages = new ArrayList<>();
        Throwable each = failure;
        while (each != null) {
            Throwable cause = each.getCause();
            String message = message(each);
            // An exception made of nothing but its cause has the cause's text as its message.
            boolean onlyWraps = cause != null && message.equals(oneLine(cause.toString()));
            if (!onlyWraps && messages.stream().noneMatch(earlier -> earlier.contains(message))) {
                messages.add(message);
            }
            each = cause;
        }
        return String.join(": ", messages);
    }

    /** A missing file's message is its path and nothing else. */
    private static String message(Throwable failure) {
        String kind = failure.getClass().getSimpleName();
        String message = failure.getMessage();
        if (message == null || message.isBlank()) {
            return kind;
        }
        return failure instanceof FileSystemException ? kind + ": " + oneLine(message) : oneLine(message);
    }

    private static String oneLine(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).collect(Collectors.joining(" "));
    }
}
