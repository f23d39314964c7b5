package io.clinicalstreams.pipeline.runtime;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.FhirSettings;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.cluster.ClusterAnswer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Prevents lanes that read FHIR with different settings from running together. Each lane computes the patient key
 * itself: with different base URLs, the alerting lane would skip a resource that the recording lane considers correctly
 * keyed, and an alert would be lost; with different levels of validation, an alert would refer to a rejected reading.
 * Two processes may have loaded different catalogues, so every member's {@code group.instance.id}, which is visible in
 * the description of its group, contains a fingerprint of the settings. Nothing else depends on that id, unlike {@code
 * client.id}, which metrics and quotas use.
 */
record LaneAgreement(Catalogue catalogue, Lane lane) {

    private static final Logger LOG = LoggerFactory.getLogger(LaneAgreement.class);

    /** Version of the rules by which lanes compute keys. Lanes of two versions would disagree as well. */
    private static final String RULES = "2";

    /** The {@code group.instance.id}; Kafka Streams appends a hyphen and the thread's number. */
    String memberId(String instanceId) {
        return instanceId
                + '-'
                + lane.name()
                + '-'
                + fingerprint(catalogue.where().fhir());
    }

    /** Eight hexadecimal digits. */
    static String fingerprint(FhirSettings fhir) {
        CRC32 checksum = new CRC32();
        String settings = String.join(
                " ",
                RULES,
                String.join(" ", fhir.baseUrls()),
                fhir.zone().toString(),
                fhir.validation().toString(),
                String.join(" ", fhir.otherBaseUrls()));
        checksum.update(settings.getBytes(StandardCharsets.UTF_8));
        return "%08x".formatted(checksum.getValue());
    }

    /**
     * Waits until no member of any lane's group has different settings. A dead member is listed until its session ends.
     *
     * @param atMost maximum time to wait
     * @throws StartupException if there still is such a member
     */
    void await(Admin admin, Duration atMost) {
        List<String> others = disagreeing(admin);
        if (others.isEmpty()) {
            return;
        }
        LOG.atWarn()
                .addKeyValue("lane", lane.name())
                .log("waits up to " + atMost.toSeconds() + " s for instances of " + String.join(", ", others)
                        + " with different settings to leave");
        if (!ClusterAnswer.eventually(atMost, () -> disagreeing(admin).isEmpty())) {
            demand(admin);
        }
    }

    /** @throws StartupException if a member of a lane's group has different settings */
    void demand(Admin admin) {
        List<String> others = disagreeing(admin);
        if (!others.isEmpty()) {
            throw new StartupException("lane " + lane.name() + ": running instances of " + String.join(", ", others)
                    + " have different fhir.base-urls, fhir.other-base-urls, fhir.validation or fhir.zone from environment "
                    + catalogue.environment()
                    + " of this catalogue, or are of an older version that does not show them. One patient would have two"
                    + " keys, and alerts would be lost. Stop all lanes first, then start them with the same catalogue");
        }
    }

    /** The names of lanes with such a member. */
    private List<String> disagreeing(Admin admin) {
        Map<String, KafkaFuture<ConsumerGroupDescription>> groups = admin.describeConsumerGroups(
                        catalogue.lanes().stream().map(Lane::applicationId).toList())
                .describedGroups();
        return catalogue.lanes().stream()
                .filter(each -> disagrees(members(Objects.requireNonNull(groups.get(each.applicationId())))))
                .map(Lane::name)
                .toList();
    }

    private static Collection<MemberDescription> members(KafkaFuture<ConsumerGroupDescription> group) {
        try {
            return ClusterAnswer.of(group).members();
        } catch (GroupIdNotFoundException neverRan) {
            return List.of();
        }
    }

    /** A member without a fingerprint is an older service that has these settings elsewhere. */
    boolean disagrees(Collection<MemberDescription> members) {
        String agreeing = ".*-" + fingerprint(catalogue.where().fhir()) + "-\\d+";
        return members.stream()
                .anyMatch(member -> !member.groupInstanceId().orElse("").matches(agreeing));
    }
}
