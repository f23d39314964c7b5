package io.clinicalstreams.loadgen.generate;

import io.clinicalstreams.loadgen.generate.Generated.Keying;
import io.clinicalstreams.loadgen.send.Outgoing;
import io.clinicalstreams.topics.wire.Partitions;

/** Gives a valid record no key, a wrong key or a wrong partition, in turn. */
final class Keys {

    private final int partitions;
    private final int patients;
    private final Randomness random;
    private int turn;

    Keys(int partitions, int patients, Randomness random) {
        this.partitions = partitions;
        this.patients = patients;
        this.random = random;
    }

    /** The next way to mis-key a record. With one partition, no partition is wrong. */
    Keying next() {
        turn = (turn + 1) % 3;
        return switch (turn) {
            case 1 -> Keying.NO_KEY;
            case 2 -> Keying.OTHER_PATIENT;
            default -> partitions == 1 ? Keying.NO_KEY : Keying.OTHER_PARTITION;
        };
    }

    Outgoing apply(Keying keying, Outgoing right, int patient) {
        byte[] value = right.value();
        return switch (keying) {
            case RIGHT -> right;
            case NO_KEY -> new Outgoing(null, value, null, right.resources());
            case OTHER_PATIENT ->
                new Outgoing(GeneratedPatient.reference(other(patient)), value, null, right.resources());
            case OTHER_PARTITION ->
                new Outgoing(
                        right.key(), value, wrongPartition(GeneratedPatient.reference(patient)), right.resources());
        };
    }

    private int other(int patient) {
        return (patient + 1 + random.nextInt(patients - 1)) % patients;
    }

    private int wrongPartition(byte[] key) {
        int rightOne = Partitions.partitionFor(key, partitions);
        return (rightOne + 1 + random.nextInt(partitions - 1)) % partitions;
    }
}
