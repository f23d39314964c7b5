package io.clinicalstreams.loadgen.verify.classify;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The references that only mean something inside one Bundle: its entries by their {@code urn:} fullUrl. */
final class BundleReferences {

    /** An entry's resource; its id is null when it has none. */
    record Target(@Nullable String type, @Nullable String id) {}

    private final Map<String, Target> targets = new HashMap<>();

    static BundleReferences of(List<Json> entries) {
        BundleReferences references = new BundleReferences();
        for (Json value : entries) {
            if (value instanceof Json.Members entry && entry.get("resource") instanceof Json.Members resource) {
                String fullUrl = entry.text("fullUrl");
                if (fullUrl != null) {
                    references.targets.putIfAbsent(
                            fullUrl, new Target(resource.text("resourceType"), resource.text("id")));
                }
            }
        }
        return references;
    }

    /** Whether a reference means an entry of its Bundle and nothing else. */
    static boolean isLocal(String reference) {
        return reference.startsWith("urn:uuid:") || reference.startsWith("urn:oid:");
    }

    @Nullable
    Target find(String reference) {
        return targets.get(reference);
    }

    /** What stands for the reference outside of the Bundle; null where it finds nothing. */
    @Nullable
    String outside(String reference) {
        Target target = targets.get(reference);
        if (target == null) {
            return null;
        }
        return target.type() == null || target.id() == null ? reference : target.type() + '/' + target.id();
    }

    /** Every text of an element named {@code reference}, however deep. */
    static List<Json.Text> allIn(Json value) {
        List<Json.Text> found = new ArrayList<>();
        collect(value, found);
        return found;
    }

    private static void collect(Json value, List<Json.Text> found) {
        if (value instanceof Json.Members object) {
            object.elements().forEach((name, element) -> {
                if (name.equals("reference") && element instanceof Json.Text reference) {
                    found.add(reference);
                }
                collect(element, found);
            });
        } else if (value instanceof Json.Items array) {
            array.values().forEach(element -> collect(element, found));
        }
    }

    /** The resource's bytes with what its local references mean outside; all other bytes as they are. */
    byte[] spliced(byte[] bundle, Json.Members resource) {
        List<Json.Text> references = allIn(resource);
        references.sort(Comparator.comparingInt(Json.Text::start));
        ByteArrayOutputStream out = new ByteArrayOutputStream(resource.end() - resource.start());
        int from = resource.start();
        for (Json.Text reference : references) {
            String outside = isLocal(reference.value()) ? outside(reference.value()) : null;
            if (outside != null) {
                out.write(bundle, from, reference.start() + 1 - from);
                out.writeBytes(outside.getBytes(StandardCharsets.UTF_8));
                from = reference.end() - 1;
            }
        }
        out.write(bundle, from, resource.end() - from);
        return out.toByteArray();
    }
}
