package io.clinicalstreams.pipeline.runtime;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.filter.AbstractFilter;
import org.apache.logging.log4j.core.filter.AbstractFilterable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds the rate of the log: from each logger, so many lines of each level and reason in a time. The others are counted,
 * and a line tells how many there were. Kafka's clients log each attempt to reach a broker: 33,000 warnings in an outage of 12
 * minutes. Log4j's own burst filter drops lines without a trace.
 */
final class LogRate implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LogRate.class);

    /** Of warnings and errors; more than any logger writes while all is well. */
    private static final int LINES = 20;

    /** Kafka Streams tells each start, stop and rebalance of both lanes in lines of INFO. */
    private static final int TIMES_FOR_INFO = 5;

    private static final Duration TIME = Duration.ofMinutes(1);

    /** The key of a structured line that says why. */
    private static final String REASON = "reason";

    /** One logger's lines of one level, with one reason. */
    private record Kind(
            String logger, Level level, @Nullable String reason) {

        static Kind of(LogEvent event) {
            return new Kind(
                    event.getLoggerName(),
                    event.getLevel(),
                    event.getContextData().getValue(REASON));
        }

        @Override
        public String toString() {
            return level + " lines of " + logger + (reason == null ? "" : " with reason " + reason);
        }
    }

    private final int most;
    private final Duration time;
    private final List<Bound> bounds;
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "log-rate");
        thread.setDaemon(true);
        return thread;
    });

    LogRate(int most, Duration time, Configuration configuration) {
        this.most = most;
        this.time = time;
        this.bounds = configuration.getAppenders().values().stream()
                .filter(AbstractFilterable.class::isInstance)
                .map(appender -> new Bound((AbstractFilterable) appender))
                .toList();
        bounds.forEach(bound -> bound.appender.addFilter(bound));
        Future<?> unused =
                ticks.scheduleAtFixedRate(this::reportLeftOut, time.toMillis(), time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Bounds this process's log until it is closed. */
    static LogRate ofThisProcess() {
        return new LogRate(LINES, TIME, LoggerContext.getContext(false).getConfiguration());
    }

    private void reportLeftOut() {
        // A line goes to several appenders, and is told once.
        Map<Kind, Integer> leftOut = new HashMap<>();
        for (Bound bound : bounds) {
            bound.lines.keySet().forEach(kind -> {
                Integer counted = bound.lines.remove(kind);
                if (counted != null && counted > most(kind)) {
                    leftOut.merge(kind, counted - most(kind), Math::max);
                }
            });
        }
        leftOut.forEach((kind, count) ->
                LOG.atWarn().log("left out " + count + " " + kind + ": at most " + most(kind) + " in " + time));
    }

    private int most(Kind kind) {
        return kind.level().isLessSpecificThan(Level.INFO) ? TIMES_FOR_INFO * most : most;
    }

    /** Counts the lines of one appender. */
    private final class Bound extends AbstractFilter {

        private final AbstractFilterable appender;
        private final Map<Kind, Integer> lines = new ConcurrentHashMap<>();

        Bound(AbstractFilterable appender) {
            this.appender = appender;
        }

        @Override
        public Result filter(LogEvent event) {
            boolean isOurs = event.getLoggerName().equals(LogRate.class.getName());
            Kind kind = Kind.of(event);
            return isOurs || lines.merge(kind, 1, Integer::sum) <= most(kind) ? Result.NEUTRAL : Result.DENY;
        }
    }

    @Override
    public void close() {
        ticks.shutdownNow();
        bounds.forEach(bound -> bound.appender.removeFilter(bound));
        reportLeftOut();
    }
}
