#!/bin/sh
# Writes the CRDs of KafkaTopic and KafkaUser anew, beside this script, with Strimzi's own generator from its own classes.
# The generator runs on Java 21 or newer, which the build does not ask for; so its output is kept here.
set -eu

version=1.2.0
here=$(cd "$(dirname "$0")" && pwd)
jars=$(mktemp -d)
trap 'rm -rf "$jars"' EXIT

for artifact in api crd-generator; do
    mvn -q org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
        -Dartifact="io.strimzi:$artifact:$version" -DoutputDirectory="$jars"
done
"${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "$jars/*" io.strimzi.crdgenerator.CrdGenerator --yaml --label app:strimzi \
    io.strimzi.api.kafka.model.topic.KafkaTopic="$here/kafkatopic-crd.yaml" \
    io.strimzi.api.kafka.model.user.KafkaUser="$here/kafkauser-crd.yaml"
