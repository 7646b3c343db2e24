package dev.jetway.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the fields in which proxies name the clients before them: {@code Forwarded} (RFC 7239) and
 * {@code X-Forwarded-For} with {@code -Proto}, {@code -Host} and {@code -Port}. {@link ProxyChain}
 * decides which of them are trusted.
 */
final class ProxyFields {
    private ProxyFields() {}

    /**
     * The sender of a request as one proxy describes it.
     *
     * @param node the address
     * @param scheme {@code http} or {@code https}
     * @param host with a port if it was given
     * @param port of the host, if it was given separately
     */
    record Hop(Node node, Optional<String> scheme, Optional<String> host, Optional<Integer> port) {}

    /** The hops of {@code X-Forwarded-*}, nearest first. */
    static List<Hop> ofXForwarded(List<Field> fields) {
        List<String> nodes = elements(fields, "X-Forwarded-For");
        List<String> schemes = elements(fields, "X-Forwarded-Proto");
        List<String> hosts = elements(fields, "X-Forwarded-Host");
        List<String> ports = elements(fields, "X-Forwarded-Port");
        boolean others = !schemes.isEmpty() || !hosts.isEmpty() || !ports.isEmpty();
        if (nodes.isEmpty() && others) {
            nodes = List.of("unknown");
        }
        var hops = new ArrayList<Hop>(nodes.size());
        for (int i = 0; i < nodes.size(); i++) {
            hops.add(
                    new Hop(
                            Node.parse(nodes.get(i)),
                            at(schemes, i).flatMap(ProxyFields::scheme),
                            at(hosts, i).flatMap(ProxyFields::host),
                            at(ports, i).flatMap(Node::port)));
        }
        return hops;
    }

    /**
     * The element for a hop. In a shorter list, which some proxies have not extended, the last
     * element holds.
     */
    private static Optional<String> at(List<String> elements, int hop) {
        return elements.isEmpty()
                ? Optional.empty()
                : Optional.of(elements.get(Math.min(hop, elements.size() - 1)));
    }

    /** The elements of all lines of a list (RFC 9110 §5.6.1), last first. */
    private static List<String> elements(List<Field> fields, String name) {
        var elements = new ArrayList<String>();
        for (Field field : fields) {
            if (field.is(name)) {
                for (String element : field.value().split(",", -1)) {
                    if (!element.isBlank()) {
                        elements.addFirst(element.strip());
                    }
                }
            }
        }
        return elements;
    }

    /**
     * The hops of {@code Forwarded}, nearest first.
     *
     * @return empty if a line cannot be read: with unbalanced quotes a client could choose where
     *     elements begin
     */
    static Optional<List<Hop>> ofForwarded(List<Field> fields) {
        var hops = new ArrayList<Hop>();
        for (Field field : fields) {
            if (!field.is("Forwarded")) {
                continue;
            }
            Optional<List<ForwardedLine.Element>> line = ForwardedLine.parse(field.value());
            if (line.isEmpty()) {
                return Optional.empty();
            }
            line.get().forEach(element -> hops.addFirst(hop(element)));
        }
        return Optional.of(hops);
    }

    private static Hop hop(ForwardedLine.Element element) {
        return new Hop(
                element.value("for").map(Node::parse).orElse(new Node.Hidden()),
                element.value("proto").flatMap(ProxyFields::scheme),
                element.value("host").flatMap(ProxyFields::host),
                Optional.empty());
    }

    private static Optional<String> scheme(String text) {
        if (text.equalsIgnoreCase("https")) {
            return Optional.of("https");
        }
        return text.equalsIgnoreCase("http") ? Optional.of("http") : Optional.empty();
    }

    /** A host as in the Host field; other text would get into {@code SERVER_NAME}. */
    private static Optional<String> host(String text) {
        return text.matches("([A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(:\\d{1,5})?")
                ? Optional.of(text)
                : Optional.empty();
    }
}
