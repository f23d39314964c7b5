package io.clinicalstreams.loadgen.profile;

import io.clinicalstreams.topics.terminal.HtmlText;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;
import one.convert.Arguments;
import one.convert.FlameGraph;

/**
 * The samples of running Java code in a recording: each is one thread's stack at a moment, so counts are shares of CPU time.
 *
 * @param stacks number of samples by stack, its methods joined by {@code ;} from the outermost in
 */
public record StackSamples(Map<String, Long> stacks) {

    private static final String SAMPLE = "jdk.ExecutionSample";

    /**
     * A method's part of all samples.
     *
     * @param self share in which it ran itself, 0 to 1
     * @param total share in which it or a method that it called ran
     */
    public record MethodShare(String method, double self, double total) {}

    public StackSamples {
        stacks = Collections.unmodifiableMap(new TreeMap<>(stacks));
    }

    /**
     * Reads a recording.
     *
     * @param threads which threads count, by a part of their name
     */
    public static StackSamples read(Path recording, Pattern threads) throws IOException {
        Map<String, Long> stacks = new HashMap<>();
        try (RecordingFile file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                RecordedEvent event = file.readEvent();
                if (event.getEventType().getName().equals(SAMPLE) && isOf(threads, event)) {
                    stacks.merge(stack(event), 1L, Long::sum);
                }
            }
        }
        return new StackSamples(stacks);
    }

    /** The number of samples. */
    public long count() {
        return stacks.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The methods, those that ran most themselves first. */
    public List<MethodShare> methods() {
        Map<String, Long> self = new HashMap<>();
        Map<String, Long> total = new HashMap<>();
        stacks.forEach((stack, samples) -> {
            String[] methods = stack.split(";");
            self.merge(methods[methods.length - 1], samples, Long::sum);
            // A method that calls itself is in a sample once.
            new HashSet<>(List.of(methods)).forEach(method -> total.merge(method, samples, Long::sum));
        });
        double all = Math.max(1, count());
        List<MethodShare> shares = new ArrayList<>();
        total.forEach((method, samples) ->
                shares.add(new MethodShare(method, self.getOrDefault(method, 0L) / all, samples / all)));
        shares.sort((a, b) -> {
            int bySelf = Double.compare(b.self(), a.self());
            int byTotal = bySelf != 0 ? bySelf : Double.compare(b.total(), a.total());
            return byTotal != 0 ? byTotal : a.method().compareTo(b.method());
        });
        return shares;
    }

    /** Writes a flame graph, one HTML page that needs no network. */
    public void writeFlameGraph(String title, OutputStream page) throws IOException {
        Arguments arguments = new Arguments();
        // The library writes it as it is.
        arguments.title = HtmlText.escaped(title);
        FlameGraph graph = new FlameGraph(arguments);
        graph.parseCollapsed(new StringReader(stacks.entrySet().stream()
                .map(stack -> stack.getKey() + ' ' + stack.getValue())
                .collect(Collectors.joining("\n"))));
        graph.dump(page);
    }

    private static boolean isOf(Pattern threads, RecordedEvent event) {
        RecordedThread thread = event.getThread("sampledThread");
        return event.getStackTrace() != null
                && thread != null
                && thread.getJavaName() != null
                && threads.matcher(thread.getJavaName()).find();
    }

    private static String stack(RecordedEvent event) {
        List<String> methods = event.getStackTrace().getFrames().stream()
                .filter(RecordedFrame::isJavaFrame)
                .map(frame -> frame.getMethod().getType().getName()
                        + '.'
                        + frame.getMethod().getName())
                .collect(Collectors.toCollection(ArrayList::new));
        Collections.reverse(methods);
        return String.join(";", methods);
    }
}
