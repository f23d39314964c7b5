package io.clinicalstreams.loadgen.send;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.apache.kafka.clients.producer.Producer;

/** One of several sending threads, each with its own producer. */
final class SendingThread {

    private static final int WAITING = 1_024;

    private final BlockingQueue<DueRecord> queue = new ArrayBlockingQueue<>(WAITING);
    private final Producer<byte[], byte[]> producer;
    private final Sending sending;
    private final Thread thread = new Thread(this::send, "sender");
    private volatile boolean isLast;

    private SendingThread(Producer<byte[], byte[]> producer, Sending sending) {
        this.producer = producer;
        this.sending = sending;
        thread.setDaemon(true);
    }

    static SendingThread start(Producer<byte[], byte[]> producer, Sending sending) {
        SendingThread sender = new SendingThread(producer, sending);
        sender.thread.start();
        return sender;
    }

    /** Queues the next record of one of its keys; waits while the queue is full, unless the run is over. */
    void give(DueRecord next) {
        while (!queue.offer(next) && !sending.isOver()) {
            sending.tell();
            sending.pause();
        }
    }

    /** No more records follow: waits until the queue is sent. */
    void finish() {
        isLast = true;
        while (thread.isAlive()) {
            sending.tell();
            sending.pause();
        }
    }

    private void send() {
        while (!sending.isOver()) {
            // Read before polling, so that a record queued in between is not left unsent.
            boolean wasLast = isLast;
            DueRecord next = queue.poll();
            if (next != null) {
                sending.send(producer, next, () -> {});
            } else if (wasLast) {
                return;
            } else {
                sending.pause();
            }
        }
    }
}
