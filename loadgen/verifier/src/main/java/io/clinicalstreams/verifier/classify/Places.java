package io.clinicalstreams.verifier.classify;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.TopicNames;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Where inputs come in and outputs go out. */
public record Places(
        Place received,
        Place rekeyed,
        Place rejected,
        Map<Destination, Place> recorded,
        Place alertsGenerated,
        Place alertsCurrent,
        Place alertRules) {

    public Places {
        if (recorded.size() != Destination.values().length) {
            throw new IllegalArgumentException("every destination needs a place");
        }
        recorded = Map.copyOf(recorded);
    }

    public static Places of(Catalogue catalogue) {
        Map<Destination, Place> recorded = new EnumMap<>(Destination.class);
        for (Destination destination : Destination.values()) {
            recorded.put(destination, place(catalogue, destination.topic()));
        }
        return new Places(
                place(catalogue, TopicNames.RESOURCE_RECEIVED),
                place(catalogue, TopicNames.RESOURCE_REKEYED),
                place(catalogue, TopicNames.RESOURCE_REJECTED),
                recorded,
                place(catalogue, TopicNames.ALERT_GENERATED),
                place(catalogue, TopicNames.ALERT_CURRENT),
                place(catalogue, TopicNames.ALERT_RULE));
    }

    public Place recorded(Destination destination) {
        Place place = recorded.get(destination);
        if (place == null) {
            throw new IllegalStateException("no place for " + destination);
        }
        return place;
    }

    public List<Place> all() {
        List<Place> all =
                new ArrayList<>(List.of(received, rekeyed, rejected, alertsGenerated, alertsCurrent, alertRules));
        all.addAll(recorded.values());
        return all;
    }

    private static Place place(Catalogue catalogue, String name) {
        Topic topic = catalogue.topic(name);
        return new Place(
                name,
                topic.fullName(),
                topic.partitions(),
                catalogue.largestRecord(catalogue.lane("recording"), topic));
    }
}
