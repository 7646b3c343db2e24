package dev.jetway.jetty;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The content codings that a client prefers to none (RFC 9110 §12.5.3). Pure functions. */
final class AcceptedCodings {
    private static final String IDENTITY = "identity";
    private static final String ANY = "*";

    /** An element of the field: a coding, and its weight if it has one (§12.4.2). */
    private static final Pattern ELEMENT =
            Pattern.compile(
                    "([^\\s;=]+)(?:[ \\t]*;[ \\t]*[qQ]=(0(?:\\.\\d{0,3})?|1(?:\\.0{0,3})?))?");

    private AcceptedCodings() {}

    private record Weighted(String coding, double weight) {}

    /**
     * The accepted ones of some codings, the preferred first.
     *
     * @param lines of the field; elements that cannot be read are ignored
     * @param offered in lower case, in the order of the server's preference
     */
    static List<String> of(List<String> lines, List<String> offered) {
        var listed = listed(lines);
        double none = weight(listed, IDENTITY).orElse(0.0);
        Optional<Double> any = weight(listed, ANY);
        var accepted = new ArrayList<Weighted>();
        for (String coding : offered) {
            double weight = weight(listed, coding).or(() -> any).orElse(0.0);
            if (weight > 0 && weight >= none) {
                accepted.add(new Weighted(coding, weight));
            }
        }
        // A stable sort: of equals the server's preference decides.
        accepted.sort(Comparator.comparingDouble(Weighted::weight).reversed());
        return accepted.stream().map(Weighted::coding).toList();
    }

    private static List<Weighted> listed(List<String> lines) {
        var listed = new ArrayList<Weighted>();
        for (String line : lines) {
            for (String element : line.split(",", -1)) {
                Matcher read = ELEMENT.matcher(element.strip());
                if (read.matches()) {
                    String weight = read.group(2);
                    listed.add(
                            new Weighted(
                                    name(read.group(1)),
                                    weight == null ? 1.0 : Double.parseDouble(weight)));
                }
            }
        }
        return listed;
    }

    /** The name without its old form (§8.4.1.3). */
    private static String name(String coding) {
        String name = coding.toLowerCase(Locale.ROOT);
        return name.equals("x-gzip") ? "gzip" : name;
    }

    private static Optional<Double> weight(List<Weighted> listed, String coding) {
        return listed.stream()
                .filter(w -> w.coding().equals(coding))
                .map(Weighted::weight)
                .findFirst();
    }
}
