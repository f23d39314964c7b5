package io.clinicalstreams.verifier.classify;

import io.clinicalstreams.topics.wire.ResourceTypeNames;
import io.clinicalstreams.verifier.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The references that change their meaning outside the Bundle, as one entry sees them: the {@code urn:} fullUrls of all
 * entries and, if the entry belongs to another server, its relative references.
 */
final class BundleReferences {

    private static final Pattern RELATIVE =
            Pattern.compile("([A-Za-z]+)/[A-Za-z0-9\\-.]{1,64}(?:/_history/[A-Za-z0-9\\-.]{1,64})?(?:#[^\\s?]*)?");

    /** An entry's resource; its type is null when it is not a FHIR type, its id when it is not a valid id. */
    record Target(@Nullable String type, @Nullable String id) {}

    private final Map<String, Target> targets;
    private final Set<String> ambiguous;
    private final ServiceBase home;
    private final JsonValue.@Nullable Text fullUrl;

    private BundleReferences(
            Map<String, Target> targets, Set<String> ambiguous, ServiceBase home, JsonValue.@Nullable Text fullUrl) {
        this.targets = targets;
        this.ambiguous = ambiguous;
        this.home = home;
        this.fullUrl = fullUrl;
    }

    static BundleReferences of(List<JsonValue> entries) {
        BundleReferences references = new BundleReferences(new HashMap<>(), new HashSet<>(), ServiceBase.OURS, null);
        for (JsonValue value : entries) {
            JsonValue.Members resource = value instanceof JsonValue.Members entry ? entry.object("resource") : null;
            String fullUrl = value instanceof JsonValue.Members entry ? entry.text("fullUrl") : null;
            if (resource != null && fullUrl != null) {
                references.add(fullUrl, target(resource));
            }
        }
        return references;
    }

    private static Target target(JsonValue.Members resource) {
        String type = resource.text("resourceType");
        String id = resource.text("id");
        boolean known = type != null && ResourceTypeNames.NAMES.contains(type);
        boolean named = known && id != null && Elements.isId(id);
        return new Target(known ? type : null, named ? id : null);
    }

    /** A name shared by two resources resolves to neither; without an id, two cannot be distinguished from one. */
    private void add(String name, Target target) {
        Target before = targets.putIfAbsent(name, target);
        if (before != null && (target.id() == null || !target.equals(before))) {
            ambiguous.add(name);
        }
    }

    /** The same, from the view of one entry. */
    BundleReferences seenFrom(ServiceBase entrysHome, JsonValue.@Nullable Text entrysFullUrl) {
        return new BundleReferences(targets, ambiguous, entrysHome, entrysFullUrl);
    }

    ServiceBase home() {
        return home;
    }

    /** Whether a reference can only mean an entry of its Bundle. */
    static boolean isLocal(String reference) {
        return reference.startsWith("urn:uuid:") || reference.startsWith("urn:oid:");
    }

    /** Whether a reference is {@code Type/id}, with or without a version. */
    static boolean isRelative(String reference) {
        Matcher parts = RELATIVE.matcher(reference);
        return parts.matches() && ResourceTypeNames.NAMES.contains(parts.group(1));
    }

    @Nullable
    Target find(String reference) {
        int fragment = reference.indexOf('#');
        String name = fragment < 0 ? reference : reference.substring(0, fragment);
        return ambiguous.contains(name) ? null : targets.get(name);
    }

    /** The replacement for a local reference outside the Bundle; null when it does not resolve. */
    @Nullable
    String outside(String reference) {
        Target target = find(reference);
        if (target == null) {
            return null;
        }
        return target.type() == null || target.id() == null ? reference : target.type() + '/' + target.id();
    }

    /** Every text of an element named {@code reference}, at any depth. */
    static List<JsonValue.Text> allIn(JsonValue value) {
        List<JsonValue.Text> found = new ArrayList<>();
        collect(value, found);
        return found;
    }

    private static void collect(JsonValue value, List<JsonValue.Text> found) {
        if (value instanceof JsonValue.Members object) {
            object.elements().forEach((name, element) -> {
                if (name.equals("reference") && element instanceof JsonValue.Text reference) {
                    found.add(reference);
                }
                collect(element, found);
            });
        } else if (value instanceof JsonValue.Items array) {
            array.values().forEach(element -> collect(element, found));
        }
    }

    /** How many bytes the resource grows when its references are resolved, ignoring those that get shorter. */
    long growth(JsonValue.Members resource) {
        long growth = 0;
        for (JsonValue.Text reference : allIn(resource)) {
            byte[] instead = instead(reference);
            if (instead != null) {
                int asWritten = isLocal(reference.value()) ? reference.written() : 0;
                growth += Math.max(0, instead.length - asWritten);
            }
        }
        return growth;
    }

    /** The replacement of a local reference, or the prefix of a relative one; null when it stays unchanged. */
    private byte @Nullable [] instead(JsonValue.Text reference) {
        String text = null;
        if (isLocal(reference.value())) {
            String outside = outside(reference.value());
            text = reference.value().equals(outside) ? null : outside;
        } else if (!home.isOurs() && isRelative(reference.value())) {
            text = home.root();
        }
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The resource's bytes in the output: references resolved, all other bytes unchanged. A Patient of another server
     * is sent with its fullUrl in a Bundle of one; any other Patient unchanged.
     *
     * @return null when no byte changes
     */
    byte @Nullable [] sentOn(byte[] bundle, JsonValue.Members resource) {
        if ("Patient".equals(resource.text("resourceType"))) {
            return home.isOurs() || fullUrl == null ? null : alone(bundle, resource, fullUrl);
        }
        return spliced(bundle, resource);
    }

    private static byte[] alone(byte[] bundle, JsonValue.Members patient, JsonValue.Text fullUrl) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(patient.end() - patient.start() + 256);
        write("{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[{\"fullUrl\":", out);
        out.write(bundle, fullUrl.start(), fullUrl.end() - fullUrl.start());
        write(",\"resource\":", out);
        out.write(bundle, patient.start(), patient.end() - patient.start());
        write("}]}", out);
        return out.toByteArray();
    }

    private static void write(String text, ByteArrayOutputStream out) {
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    private byte @Nullable [] spliced(byte[] bundle, JsonValue.Members resource) {
        List<JsonValue.Text> references = allIn(resource);
        references.sort(Comparator.comparingInt(JsonValue.Text::start));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int from = resource.start();
        for (JsonValue.Text reference : references) {
            byte[] instead = instead(reference);
            if (instead != null) {
                out.write(bundle, from, reference.start() + 1 - from);
                out.writeBytes(instead);
                from = isLocal(reference.value()) ? reference.end() - 1 : reference.start() + 1;
            }
        }
        if (from == resource.start()) {
            return null;
        }
        out.write(bundle, from, resource.end() - from);
        return out.toByteArray();
    }
}
