package dev.jetway.cgi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.http.Field;
import dev.jetway.http.Preconditions;
import dev.jetway.http.RequestHead;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PreconditionsTest {
    private static final Instant TODAY = Instant.parse("2006-01-01T00:00:00Z");

    private static List<Field> fields(String text) {
        return Stream.of(text.split("\\|", -1))
                .filter(l -> !l.isEmpty())
                .map(l ->
                        new Field(l.substring(0, l.indexOf(':')), l.substring(l.indexOf(':') + 1)))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        // method, the request's conditions, the program's fields, status
        "GET,  '', 'ETag:\"a\"', 200",
        "GET,  'If-None-Match:\"a\"', 'ETag:\"a\"', 304",
        "HEAD, 'If-None-Match:\"a\"', 'ETag:\"a\"', 304",
        "POST, 'If-None-Match:\"a\"', 'ETag:\"a\"', 200",
        "GET,  'If-None-Match:\"b\"', 'ETag:\"a\"', 200",
        "GET,  'If-None-Match:\"b\", \"a\"', 'ETag:\"a\"', 304",
        "GET,  'If-None-Match:\"b\"|If-None-Match:\"a\"', 'ETag:\"a\"', 304",
        "GET,  'If-None-Match:W/\"a\"', 'ETag:\"a\"', 304",
        "GET,  'If-None-Match:\"a\"', 'ETag:W/\"a\"', 304",
        "GET,  'If-None-Match:*', 'ETag:\"a\"', 304",
        "GET,  'If-None-Match:a', 'ETag:\"a\"', 200",
        "GET,  'If-None-Match:\"a,b\"', 'ETag:\"a,b\"', 304",
        "GET,  'If-None-Match:\"a\"', '', 200",
        "GET,  'If-None-Match:\"a\"', 'Last-Modified:Tue, 15 Feb 2005 15:00:00 GMT', 200",
        "GET,  'If-Modified-Since:Tue, 15 Feb 2005 15:00:00 GMT', 'Last-Modified:Tue, 15 Feb 2005 15:00:00 GMT', 304",
        "GET,  'If-Modified-Since:Tuesday, 15-Feb-05 15:00:00 GMT', 'Last-Modified:Tue, 15 Feb 2005 15:00:00 GMT', 304",
        "GET,  'If-Modified-Since:Tue Feb 15 15:00:00 2005', 'Last-Modified:Tue, 15 Feb 2005 15:00:00 GMT', 304",
        "GET,  'If-Modified-Since:Tue Feb  1 15:00:00 2005', 'Last-Modified:Tue, 01 Feb 2005 15:00:00 GMT', 304",
        "GET,  'If-Modified-Since:Tue, 15 Feb 2005 14:59:59 GMT', 'Last-Modified:Tue, 15 Feb 2005 15:00:00 GMT', 200",
        // 1 February 2005 was a Tuesday; today is in 2006.
        "GET,  'If-Modified-Since:Fri, 01 Feb 2005 15:00:00 GMT', 'Last-Modified:Tue, 01 Feb 2005 15:00:00 GMT', 304",
        "GET,  'If-Modified-Since:Friday, 01-Feb-05 15:00:00 GMT', 'Last-Modified:Tue, 01 Feb 2005 15:00:00 GMT', 304",
        "GET,  'If-Modified-Since:Fri Feb  1 15:00:00 2005', 'Last-Modified:Tue, 01 Feb 2005 15:00:00 GMT', 304",
        "GET,  'If-Modified-Since:Tue, 30 Feb 2005 15:00:00 GMT', 'Last-Modified:Tue, 01 Feb 2005 15:00:00 GMT', 200",
        "GET,  'If-Modified-Since:Sun, 01 Jan 2006 00:00:00 GMT', 'Last-Modified:Tue, 01 Feb 2005 15:00:00 GMT', 304",
        "GET,  'If-Modified-Since:Sun, 01 Jan 2006 00:00:01 GMT', 'Last-Modified:Tue, 01 Feb 2005 15:00:00 GMT', 200",
        "GET,  'If-Modified-Since:yesterday', 'Last-Modified:Tue, 15 Feb 2005 15:00:00 GMT', 200",
        "GET,  'If-Modified-Since:Tue, 15 Feb 2005 15:00:00 GMT', 'Last-Modified:yesterday', 200",
        "GET,  'If-Modified-Since:Tue, 15 Feb 2005 15:00:00 GMT', 'ETag:\"a\"', 200",
        "GET,  'If-None-Match:\"b\"|If-Modified-Since:Tue, 15 Feb 2005 15:00:00 GMT', 'ETag:\"a\"|Last-Modified:Tue, 15 Feb 2005 15:00:00 GMT', 200",
        "GET,  'If-Match:\"a\"', 'ETag:\"a\"', 200",
        "GET,  'If-Match:\"b\"', 'ETag:\"a\"', 412",
        "HEAD, 'If-Match:\"b\"', 'ETag:\"a\"', 412",
        "GET,  'If-Match:W/\"a\"', 'ETag:W/\"a\"', 412",
        "GET,  'If-Match:*', 'ETag:\"a\"', 200",
        "GET,  'If-Match:\"a\"', 'Last-Modified:Tue, 15 Feb 2005 15:00:00 GMT', 412",
        "GET,  'If-Match:\"b\"', '', 200",
        "GET,  'If-Match:\"a\"|If-None-Match:\"a\"', 'ETag:\"a\"', 304",
        "GET,  'If-Unmodified-Since:Tue, 15 Feb 2005 14:00:00 GMT', 'Last-Modified:Tue, 15 Feb 2005 15:00:00 GMT', 412",
        "GET,  'If-Unmodified-Since:Tue, 15 Feb 2005 15:00:00 GMT', 'Last-Modified:Tue, 15 Feb 2005 15:00:00 GMT', 200",
        "GET,  'If-Match:\"a\"|If-Unmodified-Since:Tue, 15 Feb 2005 14:00:00 GMT', 'ETag:\"a\"|Last-Modified:Tue, 15 Feb 2005 15:00:00 GMT', 200",
    })
    void aConditionDecidesInTheOrderOfTheSpecification(
            String method, String conditions, String printed, int status) {
        RequestHead request =
                MetaVariablesTest.request(method, "/", fields(conditions).toArray(new Field[0]));

        assertThat(Preconditions.status(request, fields(printed), () -> TODAY)).isEqualTo(status);
    }
}
