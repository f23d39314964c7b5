package io.clinicalstreams.verifier.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clinicalstreams.verifier.classify.Fact;
import io.clinicalstreams.verifier.classify.ObservedResult;
import io.clinicalstreams.verifier.rule.Grade;
import io.clinicalstreams.verifier.rule.OracleRule;
import io.clinicalstreams.verifier.rule.RuleResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The DetectedIssue that shows one result of an Observation under a rule: the whole resource, so that nothing else can
 * be in it. What depends on readings that caused no alert is only checked for being possible: how many were suppressed,
 * and which reading is the latest and the worst.
 *
 * @param shown the Observation whose result it shows: the one that caused it; the latest one if it ended without a
 *     reading or is retracted; any that is kept if earlier ones were judged again
 * @param before what earlier versions of the alert said; null when this is the first one known
 */
record ExpectedIssue(
        OracleRule rule,
        AlertsCorrect.Cause cause,
        Fact.Observed shown,
        ObservedResult measured,
        AlertsCorrect.@Nullable IssueState before,
        Readings readings) {

    static final String BASE = AlertForm.EXTENSIONS;
    private static final Pattern AUTHOR = Pattern.compile("clinical-streams/[0-9A-Za-z.+\\-]{1,64}");
    private static final Pattern WEB_ADDRESS = Pattern.compile("https://[^ ,;()]*");

    /** Transitions to the severity of the reading that causes them. */
    private static final Set<String> TO_ITS_SEVERITY =
            Set.of("raised", "escalated", "lowered", "repeated", "recurred", "reopened");

    /** Why an alert ends without a reading. */
    private static final Set<String> END_REASONS =
            Set.of("not-measured", "age", "rule-removed", "rule-changed", "merged");

    /** Transitions because earlier readings are judged again. */
    private static final Set<String> AGAIN = Set.of("revised", "retracted", "continued");

    /** The names of the elements and extensions that differ; never their content. */
    Set<String> differences(WrittenIssue issue) {
        AlertForm form = issue.form();
        RuleResult.Look look = RuleResult.look(shown, measured, rule, List.of());
        boolean isLatest = showsLatest(issue);
        RuleResult finding = isLatest ? null : look.finding();
        Set<String> wrong = new TreeSet<>();
        boolean isImpossible = !isLatest && (finding == null ? look.certain() : !canCause(form, finding));
        if (isImpossible || (AGAIN.contains(form.transition()) && !cause.isAgain())) {
            wrong.add("transition");
        }
        String criterion = criterion(issue, finding);
        compare(resource(issue, criterion), issue.json(), wrong);
        compare(byUrl(extensions(issue, criterion)), byUrl(issue.json().path("extension")), wrong);
        evidence(issue).check(finding, wrong);
        return wrong;
    }

    /** Whether no reading decided it: it shows the latest one, and why it is the alert's last. */
    private static boolean showsLatest(WrittenIssue issue) {
        return issue.isEnded() || issue.form().transition().equals("retracted") || isOfForgottenReading(issue);
    }

    /** Whether the reading that decided it is not known any more. */
    private static boolean isOfForgottenReading(WrittenIssue issue) {
        boolean isJudgedAgain = issue.form().transition().equals("revised")
                || issue.form().transition().equals("confirmed");
        return issue.isContinued()
                || (isJudgedAgain && !issue.extension("revision").isMissingNode());
    }

    private String criterionName(WrittenIssue issue) {
        return isOfForgottenReading(issue) ? "revision" : showsLatest(issue) ? "end-reason" : rule.criterionName();
    }

    /** As written, where several are possible; empty when it is none of them. */
    private String criterion(WrittenIssue issue, @Nullable RuleResult finding) {
        String written =
                issue.extension(criterionName(issue)).path("valueString").asText();
        if (issue.isEnded()) {
            boolean isPossible = END_REASONS.contains(written) && written.equals("rule-removed") == isRemoved(issue);
            return isPossible ? written : "";
        }
        if (showsLatest(issue)) {
            return cause.label();
        }
        return finding != null ? finding.criterion() : rule.criteria().anyMatch(written::equals) ? written : "";
    }

    /** Whether the rule was removed when the alert ended: only its id is left. */
    private static boolean isRemoved(WrittenIssue issue) {
        return issue.isEnded() && issue.ruleVersion().isEmpty();
    }

    private boolean canCause(AlertForm form, RuleResult finding) {
        Grade grade = finding.grade();
        return switch (form.transition()) {
            case "resolved" -> grade == null && finding.clear();
            case "confirmed" -> grade != null && !shown.status().equals("preliminary");
            case "revised" -> form.isEnded() ? grade == null && finding.clear() : hasItsSeverity(form, grade);
            default -> TO_ITS_SEVERITY.contains(form.transition()) && hasItsSeverity(form, grade);
        };
    }

    private static boolean hasItsSeverity(AlertForm form, @Nullable Grade grade) {
        return grade != null && form.severity().equals(grade.code());
    }

    private static void compare(JsonNode expected, JsonNode actual, Set<String> wrong) {
        Set<String> names = new TreeSet<>();
        expected.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            if (!actual.has(name) || !expected.get(name).equals(ExpectedIssue::order, actual.get(name))) {
                wrong.add(name.substring(name.lastIndexOf('/') + 1));
            }
        }
        actual.fieldNames().forEachRemaining(name -> {
            if (!names.contains(name)) {
                wrong.add("additional element");
            }
        });
    }

    /** Numbers are equal when they are written with the same digits. */
    private static int order(JsonNode one, JsonNode other) {
        boolean areNumbers = one.isNumber() && other.isNumber();
        boolean same = areNumbers
                ? one.decimalValue().toString().equals(other.decimalValue().toString())
                : one.equals(other);
        return same ? 0 : 1;
    }

    private static ObjectNode byUrl(JsonNode extensions) {
        ObjectNode byUrl = IssueElements.JSON.objectNode();
        for (JsonNode extension : extensions) {
            String url = extension.path("url").asText();
            byUrl.set(byUrl.has(url) ? url + "/repeated" : url, extension);
        }
        return byUrl;
    }

    private ObjectNode resource(WrittenIssue issue, String criterion) {
        AlertForm form = issue.form();
        ObjectNode resource = IssueElements.JSON
                .objectNode()
                .put("resourceType", "DetectedIssue")
                .put("id", form.id());
        ObjectNode meta = resource.putObject("meta")
                .put("versionId", Integer.toString(form.version()))
                .put("lastUpdated", cause.at().toString());
        if (isTestData(issue)) {
            meta.putArray("security")
                    .addObject()
                    .put("system", "http://terminology.hl7.org/CodeSystem/v3-ActReason")
                    .put("code", "HTEST");
        }
        resource.set("extension", issue.json().path("extension"));
        resource.putArray("identifier")
                .addObject()
                .put("system", BASE + "alert")
                .put("value", form.id());
        resource.put("status", status(issue));
        ObjectNode code = resource.putObject("code");
        if (!isRemoved(issue)) {
            IssueElements.coding(BASE + "CodeSystem/alert-kind", rule.kind(), code);
        }
        code.put("text", title(issue));
        resource.put("severity", form.severity());
        resource.set("patient", IssueElements.patient(cause.subject()));
        resource.set("identifiedPeriod", period(issue));
        resource.putObject("author")
                .put("type", "Device")
                .putObject("identifier")
                .put("system", BASE + "service")
                .put("value", author(issue));
        resource.set("implicated", evidence(issue).implicated());
        resource.set("evidence", evidence(issue).roles());
        resource.put("detail", detail(issue, criterion));
        Matcher address = WEB_ADDRESS.matcher(rule.source());
        if (!isRemoved(issue) && address.find()) {
            resource.put("reference", address.group());
        }
        return resource;
    }

    /** Whether one of its readings is; as written if others than the one that caused it may be. */
    private boolean isTestData(WrittenIssue issue) {
        boolean wasBefore = before == null ? issue.form().version() > 1 && issue.isTestData() : before.testData();
        boolean isIts = issue.isEnded() ? shown.testData() : cause.testData();
        return (cause.isAgain() && !issue.isEnded()) ? issue.isTestData() : (isIts || wasBefore);
    }

    private String title(WrittenIssue issue) {
        return isRemoved(issue) ? rule.id() : rule.title();
    }

    private String status(WrittenIssue issue) {
        return switch (issue.form().transition()) {
            case "raised" -> evidence(issue).isOpeningPreliminary() ? "preliminary" : "final";
            case "confirmed" -> "final";
            case "revised" -> "corrected";
            case "retracted" -> "entered-in-error";
            default -> "amended";
        };
    }

    /** Any version of the service. */
    private static String author(WrittenIssue issue) {
        String author =
                issue.json().path("author").path("identifier").path("value").asText();
        return AUTHOR.matcher(author).matches() ? author : "";
    }

    private ArrayNode extensions(WrittenIssue issue, String criterion) {
        ArrayNode extensions = IssueElements.JSON.arrayNode();
        extension("rule", extensions).put("valueString", rule.id());
        if (!isRemoved(issue)) {
            extension("rule-version", extensions).put("valueString", rule.version());
        }
        extension("transition", extensions).put("valueCode", issue.form().transition());
        if (measured.value() != null) {
            extension("value", extensions).set("valueQuantity", IssueElements.quantity(measured));
        }
        extension(criterionName(issue), extensions).put("valueString", criterion);
        if (rule.isByAnalyte()) {
            extension("analyte", extensions).set("valueCoding", IssueElements.analyte(measured));
        }
        String encounter = encounter(issue);
        if (encounter != null) {
            extension("encounter", extensions).putObject("valueReference").put("reference", encounter);
        }
        for (String count : List.of("escalations", "suppressed")) {
            int written = issue.extension(count).path("valueInteger").asInt(-1);
            extension(count, extensions).put("valueInteger", Math.max(0, written));
        }
        return extensions;
    }

    private static ObjectNode extension(String name, ArrayNode extensions) {
        return extensions.addObject().put("url", BASE + name);
    }

    /** That of the latest input which named one; if earlier readings are judged again it may stay as it was. */
    private @Nullable String encounter(WrittenIssue issue) {
        boolean isFirst = issue.form().version() == 1 && !issue.isContinued();
        String known = before != null ? before.encounter() : isFirst ? null : issue.encounter();
        boolean isKnown = cause.isAgain() && Objects.equals(known, issue.encounter());
        return isKnown || cause.encounter() == null ? known : cause.encounter();
    }

    private String detail(WrittenIssue issue, String criterion) {
        List<String> found = new ArrayList<>();
        if (rule.isByAnalyte()) {
            found.add(IssueElements.analyte(measured).path("code").asText());
        }
        if (measured.value() != null) {
            found.add(IssueElements.valueText(measured));
        }
        found.add(criterionName(issue) + ' ' + criterion);
        return title(issue) + ' ' + issue.form().transition() + ": " + String.join(", ", found)
                + (isRemoved(issue) ? "" : ". Source: " + rule.source())
                + ". Reference application, not a medical device.";
    }

    private ExpectedEvidence evidence(WrittenIssue issue) {
        return new ExpectedEvidence(issue, rule, cause, shown, measured, readings);
    }

    /** As written if it is possible; otherwise empty. */
    private ObjectNode period(WrittenIssue issue) {
        ExpectedEvidence evidence = evidence(issue);
        JsonNode written = issue.json().path("identifiedPeriod");
        ObjectNode period = IssueElements.JSON.objectNode();
        String start = written.path("start").asText();
        period.put("start", evidence.isTimeOf("opening", start) ? start : "");
        if (issue.form().isEnded() && !issue.isEnded()) {
            String end = written.path("end").asText();
            period.put("end", evidence.isTimeOf("latest", end) ? end : "");
        } else if (issue.isEnded()) {
            period.put("end", cause.at().toString());
        }
        return period;
    }
}
