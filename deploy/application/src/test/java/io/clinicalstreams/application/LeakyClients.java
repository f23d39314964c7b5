package io.clinicalstreams.application;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.none;

import java.lang.instrument.Instrumentation;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;

/**
 * Loaded into a running pipeline: each of these methods fails once, in a lane's thread, with a patient's name in the
 * message. The process prints which one.
 */
public final class LeakyClients {

    static final String NAME = "Baggins";

    private record Door(String type, String method) {

        String name() {
            return nameOf(type, method);
        }
    }

    private static final List<Door> DOORS = List.of(
            new Door("org.apache.kafka.clients.consumer.KafkaConsumer", "poll"),
            new Door("io.clinicalstreams.pipeline.input.PollBudget", "deserialize"),
            new Door("org.apache.kafka.common.serialization.ByteArrayDeserializer", "deserialize"),
            new Door("org.apache.kafka.common.serialization.ByteArraySerializer", "serialize"),
            new Door("org.apache.kafka.clients.producer.KafkaProducer", "send"),
            new Door("io.clinicalstreams.pipeline.alert.PatientStore", "putAll"),
            new Door("io.clinicalstreams.pipeline.alert.PatientStore", "commit"),
            new Door("org.apache.kafka.streams.processor.internals.ProcessorStateManager", "restore"));

    private static final Set<String> MET = ConcurrentHashMap.newKeySet();

    private LeakyClients() {}

    /** What the process prints, one line for each method. */
    static List<String> lines() {
        return DOORS.stream().map(door -> "met " + door.name()).toList();
    }

    private static String nameOf(String type, String method) {
        return type.substring(type.lastIndexOf('.') + 1) + '.' + method;
    }

    /** @param arguments none */
    public static void agentmain(String arguments, Instrumentation instrumentation) {
        AgentBuilder agent = new AgentBuilder.Default()
                .disableClassFormatChanges()
                .with(AgentBuilder.RedefinitionStrategy.RETRANSFORMATION)
                .ignore(none());
        for (Door door : DOORS) {
            agent = agent.type(named(door.type()))
                    .transform((builder, type, loader, module, domain) ->
                            builder.visit(Advice.to(Failing.class).on(named(door.method()))));
        }
        agent.installOn(instrumentation);
    }

    /** Called by the changed classes. */
    public static void fail(String type, String method) {
        String thread = Thread.currentThread().getName();
        boolean isOfALane = thread.contains("-StreamThread-") || thread.contains("-StateUpdater-");
        if (isOfALane && isFirst(nameOf(type, method))) {
            throw new IllegalStateException("the record of " + NAME, new IllegalArgumentException("value " + NAME));
        }
    }

    private static boolean isFirst(String place) {
        if (!MET.add(place)) {
            return false;
        }
        System.err.println("met " + place);
        return true;
    }

    /** Its code is copied into the methods. */
    static final class Failing {

        private Failing() {}

        @Advice.OnMethodEnter
        static void fail(@Advice.Origin("#t") String type, @Advice.Origin("#m") String method) {
            LeakyClients.fail(type, method);
        }
    }
}
