package dev.jetway.jetty;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.http.MimeTypes;
import org.jspecify.annotations.Nullable;

/** The media types of files by name: ours first, then Jetty's. */
final class MediaTypes {
    private static final String UNKNOWN = "application/octet-stream";

    /** Types that Jetty's table lacks or has under an outdated name (RFC 9239, RFC 8081). */
    private static final Map<String, String> OURS =
            Map.ofEntries(
                    Map.entry("avif", "image/avif"),
                    Map.entry("cjs", "text/javascript"),
                    Map.entry("ico", "image/vnd.microsoft.icon"),
                    Map.entry("js", "text/javascript"),
                    Map.entry("json", "application/json"),
                    Map.entry("jsonld", "application/ld+json"),
                    Map.entry("jxl", "image/jxl"),
                    Map.entry("m4a", "audio/mp4"),
                    Map.entry("map", "application/json"),
                    Map.entry("md", "text/markdown"),
                    Map.entry("mjs", "text/javascript"),
                    Map.entry("mp4", "video/mp4"),
                    Map.entry("opus", "audio/ogg"),
                    Map.entry("otf", "font/otf"),
                    Map.entry("svg", "image/svg+xml"),
                    Map.entry("ttf", "font/ttf"),
                    Map.entry("vtt", "text/vtt"),
                    Map.entry("webm", "video/webm"),
                    Map.entry("webmanifest", "application/manifest+json"),
                    Map.entry("webp", "image/webp"),
                    Map.entry("woff", "font/woff"),
                    Map.entry("woff2", "font/woff2"),
                    Map.entry("xhtml", "application/xhtml+xml"),
                    Map.entry("xml", "application/xml"),
                    Map.entry("br", UNKNOWN),
                    Map.entry("gz", "application/gzip"));

    /** Types that compress well, besides {@code text/*}, {@code +json} and {@code +xml}. */
    private static final Set<String> COMPRESSIBLE =
            Set.of(
                    "application/json",
                    "application/xml",
                    "application/rtf",
                    "application/wasm",
                    "application/x-sh",
                    "font/otf",
                    "font/ttf",
                    "image/bmp",
                    "image/vnd.microsoft.icon");

    private MediaTypes() {}

    /** The media type of a file name, without a charset. */
    static String of(String name) {
        int dot = name.lastIndexOf('.');
        String ours =
                dot < 0 ? UNKNOWN : OURS.get(name.substring(dot + 1).toLowerCase(Locale.ROOT));
        if (ours != null) {
            return ours;
        }
        @Nullable String known =
                MimeTypes.DEFAULTS.getMimeByExtension(name.toLowerCase(Locale.ROOT));
        int parameters = known == null ? -1 : known.indexOf(';');
        return known == null ? UNKNOWN : parameters < 0 ? known : known.substring(0, parameters);
    }

    /** Whether the type needs a charset; XML and JSON declare their encoding themselves. */
    static boolean isText(String type) {
        return type.startsWith("text/");
    }

    /** Whether files of the type compress well. */
    static boolean isCompressible(String type) {
        return isText(type)
                || type.endsWith("+json")
                || type.endsWith("+xml")
                || COMPRESSIBLE.contains(type);
    }
}
