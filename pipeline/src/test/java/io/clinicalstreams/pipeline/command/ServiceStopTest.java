package io.clinicalstreams.pipeline.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.topics.problem.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ServiceStopTest {

    private final List<ExitCode> exits = new ArrayList<>();
    private final List<String> closed = new ArrayList<>();
    private final CountDownLatch mayGoOn = new CountDownLatch(1);

    @AfterEach
    void forgetTheInterrupt() {
        boolean unused = Thread.interrupted();
    }

    @Test
    void closesTheServiceThatRunsAndEndsWithZero() {
        ServiceStop signal = new ServiceStop(Thread.currentThread(), exits::add);
        signal.started(() -> closed.add("service"), () -> false);

        signal.come();

        assertThat(closed).containsExactly("service");
        assertThat(exits).containsExactly(ExitCode.OK);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void endsWithOneWhenTheServiceHasFailed() {
        ServiceStop signal = new ServiceStop(Thread.currentThread(), exits::add);
        signal.started(() -> closed.add("service"), () -> true);

        signal.come();

        assertThat(exits).containsExactly(ExitCode.FAILURE);
    }

    @Test
    void interruptsAStartThatIsUnderWayAndEndsWithZero() throws InterruptedException {
        ServiceStop[] signal = new ServiceStop[1];
        Thread starting = new Thread(() -> {
            try {
                mayGoOn.await();
            } catch (InterruptedException interrupted) {
                closed.add("start");
                signal[0].close();
            }
        });
        signal[0] = new ServiceStop(starting, exits::add);
        starting.start();

        signal[0].come();
        starting.join(TimeUnit.SECONDS.toMillis(20));

        assertThat(closed).containsExactly("start");
        assertThat(signal[0].hasCome()).isTrue();
        assertThat(exits).containsExactly(ExitCode.OK);
    }

    @Test
    void closesAServiceThatHadStartedAllTheSame() throws InterruptedException {
        ServiceStop[] signal = new ServiceStop[1];
        Thread starting = new Thread(() -> {
            try {
                mayGoOn.await();
            } catch (InterruptedException tooLateToHeedIt) {
                signal[0].started(() -> closed.add("service"), () -> false);
            }
        });
        signal[0] = new ServiceStop(starting, exits::add);
        starting.start();

        signal[0].come();
        starting.join(TimeUnit.SECONDS.toMillis(20));

        assertThat(closed).containsExactly("service");
        assertThat(exits).containsExactly(ExitCode.OK);
    }
}
