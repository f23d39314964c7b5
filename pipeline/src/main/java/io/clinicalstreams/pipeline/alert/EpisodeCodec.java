package io.clinicalstreams.pipeline.alert;

import io.clinicalstreams.pipeline.domain.episode.Episode;
import io.clinicalstreams.pipeline.domain.episode.Severity;
import io.clinicalstreams.pipeline.domain.episode.Transition;
import io.clinicalstreams.pipeline.domain.observation.Amount;
import io.clinicalstreams.pipeline.domain.observation.Coding;
import io.clinicalstreams.pipeline.domain.observation.Evidence;
import io.clinicalstreams.pipeline.domain.observation.Interval;
import io.clinicalstreams.pipeline.domain.observation.ObservationIdentity;
import io.clinicalstreams.pipeline.domain.observation.Unit;
import java.util.HexFormat;

/** One episode as bytes. Its three readings are often the same one, which is then written once. */
final class EpisodeCodec {

    private static final int PRELIMINARY = 1;
    private static final int GENERATED = 1 << 1;
    private static final int ENDED = 1 << 2;
    private static final int ENCOUNTER = 1 << 3;
    private static final int LATEST_IS_OPENING = 1 << 4;
    private static final int WORST_IS_OPENING = 1 << 5;
    private static final int WORST_IS_LATEST = 1 << 6;
    private static final int ANALYTE = 1 << 7;

    /** Replaces the code of a bound. */
    private static final int NO_NUMBER = 7;

    private EpisodeCodec() {}

    /** @param format the version of the state */
    static void encode(Episode episode, int format, StateOutput out) {
        int flags = flags(episode);
        out.octet(flags);
        out.octet(StoredCodes.of(episode.severity()) << 4 | StoredCodes.of(episode.transition()));
        if (format >= PatientStateCodec.WITH_ENDINGS) {
            out.octet(StoredCodes.of(episode.paged()));
        }
        out.octets(HexFormat.of().parseHex(episode.alertId()));
        out.text(episode.ruleId());
        if (episode.analyte() != null) {
            encode(episode.analyte(), out);
        }
        out.natural(episode.version());
        out.natural(episode.escalations());
        out.natural(episode.suppressed());
        out.instant(episode.lastNotifiedAt());
        if (episode.endedAt() != null) {
            out.instant(episode.endedAt());
        }
        if (episode.encounter() != null) {
            out.text(episode.encounter());
        }
        encode(episode.opening(), out);
        if ((flags & LATEST_IS_OPENING) == 0) {
            encode(episode.latest(), out);
        }
        if ((flags & (WORST_IS_OPENING | WORST_IS_LATEST)) == 0) {
            encode(episode.worst(), out);
        }
    }

    /** Before {@link PatientStateCodec#WITH_ENDINGS}, every transition that changed the severity was a page. */
    static Episode decode(int format, StateInput in) {
        int flags = in.octet();
        int state = in.octet();
        Severity severity = StoredCodes.severity(state >> 4);
        Severity paged = format < PatientStateCodec.WITH_ENDINGS ? severity : StoredCodes.severity(in.octet());
        String alertId = HexFormat.of().formatHex(in.octets());
        String ruleId = in.text();
        Coding analyte = (flags & ANALYTE) == 0 ? null : coding(in);
        int version = in.number();
        int escalations = in.number();
        int suppressed = in.number();
        var lastNotifiedAt = in.instant();
        var endedAt = (flags & ENDED) == 0 ? null : in.instant();
        String encounter = (flags & ENCOUNTER) == 0 ? null : in.text();
        Evidence opening = evidence(in);
        Evidence latest = (flags & LATEST_IS_OPENING) == 0 ? evidence(in) : opening;
        Evidence worst =
                (flags & WORST_IS_OPENING) != 0 ? opening : (flags & WORST_IS_LATEST) != 0 ? latest : evidence(in);
        return new Episode(
                alertId,
                ruleId,
                analyte,
                version,
                severity,
                StoredCodes.transition(state & 0x0F),
                opening,
                latest,
                worst,
                lastNotifiedAt,
                paged,
                endedAt,
                (flags & PRELIMINARY) != 0,
                escalations,
                suppressed,
                (flags & GENERATED) != 0,
                encounter);
    }

    private static int flags(Episode episode) {
        return (episode.preliminary() ? PRELIMINARY : 0)
                | (episode.generated() ? GENERATED : 0)
                | (episode.endedAt() != null ? ENDED : 0)
                | (episode.encounter() != null ? ENCOUNTER : 0)
                | (episode.latest().equals(episode.opening()) ? LATEST_IS_OPENING : 0)
                | (episode.worst().equals(episode.opening()) ? WORST_IS_OPENING : 0)
                | (episode.worst().equals(episode.latest()) ? WORST_IS_LATEST : 0)
                | (episode.analyte() != null ? ANALYTE : 0);
    }

    /** Whether it contains what formats before {@link PatientStateCodec#WITH_ANALYTES} cannot represent. */
    static boolean hasAnalyte(Episode episode) {
        return episode.analyte() != null
                || episode.opening().amount() == null
                || episode.latest().amount() == null
                || episode.worst().amount() == null;
    }

    /** Whether it contains what formats before {@link PatientStateCodec#WITH_ENDINGS} cannot represent. */
    static boolean hasEnding(Episode episode) {
        return episode.paged() != episode.severity()
                || episode.transition() == Transition.RECURRED
                || episode.transition() == Transition.ENDED;
    }

    /** Whether it contains what formats before {@link PatientStateCodec#WITH_STAYS} cannot represent. */
    static boolean namesEncounter(Episode episode) {
        return episode.opening().observation().kind() == ObservationIdentity.Kind.ENCOUNTER;
    }

    /** Whether it contains what formats before {@link PatientStateCodec#WITH_LINKS} cannot represent. */
    static boolean isMerged(Episode episode) {
        return episode.transition() == Transition.MOVED || episode.transition() == Transition.CONTINUED;
    }

    private static void encode(Evidence evidence, StateOutput out) {
        ObservationIdentity observation = evidence.observation();
        Amount amount = evidence.amount();
        int bound = amount == null ? NO_NUMBER : StoredCodes.of(amount.value().bound());
        out.octet(StoredCodes.of(observation.kind()) << 4
                | bound << 1
                | (amount != null && amount.unit().coded() ? 1 : 0));
        out.text(observation.text());
        if (amount != null) {
            out.decimal(amount.value().value());
            out.text(amount.unit().text());
        }
        out.instant(evidence.time());
    }

    private static Evidence evidence(StateInput in) {
        int kinds = in.octet();
        ObservationIdentity observation = new ObservationIdentity(StoredCodes.identity(kinds >> 4), in.text());
        int bound = kinds >> 1 & 0x07;
        if (bound == NO_NUMBER) {
            return new Evidence(observation, null, in.instant());
        }
        Interval value = new Interval(StoredCodes.bound(bound), in.decimal());
        return new Evidence(observation, new Amount(value, new Unit(in.text(), (kinds & 1) != 0)), in.instant());
    }

    private static void encode(Coding coding, StateOutput out) {
        out.text(coding.system() == null ? "" : coding.system());
        out.text(coding.code() == null ? "" : coding.code());
    }

    private static Coding coding(StateInput in) {
        String system = in.text();
        return new Coding(system.isEmpty() ? null : system, in.text());
    }
}
