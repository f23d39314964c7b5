package io.clinicalstreams.topics;

/**
 * The logical names of the topics, {@code domain.entity.event}. The name on a cluster is {@link Topic#fullName()}, with
 * the environment's prefix.
 */
public final class TopicNames {

    public static final String RESOURCE_RECEIVED = "clinical.resource.received";
    public static final String RESOURCE_REKEYED = "clinical.resource.rekeyed";
    public static final String RESOURCE_REJECTED = "clinical.resource.rejected";
    public static final String RESOURCE_ACCOUNTED = "clinical.resource.accounted";
    public static final String OBSERVATION_RECORDED = "clinical.observation.recorded";
    public static final String MEDICATION_REQUESTED = "clinical.medication.requested";
    public static final String ENCOUNTER_CHANGED = "administrative.encounter.changed";
    public static final String ALERT_GENERATED = "clinical.alert.generated";
    public static final String ALERT_CURRENT = "clinical.alert.current";
    public static final String SCORE_COMPUTED = "clinical.score.computed";
    public static final String ALERT_RULE = "reference.alert.rule";
    public static final String MEDICATION_CATALOG = "reference.medication.catalog";

    private TopicNames() {}
}
