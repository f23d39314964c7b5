package io.clinicalstreams.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A cluster's saved state between two starts: id, nodes with their ports, users. */
record SavedCluster(String id, List<BrokerAddress> nodes, BrokerSecurity security) {

    void write(Path file) {
        Map<String, String> properties = new TreeMap<>();
        properties.put("id", id);
        properties.put("brokers", Integer.toString(nodes.size()));
        for (BrokerAddress node : nodes) {
            properties.put("broker." + node.id() + ".port", Integer.toString(node.clientPort()));
            properties.put("broker." + node.id() + ".controller-port", Integer.toString(node.controllerPort()));
        }
        security.users().forEach((user, password) -> properties.put("user." + user, password));
        PropertiesFile.write(file, properties, null);
    }

    static SavedCluster read(Path file) {
        Properties properties = PropertiesFile.read(file);
        try {
            List<BrokerAddress> nodes = IntStream.range(0, number(properties, "brokers"))
                    .mapToObj(id -> new BrokerAddress(
                            id,
                            number(properties, "broker." + id + ".port"),
                            number(properties, "broker." + id + ".controller-port")))
                    .toList();
            return new SavedCluster(text(properties, "id"), nodes, new BrokerSecurity(users(properties)));
        } catch (IllegalArgumentException damaged) {
            throw new ClusterRefused(file + " is damaged (" + damaged.getMessage() + "): remove the folder");
        }
    }

    String bootstrapServers() {
        return nodes.stream().map(BrokerAddress::client).collect(Collectors.joining(","));
    }

    private static Map<String, String> users(Properties properties) {
        Map<String, String> users = new TreeMap<>();
        for (String name : properties.stringPropertyNames()) {
            if (name.startsWith("user.")) {
                users.put(name.substring("user.".length()), text(properties, name));
            }
        }
        return users;
    }

    private static int number(Properties properties, String name) {
        return Integer.parseInt(text(properties, name));
    }

    private static String text(Properties properties, String name) {
        String value = properties.getProperty(name);
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }
}
