package io.clinicalstreams.application.faults;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.none;

import java.lang.instrument.Instrumentation;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;

/** Loaded into a running broker or instance: Kafka's clock goes ahead there, or its appends to the log take longer. */
public final class FaultAgent {

    /** Read by the changed classes. */
    public static volatile long aheadMillis;

    public static volatile long appendMillis;

    private FaultAgent() {}

    /** @param arguments milliseconds that the clock goes ahead, a comma, milliseconds that each append takes longer */
    public static void agentmain(String arguments, Instrumentation instrumentation) {
        int comma = arguments.indexOf(',');
        aheadMillis = Long.parseLong(arguments.substring(0, comma));
        appendMillis = Long.parseLong(arguments.substring(comma + 1));
        new AgentBuilder.Default()
                .disableClassFormatChanges()
                .with(AgentBuilder.RedefinitionStrategy.RETRANSFORMATION)
                .ignore(none())
                .type(named("org.apache.kafka.common.utils.SystemTime"))
                .transform((builder, type, loader, module, domain) ->
                        builder.visit(Advice.to(Clock.class).on(named("milliseconds"))))
                .type(named("org.apache.kafka.storage.internals.log.LogSegment"))
                .transform((builder, type, loader, module, domain) ->
                        builder.visit(Advice.to(Disk.class).on(named("append"))))
                .installOn(instrumentation);
    }

    /** Its code is copied into the clock. */
    static final class Clock {

        private Clock() {}

        @Advice.OnMethodExit
        static void ahead(@Advice.Return(readOnly = false) long now) {
            now += FaultAgent.aheadMillis;
        }
    }

    /** Its code is copied into the log. */
    static final class Disk {

        private Disk() {}

        @Advice.OnMethodEnter
        static void slow() throws InterruptedException {
            Thread.sleep(FaultAgent.appendMillis);
        }
    }
}
