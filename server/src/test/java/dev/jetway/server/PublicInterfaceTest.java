package dev.jetway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import dev.jetway.base.Internal;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The public interface is what docs/api.txt says, and no more. */
@AnalyzeClasses(packages = "dev.jetway", importOptions = ImportOption.DoNotIncludeTests.class)
final class PublicInterfaceTest {
    /** The packages whose public types are the public interface. */
    private static final Set<String> PACKAGES =
            Set.of("dev.jetway.embedding", "dev.jetway.jetty.embedding", "dev.jetway.servlet");

    /** The only type of the server that is. */
    private static final String SERVER_CLASS = JetwayHandler.class.getName();

    private static final Path TEXT = Path.of("..", "docs", "api.txt");
    private static final Path DOCUMENT = Path.of("..", "docs", "embedding.md");

    /** A type of Jetway in a signature. */
    private static final Pattern OURS = Pattern.compile("dev\\.jetway\\.[\\w.]+");

    /** The origins of types that a signature may name. */
    private static final Pattern FOREIGN =
            Pattern.compile(
                    "(java|jakarta\\.servlet|org\\.eclipse\\.jetty\\.(server|util))\\.[\\w.$]+");

    private static final Pattern NAME = Pattern.compile("[a-z]\\w*(\\.[\\w$]+)+");

    private PublicInterfaceTest() {}

    @ArchTest
    static void everyOtherPackageOfTheLibrariesSaysThatItIsInternal(JavaClasses classes) {
        Set<String> undeclared =
                classes.stream()
                        .map(JavaClass::getPackage)
                        .filter(p -> !p.getName().startsWith("dev.jetway.server"))
                        .filter(p -> !p.getName().equals("dev.jetway.benchmarks"))
                        .filter(p -> !p.isAnnotatedWith(Internal.class))
                        .map(p -> p.getName())
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(undeclared)
                .as("packages without @Internal are the public interface")
                .isEqualTo(new TreeSet<>(PACKAGES));
    }

    @ArchTest
    static void theTextHasEverySignature(JavaClasses classes) throws IOException {
        String text = text(classes);
        Path target = Files.createDirectories(Path.of("target")).resolve("api.txt");
        Files.writeString(target, text);

        assertThat(TEXT)
                .as(
                        "a change of the public interface: if it is meant, copy server/%s to docs",
                        target)
                .hasContent(text);
    }

    @ArchTest
    static void signaturesNameNoInternalType(JavaClasses classes) {
        String text = text(classes);
        Set<String> own =
                types(classes).stream()
                        .map(c -> c.getName().replace('$', '.'))
                        .collect(Collectors.toSet());
        for (MatchResult name : NAME.matcher(text).results().toList()) {
            String type = name.group().replace('$', '.');
            boolean known =
                    OURS.matcher(type).matches()
                            ? own.stream().anyMatch(o -> type.equals(o) || type.startsWith(o + "."))
                            : FOREIGN.matcher(type).matches();
            assertThat(known).as(type).isTrue();
        }
    }

    @ArchTest
    static void theDocumentNamesEveryType(JavaClasses classes) throws IOException {
        String document = Files.readString(DOCUMENT);
        for (Class<?> type : types(classes)) {
            assertThat(document).contains("`" + type.getSimpleName() + "`");
        }
    }

    private static List<Class<?>> types(JavaClasses classes) {
        return classes.stream()
                .filter(c ->
                        PACKAGES.contains(c.getPackageName()) || c.getName().equals(SERVER_CLASS))
                .filter(c -> c.getModifiers().contains(JavaModifier.PUBLIC))
                .map(JavaClass::reflect)
                .sorted(Comparator.comparing(Class::getName))
                .collect(Collectors.toList());
    }

    private static String text(JavaClasses classes) {
        var lines = new ArrayList<String>();
        for (Class<?> type : types(classes)) {
            lines.add(heading(type));
            members(type).sorted().map(member -> "    " + member).forEach(lines::add);
        }
        if (lines.isEmpty()) {
            fail("no public interface");
        }
        return String.join("\n", lines) + "\n";
    }

    private static String heading(Class<?> type) {
        List<Type> above = new ArrayList<>(List.of(type.getGenericInterfaces()));
        if (type.getSuperclass() != null && type.getSuperclass() != Object.class) {
            above.addFirst(type.getGenericSuperclass());
        }
        return type.toGenericString()
                + above.stream()
                        .map(Type::getTypeName)
                        .collect(Collectors.joining(", ", " : ", ""));
    }

    private static Stream<String> members(Class<?> type) {
        return Stream.of(
                        Arrays.stream(type.getDeclaredFields())
                                .filter(PublicInterfaceTest::isOpen)
                                .map(Field::toGenericString),
                        Arrays.stream(type.getDeclaredConstructors())
                                .filter(PublicInterfaceTest::isOpen)
                                .map(Constructor::toGenericString),
                        Arrays.stream(type.getDeclaredMethods())
                                .filter(PublicInterfaceTest::isOpen)
                                .map(Method::toGenericString))
                .flatMap(s -> s)
                .map(signature -> signature.replace(type.getName() + ".", ""));
    }

    private static boolean isOpen(Member member) {
        return !member.isSynthetic()
                && (Modifier.isPublic(member.getModifiers())
                        || Modifier.isProtected(member.getModifiers()));
    }
}
