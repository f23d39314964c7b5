#!/bin/sh
# Writes the CRDs of KafkaTopic and KafkaUser anew, beside this script, with Strimzi's own generator from its own classes.
# The generator runs on Java 21 or newer, which the build does not ask for; so its output is kept here.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
# The version stands in the project's pom.xml; a test holds the files' first line to it.
version=$(sed -n 's:.*<strimzi\.version>\(.*\)</strimzi\.version>.*:\1:p' "$here/../../../../../pom.xml")
[ -n "$version" ] || { echo "no strimzi.version in pom.xml" >&2; exit 1; }
jars=$(mktemp -d)
trap 'rm -rf "$jars"' EXIT

for artifact in api crd-generator; do
    mvn -q org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
        -Dartifact="io.strimzi:$artifact:$version" -DoutputDirectory="$jars"
done
"${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "$jars/*" io.strimzi.crdgenerator.CrdGenerator --yaml --label app:strimzi \
    io.strimzi.api.kafka.model.topic.KafkaTopic="$here/kafkatopic-crd.yaml" \
    io.strimzi.api.kafka.model.user.KafkaUser="$here/kafkauser-crd.yaml"

for crd in kafkatopic-crd.yaml kafkauser-crd.yaml; do
    { echo "# Strimzi $version, written by generate-crds.sh"; cat "$here/$crd"; } > "$jars/$crd"
    mv "$jars/$crd" "$here/$crd"
done
