package io.clinicalstreams.topics.cluster;

import io.clinicalstreams.topics.Environment;
import io.clinicalstreams.topics.problem.CommandException;
import io.clinicalstreams.topics.problem.ExitCode;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.apache.kafka.common.security.JaasUtils;

/**
 * A client's credentials, checked before the client is created: Kafka's own messages do not name the file that requires
 * a login, and quote the content of a malformed one.
 *
 * @param settings the client's settings
 */
public record Login(Map<String, Object> settings) {

    private static final Set<String> IN_CLEAR = Set.of("PLAINTEXT", "SASL_PLAINTEXT");

    String protocol() {
        return text(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, CommonClientConfigs.DEFAULT_SECURITY_PROTOCOL)
                .toUpperCase(Locale.ROOT);
    }

    /** Whether the connection is in plaintext, so that a listener that is not Kafka can be recognized. */
    public boolean isPlaintext() {
        return IN_CLEAR.contains(protocol());
    }

    /** Whether the brokers require authentication but the settings have no credentials. */
    public boolean isMissing() {
        return protocol().startsWith("SASL")
                && !settings.containsKey(SaslConfigs.SASL_JAAS_CONFIG)
                && System.getProperty(JaasUtils.JAVA_LOGIN_CONFIG_PARAM) == null
                && !isLeftToAHandler();
    }

    /**
     * Refuses missing or malformed credentials.
     *
     * @param own settings that the user added to the environment's
     * @param place where they are
     * @throws CommandException without quoting the credentials
     */
    public static void demand(Environment where, Map<String, ?> own, String place) {
        Map<String, Object> settings = new HashMap<>(where.security().clientSettings());
        settings.putAll(own);
        new Login(settings).demand(where.name(), own.containsKey(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG), place);
    }

    private void demand(String environment, boolean isOwn, String place) {
        if (isMissing()) {
            throw new CommandException(
                    ExitCode.WRONG_USAGE,
                    isOwn
                            ? place + " has " + demand() + ": it requires credentials, sasl.jaas.config"
                            : "environments/" + environment + ".yaml requires " + demand()
                                    + ": give the credentials with --command-config FILE");
        }
        if (!flaw().isEmpty()) {
            throw new CommandException(ExitCode.WRONG_USAGE, "sasl.jaas.config in " + place + ' ' + flaw());
        }
    }

    private boolean isLeftToAHandler() {
        return mechanism().equals("OAUTHBEARER") && settings.containsKey(SaslConfigs.SASL_LOGIN_CALLBACK_HANDLER_CLASS);
    }

    /** {@code SASL_SSL with SCRAM-SHA-512}. */
    private String demand() {
        return protocol() + " with " + mechanism();
    }

    /** The problem with the credentials, without quoting them; empty if there is none. */
    public String flaw() {
        Object written = settings.get(SaslConfigs.SASL_JAAS_CONFIG);
        if (written == null || !protocol().startsWith("SASL")) {
            return "";
        }
        Password login = new Password(String.valueOf(written));
        try {
            JaasContext context = JaasContext.loadClientContext(Map.of(SaslConfigs.SASL_JAAS_CONFIG, login));
            boolean isKnown = context.configurationEntries().stream().allMatch(Login::isKnown);
            return isKnown ? "" : "names a login module that is not on the class path";
        } catch (IllegalArgumentException | KafkaException malformed) {
            return "is malformed";
        }
    }

    private static boolean isKnown(AppConfigurationEntry entry) {
        try {
            return Class.forName(entry.getLoginModuleName(), false, Login.class.getClassLoader()) != null;
        } catch (ClassNotFoundException | LinkageError unknown) {
            return false;
        }
    }

    private String mechanism() {
        return text(SaslConfigs.SASL_MECHANISM, SaslConfigs.DEFAULT_SASL_MECHANISM);
    }

    private String text(String name, String otherwise) {
        return String.valueOf(settings.getOrDefault(name, otherwise)).strip();
    }
}
