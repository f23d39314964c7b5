package io.clinicalstreams.pipeline.runtime;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles every failure that Kafka Streams reports: stops the thread, and logs where, never what. Bad input does not
 * get here, because the steps turn it into outcomes. These failures are faults of code or cluster, and continuing would
 * lose a record. Kafka's own handlers are not used, because they write exception texts, and so patient data, to headers
 * and logs.
 */
public final class FailWithCoordinates
        implements DeserializationExceptionHandler, ProcessingExceptionHandler, ProductionExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(FailWithCoordinates.class);

    @Override
    public DeserializationExceptionHandler.Response handleError(
            ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception failure) {
        log("could not deserialize a record", context, failure);
        return DeserializationExceptionHandler.Response.fail();
    }

    @Override
    public ProcessingExceptionHandler.Response handleError(
            ErrorHandlerContext context, Record<?, ?> record, Exception failure) {
        log("a step failed", context, failure);
        return ProcessingExceptionHandler.Response.fail();
    }

    @Override
    public ProductionExceptionHandler.Response handleError(
            ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception failure) {
        log("could not write to " + record.topic(), context, failure);
        return failure instanceof RetriableException
                ? ProductionExceptionHandler.Response.retry()
                : ProductionExceptionHandler.Response.fail();
    }

    @Override
    @SuppressWarnings("rawtypes")
    public ProductionExceptionHandler.Response handleSerializationError(
            ErrorHandlerContext context,
            ProducerRecord record,
            Exception failure,
            ProductionExceptionHandler.SerializationExceptionOrigin origin) {
        log("could not serialize a record for " + record.topic(), context, failure);
        return ProductionExceptionHandler.Response.fail();
    }

    @Override
    public void configure(Map<String, ?> settings) {
        // Nothing to configure.
    }

    private static void log(String message, ErrorHandlerContext context, Exception failure) {
        LOG.atError()
                .addKeyValue("step", context.processorNodeId())
                .addKeyValue("topic", context.topic())
                .addKeyValue("partition", context.partition())
                .addKeyValue("offset", context.offset())
                .addKeyValue("reason", failure.getClass().getName())
                .log(message);
    }
}
