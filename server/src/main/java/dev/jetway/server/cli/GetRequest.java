package dev.jetway.server.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** The variables of a CGI program for a plain GET request (RFC 3875 §4.1). */
final class GetRequest {
    private GetRequest() {}

    static SequencedMap<String, String> variables(Path module, LaunchEnvironment launch) {
        var variables = new LinkedHashMap<String, String>();
        variables.put("GATEWAY_INTERFACE", "CGI/1.1");
        variables.put("SERVER_SOFTWARE", "Jetway/" + launch.version());
        variables.put("SERVER_PROTOCOL", "HTTP/1.1");
        variables.put("SERVER_NAME", "localhost");
        variables.put("SERVER_PORT", "80");
        variables.put("REMOTE_ADDR", "127.0.0.1");
        variables.put("REQUEST_METHOD", "GET");
        variables.put("SCRIPT_NAME", "/" + module.getFileName());
        variables.put("QUERY_STRING", "");
        return variables;
    }
}
