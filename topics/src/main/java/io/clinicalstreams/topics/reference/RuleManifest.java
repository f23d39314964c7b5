package io.clinicalstreams.topics.reference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * Identifies a complete rule set of an owner. Rules arrive one record at a time, so without it a lane could evaluate
 * half a rule set; with it the lane switches from one complete set to the next. It is written after the rules, under
 * {@code OWNER/manifest} in their topic: {@code {"rules":44,"version":"3f2a9c1db04e"}}.
 *
 * @param rules how many rules the owner has
 * @param version the first 12 hex digits of the SHA-256 over the rules' ids and versions, sorted by id
 */
public record RuleManifest(int rules, String version) {

    /** The owner of the built-in rules, as the prefix of their ids. */
    public static final String CURATED = "curated/";

    private static final String NAME = "manifest";

    private static final int VERSION_DIGITS = 12;

    /** The owner of a rule or manifest, as the prefix of its id: {@code curated/}. */
    public static String ownerOf(String id) {
        return id.substring(0, id.indexOf('/') + 1);
    }

    /** The key of an owner's manifest. */
    public static String keyOf(String owner) {
        return owner + NAME;
    }

    public static boolean isKey(String key) {
        return key.equals(keyOf(ownerOf(key)));
    }

    /** The manifest of one owner's rules among these. */
    public static RuleManifest of(String owner, Map<String, String> versionsById) {
        StringBuilder text = new StringBuilder();
        int rules = 0;
        for (Map.Entry<String, String> rule : new TreeMap<>(versionsById).entrySet()) {
            if (rule.getKey().startsWith(owner)) {
                text.append(rule.getKey()).append(' ').append(rule.getValue()).append('\n');
                rules++;
            }
        }
        return new RuleManifest(rules, hash(text.toString().getBytes(StandardCharsets.UTF_8)));
    }

    /** @throws IllegalArgumentException if the value is not a manifest */
    public static RuleManifest parse(byte[] json) {
        try {
            JsonNode manifest = new ObjectMapper().readTree(json);
            if (!manifest.path("rules").isInt() || !manifest.path("version").isTextual()) {
                throw new IllegalArgumentException("rules must be a whole number and version text");
            }
            return new RuleManifest(
                    manifest.path("rules").intValue(), manifest.path("version").textValue());
        } catch (IOException notJson) {
            throw new IllegalArgumentException("not JSON");
        }
    }

    public byte[] toJson() {
        return "{\"rules\":%d,\"version\":\"%s\"}".formatted(rules, version).getBytes(StandardCharsets.UTF_8);
    }

    /** A version: the first digits of the hash. */
    static String hash(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(digest).substring(0, VERSION_DIGITS);
        } catch (NoSuchAlgorithmException everyJvmHasIt) {
            throw new IllegalStateException("SHA-256 is missing", everyJvmHasIt);
        }
    }
}
