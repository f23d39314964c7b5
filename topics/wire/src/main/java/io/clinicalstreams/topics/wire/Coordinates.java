package io.clinicalstreams.topics.wire;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Where an input resource was first read: topic, partition and offset of its record, and its index among a Bundle's
 * entries. Written as {@code topic/partition/offset} for a whole record and {@code topic/partition/offset/index} for a
 * Bundle entry. It identifies a resource without revealing its content.
 *
 * @param topic the first topic's full name
 * @param index position in {@code Bundle.entry} from 0, or {@link #WHOLE_RECORD}
 */
public record Coordinates(String topic, int partition, long offset, int index) {

    public static final int WHOLE_RECORD = -1;

    public Coordinates {
        if (topic.isEmpty() || topic.indexOf('/') >= 0 || partition < 0 || offset < 0 || index < WHOLE_RECORD) {
            throw new IllegalArgumentException("not coordinates: partition, offset and index must not be negative");
        }
    }

    public static Coordinates ofRecord(String topic, int partition, long offset) {
        return new Coordinates(topic, partition, offset, WHOLE_RECORD);
    }

    /** The coordinates of this record. */
    public static Coordinates of(ConsumerRecord<?, ?> record) {
        return ofRecord(record.topic(), record.partition(), record.offset());
    }

    /** The coordinates of one entry of the Bundle in this record. */
    public Coordinates entry(int index) {
        return new Coordinates(topic, partition, offset, index);
    }

    public boolean isEntry() {
        return index != WHOLE_RECORD;
    }

    /**
     * Parses the text form.
     *
     * @throws IllegalArgumentException when the text is not coordinates; the message does not repeat it
     */
    public static Coordinates parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length < 3 || parts.length > 4) {
            throw new IllegalArgumentException("not coordinates: expected topic/partition/offset[/index]");
        }
        try {
            int index = parts.length == 4 ? Integer.parseInt(parts[3]) : WHOLE_RECORD;
            return new Coordinates(parts[0], Integer.parseInt(parts[1]), Long.parseLong(parts[2]), index);
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException("not coordinates: partition, offset and index must be whole numbers");
        }
    }

    /** The text form as header bytes. */
    public byte[] toBytes() {
        return toString().getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public String toString() {
        String record = topic + '/' + partition + '/' + offset;
        return isEntry() ? record + '/' + index : record;
    }
}
