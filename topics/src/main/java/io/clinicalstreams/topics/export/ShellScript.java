package io.clinicalstreams.topics.export;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Topic;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A POSIX shell script that creates missing topics with {@code kafka-topics.sh}, and changes the settings of existing
 * ones with {@code kafka-configs.sh}. It does not depend on this project.
 */
record ShellScript(Catalogue catalogue) {

    private static final String START = """
            #!/bin/sh
            # The topics of clinical-streams in ENVIRONMENT.
            # Written by 'topics export --format kafka-topics': edit the catalogue, not this file.
            # Creates missing topics and changes settings of existing ones; partitions and replicas are not changed.
            # KAFKA_BIN: the folder of kafka-topics.sh and kafka-configs.sh, if they are not on the PATH.
            set -eu

            if [ "$#" -lt 1 ] || [ "$#" -gt 2 ]; then
                echo "usage: $0 HOST:PORT [COMMAND_CONFIG_FILE]" >&2
                exit 2
            fi
            bootstrap_server=$1
            command_config=${2:-}

            # tool NAME ARGUMENT...: one of Kafka's tools, on this cluster
            tool() {
                name=$1
                shift
                if [ -n "$command_config" ]; then
                    set -- --command-config "$command_config" "$@"
                fi
                "${KAFKA_BIN:+$KAFKA_BIN/}$name" --bootstrap-server "$bootstrap_server" "$@"
            }

            existing=$(tool kafka-topics.sh --list)

            # topic NAME PARTITIONS REPLICAS SETTING...
            topic() {
                topic_name=$1 partitions=$2 replicas=$3
                shift 3
                if printf '%s\\n' "$existing" | grep -Fqx "$topic_name"; then
                    all=
                    for setting in "$@"; do
                        # brackets distinguish a list's commas from those between settings
                        case $setting in *,*) setting="${setting%%=*}=[${setting#*=}]" ;; esac
                        all=${all:+$all,}$setting
                    done
                    tool kafka-configs.sh --alter --entity-type topics --entity-name "$topic_name" --add-config "$all"
                    return
                fi
                for setting in "$@"; do
                    set -- "$@" --config "$setting"
                    shift
                done
                tool kafka-topics.sh --create --if-not-exists --topic "$topic_name" \\
                    --partitions "$partitions" --replication-factor "$replicas" "$@"
            }
            """;

    String text() {
        return START.replace("ENVIRONMENT", catalogue.environment())
                + catalogue.topics().stream().map(ShellScript::call).collect(Collectors.joining());
    }

    private static String call(Topic topic) {
        return "\n# " + topic.goal() + "\ntopic " + topic.fullName() + ' ' + topic.partitions() + ' '
                + topic.replication() + " \\\n"
                + topic.settings().plain().entrySet().stream()
                        .map(ShellScript::setting)
                        .collect(Collectors.joining(" \\\n"))
                + '\n';
    }

    private static String setting(Map.Entry<String, String> setting) {
        return "    '" + setting.getKey() + '=' + setting.getValue().strip().replace("'", "'\\''") + '\'';
    }
}
