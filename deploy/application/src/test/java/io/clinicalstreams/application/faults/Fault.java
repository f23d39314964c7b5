package io.clinicalstreams.application.faults;

import static io.clinicalstreams.application.faults.Shape.THREE_INSTANCES;
import static io.clinicalstreams.application.faults.Shape.TWO_INSTANCES;

import io.clinicalstreams.topics.TopicNames;

/**
 * What happens to an {@link Installation} under load. After each, the verifier must find nothing lost, nothing doubled,
 * and every alert once; the next alert of every partition must come within a time.
 */
@SuppressWarnings("ImmutableEnumChecker") // records of numbers and durations, and functions without state
enum Fault {
    INSTANCE_KILLED(
            "SIGKILL of an instance; the other takes over",
            new Runs(1, 10),
            Within.of(5, 10),
            (on, time) -> InstanceFaults.kill(on, time % 2)),

    INSTANCES_ROLLED(
            "rolling restart of the instances (SIGTERM, start, ready); measured from the last stop",
            new Runs(1, 1),
            Within.seconds(30),
            (on, time) -> InstanceFaults.roll(on)),

    STATE_FOLDER_DAMAGED(
            "SIGKILL, and every file of the state folder is overwritten",
            new Runs(1, 1),
            Within.seconds(30),
            (on, time) -> InstanceFaults.damageState(on, 1)),

    INSTANCE_PAUSED(
            "SIGSTOP of an instance until the other has taken over, then SIGCONT",
            new Runs(0, 3),
            Within.seconds(30),
            (on, time) -> InstanceFaults.pause(on, 1)),

    BROKER_KILLED(
            "SIGKILL of the broker that leads the input's first partition",
            new Runs(1, 3),
            Within.seconds(30),
            (on, time) -> BrokerFaults.kill(on.leader(TopicNames.RESOURCE_RECEIVED))),

    GROUP_COORDINATOR_KILLED(
            "SIGKILL of the broker that coordinates the alerting lane's group",
            new Runs(0, 1),
            Within.seconds(30),
            (on, time) -> BrokerFaults.kill(on.groupCoordinator("alerting"))),

    LEADERS_MOVED(
            "every partition gets another leader",
            new Runs(1, 3),
            Within.seconds(30),
            (on, time) -> BrokerFaults.moveLeaders(on)),

    CUT_FROM_A_BROKER(
            "network cut between an instance and the leader of the input's first partition, then healed",
            new Runs(1, 3),
            Within.seconds(30),
            (on, time) -> NetworkFaults.cutFromTheLeader(on)),

    CONNECTIONS_RESET(
            "all connections of an instance are reset, ten times",
            new Runs(0, 1),
            Within.seconds(30),
            (on, time) -> NetworkFaults.resetRepeatedly(on)),

    INSTANCE_CUT_OFF(
            "network cut between an instance and all brokers; the other takes over, then the network heals",
            new Runs(0, 2),
            Within.seconds(30),
            (on, time) -> NetworkFaults.cutOff(on)),

    NETWORK_FLAPS(
            "network cut between an instance and all brokers for a moment, ten times",
            new Runs(0, 1),
            Within.seconds(30),
            (on, time) -> NetworkFaults.flap(on)),

    SLOW_NETWORK(
            "all data between an instance and the brokers takes 50 ms longer",
            new Runs(0, 1),
            Within.seconds(30),
            (on, time) -> NetworkFaults.slowDown(on)),

    INSTANCE_REPLACED(
            "SIGKILL of an instance, which is started again at once",
            new Runs(0, 5),
            Within.seconds(30),
            (on, time) -> InstanceFaults.replace(on, time % 2)),

    BOTH_KILLED(
            "SIGKILL of both instances at once; both are started again",
            new Runs(0, 3),
            Within.seconds(30),
            (on, time) -> InstanceFaults.replaceAll(on)),

    KILLED_IN_TURN(
            "SIGKILL of an instance; as soon as the other has taken over, SIGKILL of that one; both are started again",
            new Runs(0, 3),
            Within.seconds(30),
            (on, time) -> InstanceFaults.killInTurn(on)),

    KILLED_WHILE_JOINING(
            "SIGKILL of an instance, and three more while it starts, joins its groups and restores",
            new Runs(0, 3),
            Within.seconds(45),
            (on, time) -> InstanceFaults.killWhileJoining(on, 1)),

    STATE_FOLDER_DELETED(
            "SIGKILL, and the state folder is deleted",
            new Runs(0, 1),
            Within.seconds(30),
            (on, time) -> InstanceFaults.deleteState(on, 1)),

    INSTANCE_PAUSED_SHORTLY(
            "SIGSTOP of an instance for less than its session, then SIGCONT",
            new Runs(0, 3),
            Within.seconds(30),
            (on, time) -> InstanceFaults.pauseShortly(on, 1)),

    INSTANCE_CLOCK_AHEAD(
            "an instance's clock jumps two minutes ahead",
            new Runs(0, 1),
            Within.seconds(30),
            (on, time) -> InstanceFaults.strike(on, 1, JvmFault.CLOCK_TWO_MINUTES_AHEAD)),

    BROKER_STOPPED(
            "graceful stop of the broker that leads the input's first partition",
            new Runs(0, 1),
            Within.seconds(30),
            (on, time) -> BrokerFaults.stop(on.leader(TopicNames.RESOURCE_RECEIVED))),

    BROKERS_ROLLED(
            "rolling restart of the brokers; measured from the last stop",
            new Runs(0, 1),
            Within.seconds(30),
            (on, time) -> BrokerFaults.roll(on)),

    BROKER_PAUSED(
            "SIGSTOP of the broker that leads the input's first partition until an instance is not ready, then SIGCONT;"
                    + " measured from then",
            new Runs(0, 1),
            Within.seconds(60),
            (on, time) -> BrokerFaults.pause(on, on.leader(TopicNames.RESOURCE_RECEIVED))),

    TRANSACTION_COORDINATOR_KILLED(
            "SIGKILL of the broker that coordinates a transaction of the alerting lane",
            new Runs(0, 2),
            Within.seconds(30),
            (on, time) -> BrokerFaults.kill(on.transactionCoordinator("alerting"))),

    CONTROLLER_KILLED(
            "SIGKILL of the active controller, a broker too",
            new Runs(0, 1),
            Within.seconds(30),
            (on, time) -> BrokerFaults.kill(on.controller())),

    BROKER_AND_INSTANCE_KILLED(
            "SIGKILL of a broker and of an instance at once",
            new Runs(0, 2),
            Within.seconds(45),
            (on, time) ->
                    BrokerFaults.kill(on.leader(TopicNames.ALERT_GENERATED)).and(InstanceFaults.kill(on, 1))),

    TWO_BROKERS_KILLED(
            "SIGKILL of two brokers of three: no write until they are back; measured from their start",
            new Runs(0, 1),
            Within.seconds(60),
            (on, time) -> BrokerFaults.killAndStart(on.brokers().subList(0, 2))),

    ALL_BROKERS_KILLED(
            "SIGKILL of all brokers, as in a power failure; measured from their start",
            new Runs(0, 2),
            Within.seconds(60),
            (on, time) -> BrokerFaults.killAndStart(on.brokers())),

    EVERYTHING_KILLED(
            "SIGKILL of all brokers and all instances; measured from the start of both",
            new Runs(0, 1),
            Within.seconds(60),
            (on, time) -> InstanceFaults.killAllAndTheBrokers(on)),

    BROKER_CLOCK_AHEAD(
            "the clock of the broker that leads the input's first partition jumps two minutes ahead",
            new Runs(0, 1),
            Within.seconds(45),
            (on, time) -> BrokerFaults.strike(on, JvmFault.CLOCK_TWO_MINUTES_AHEAD)),

    SLOW_DISK(
            "each append to the log takes 20 ms longer at the broker that leads the input's first partition",
            new Runs(0, 1),
            Within.seconds(45),
            (on, time) -> BrokerFaults.strike(on, JvmFault.SLOW_DISK)),

    DISK_FULL_AT_A_BROKER(
            "disk full at the broker that leads the input's first partition (tmpfs)",
            new Runs(0, 1),
            Within.seconds(45),
            (on, time) -> DiskFaults.fillBroker(on)),

    DISK_FULL_AT_AN_INSTANCE(
            "disk full under an instance's state folder, then SIGKILL of the instance (tmpfs)",
            new Runs(0, 1),
            Within.seconds(45),
            (on, time) -> DiskFaults.fillInstance(on, 1)),

    FIFTY_KILLS(
            "50 SIGKILLs in a row, of one instance and the other in turn, each at any moment and started again at once",
            new Runs(0, 50),
            Within.seconds(30),
            (on, time) -> InstanceFaults.replace(on, time % 2)),

    ONE_OF_THREE_KILLED(
            THREE_INSTANCES,
            "SIGKILL of an instance; the others take over",
            new Runs(0, 5),
            Within.seconds(30),
            (on, time) -> InstanceFaults.kill(on, time % 3)),

    TWO_OF_THREE_KILLED(
            THREE_INSTANCES,
            "SIGKILL of two instances at once; the third takes over",
            new Runs(0, 2),
            Within.seconds(45),
            (on, time) -> InstanceFaults.kill(on, 1).and(InstanceFaults.kill(on, 2))),

    ONE_OF_EACH_KIND_AWAY(
            THREE_INSTANCES,
            "a broker and an instance are killed while another instance is paused",
            new Runs(0, 1),
            Within.seconds(60),
            (on, time) -> InstanceFaults.pause(on, 2)
                    .and(BrokerFaults.kill(on.leader(TopicNames.ALERT_GENERATED)))
                    .and(InstanceFaults.kill(on, 1)));

    private final Shape shape;
    private final String words;
    private final Runs runs;
    private final Within within;
    private final Strike strike;

    Fault(Shape shape, String words, Runs runs, Within within, Strike strike) {
        this.shape = shape;
        this.words = words;
        this.runs = runs;
        this.within = within;
        this.strike = strike;
    }

    Fault(String words, Runs runs, Within within, Strike strike) {
        this(TWO_INSTANCES, words, runs, within, strike);
    }

    /**
     * How often it is repeated before the verdict.
     *
     * @param inVerify in {@code mvn verify}; 0: not at all
     * @param inAll with {@code -Pfaults}
     */
    record Runs(int inVerify, int inAll) {}

    @FunctionalInterface
    interface Strike {

        /** @param time 0 for the first, 1 for the second */
        Struck on(Installation installation, int time);
    }

    Shape shape() {
        return shape;
    }

    Runs runs() {
        return runs;
    }

    Within within() {
        return within;
    }

    Strike strike() {
        return strike;
    }

    @Override
    public String toString() {
        return words;
    }
}
