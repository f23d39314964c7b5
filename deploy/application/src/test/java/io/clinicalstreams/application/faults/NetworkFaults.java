package io.clinicalstreams.application.faults;

import io.clinicalstreams.topics.TopicNames;
import java.time.Duration;
import java.time.Instant;

/** Faults of the network between the first instance and the brokers. The output of the others is the clock. */
final class NetworkFaults {

    private static final int TIMES = 10;
    private static final int MOMENT_OF_OUTPUT = 50;
    private static final int SECONDS_OF_OUTPUT = 500;
    private static final Duration SLOW = Duration.ofMillis(50);

    private NetworkFaults() {}

    static Struck cutFromTheLeader(Installation on) {
        on.proxies().get(on.leader(TopicNames.RESOURCE_RECEIVED).id()).cut();
        on.recovery().awaitMore(SECONDS_OF_OUTPUT);
        heal(on);
        return Struck.at(Instant.now());
    }

    static Struck cutOff(Installation on) {
        on.proxies().forEach(TcpProxy::cut);
        return Struck.now(() -> heal(on));
    }

    static Struck flap(Installation on) {
        for (int flap = 0; flap < TIMES; flap++) {
            on.proxies().forEach(TcpProxy::cut);
            on.recovery().awaitMore(MOMENT_OF_OUTPUT);
            heal(on);
            on.recovery().awaitMore(MOMENT_OF_OUTPUT);
        }
        return Struck.at(Instant.now());
    }

    static Struck resetRepeatedly(Installation on) {
        for (int reset = 0; reset < TIMES; reset++) {
            on.proxies().forEach(TcpProxy::reset);
            on.recovery().awaitMore(MOMENT_OF_OUTPUT);
        }
        return Struck.at(Instant.now());
    }

    static Struck slowDown(Installation on) {
        on.proxies().forEach(proxy -> proxy.slowDown(SLOW));
        return Struck.now(() -> on.proxies().forEach(proxy -> proxy.slowDown(Duration.ZERO)));
    }

    private static void heal(Installation on) {
        on.proxies().forEach(TcpProxy::heal);
    }
}
