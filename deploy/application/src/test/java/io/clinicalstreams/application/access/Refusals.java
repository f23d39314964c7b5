package io.clinicalstreams.application.access;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** The reasons that the service logs: why lane threads failed, and what it may not look at. */
final class Refusals implements AutoCloseable {

    private final Logger logger = (Logger) LogManager.getLogger("io.clinicalstreams.pipeline.runtime");
    private final List<String> reasons = new CopyOnWriteArrayList<>();
    private final AbstractAppender listening =
            new AbstractAppender("refusals", null, null, true, Property.EMPTY_ARRAY) {
                @Override
                public void append(LogEvent event) {
                    Object reason = event.getContextData().getValue("reason");
                    if (reason != null) {
                        reasons.add(reason.toString());
                    }
                }
            };

    Refusals() {
        listening.start();
        logger.addAppender(listening);
    }

    String text() {
        return String.join(", ", reasons);
    }

    @Override
    public void close() {
        logger.removeAppender(listening);
        listening.stop();
    }
}
