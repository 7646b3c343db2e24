package dev.jetway.server;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.jetway.base.Internal;
import dev.jetway.sandbox.host.HostModule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The table of docs/architecture.md: the packages that each package may know. */
@AnalyzeClasses(packages = "dev.jetway", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    /** Top-level types of one package. */
    private static final int MAX_TYPES = 30;

    private static final String MODULES = "dev.jetway.module..";
    private static final String SANDBOX = "dev.jetway.sandbox..";
    private static final String JETTY = "dev.jetway.jetty..";
    private static final String SERVER = "dev.jetway.server..";

    /** Each package, and the packages of Jetway that it may know; a final {@code ..} is a tree. */
    private static final Map<String, List<String>> MAY_KNOW =
            Map.ofEntries(
                    entry("base", List.of()),
                    entry("module.memory", List.of()),
                    entry("module.graph", List.of()),
                    entry("module.codegen", List.of("module.memory", "module.graph")),
                    entry("module.source", List.of("base", "module.memory")),
                    entry("module.store", List.of("base", "module.source")),
                    entry("module.binary", List.of()),
                    entry("module.correction", List.of()),
                    entry(
                            "module.resume",
                            List.of("module.codegen", "module.correction", "module.memory")),
                    entry("module", List.of("base", "module..")),
                    entry("sandbox.process", List.of()),
                    entry("sandbox.memory", List.of("base", "module", "module.memory")),
                    entry("sandbox.file", List.of("base")),
                    entry("sandbox.file.walk", List.of("sandbox.file")),
                    entry("sandbox.file.mount", List.of("sandbox.file")),
                    entry("sandbox.file.memory", List.of("sandbox.file", "sandbox.file.walk")),
                    entry("sandbox.file.quota", List.of("sandbox.file", "sandbox.file.walk")),
                    entry("sandbox.file.linux", List.of("base", "sandbox.file..")),
                    entry(
                            "sandbox.start",
                            List.of(
                                    "base",
                                    "module",
                                    "module.memory",
                                    "module.resume",
                                    "sandbox.file")),
                    entry("sandbox.host", List.of("module", "sandbox.file", "sandbox.start")),
                    entry(
                            "sandbox.wasi",
                            List.of("base", "sandbox.file", "sandbox.host", "sandbox.start")),
                    entry(
                            "sandbox",
                            List.of(
                                    "base",
                                    "module",
                                    "module.correction",
                                    "module.memory",
                                    "module.resume",
                                    "module.source",
                                    "sandbox.file..",
                                    "sandbox.host",
                                    "sandbox.memory",
                                    "sandbox.process",
                                    "sandbox.start")),
                    entry("auth", List.of("base")),
                    entry("http", List.of("base")),
                    entry("failure", List.of("base", "http")),
                    entry(
                            "route",
                            List.of(
                                    "base",
                                    "auth",
                                    "failure",
                                    "http",
                                    "module.source",
                                    "route.spin",
                                    "sandbox..")),
                    entry("route.spin", List.of()),
                    entry("files", List.of("base", "http", "route", "sandbox.file..")),
                    entry("cgi", List.of("base", "http", "failure", "route..", "sandbox")),
                    entry(
                            "admission",
                            List.of(
                                    "base",
                                    "failure",
                                    "route",
                                    "sandbox",
                                    "sandbox.host",
                                    "sandbox.process")),
                    entry(
                            "gateway",
                            List.of(
                                    "base",
                                    "auth",
                                    "http",
                                    "failure",
                                    "route",
                                    "cgi",
                                    "files",
                                    "admission",
                                    "sandbox",
                                    "sandbox.file")),
                    entry("gateway.body", List.of("base", "admission", "gateway")),
                    entry("gateway.log", List.of("base", "failure", "gateway", "route")),
                    entry("embedding", List.of("base", "route", "sandbox")),
                    entry(
                            "embedding.open",
                            List.of(
                                    "base",
                                    "admission",
                                    "auth",
                                    "cgi",
                                    "embedding",
                                    "failure",
                                    "gateway..",
                                    "module..",
                                    "route",
                                    "sandbox..")),
                    entry("jetty.embedding", List.of("embedding..", "files", "http", "jetty")),
                    entry(
                            "servlet",
                            List.of(
                                    "base",
                                    "admission",
                                    "embedding..",
                                    "failure",
                                    "files",
                                    "gateway..",
                                    "http",
                                    "route",
                                    "sandbox")),
                    entry(
                            "jetty",
                            List.of(
                                    "base",
                                    "http",
                                    "failure",
                                    "route",
                                    "files",
                                    "admission",
                                    "gateway..",
                                    "sandbox..")));

    private ArchitectureTest() {}

    @ArchTest
    static final ArchRule jettyIsKnownToItsPackageAndTheServerOnly =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(JETTY, SERVER)
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.eclipse.jetty..");

    @ArchTest
    static final ArchRule chicoryIsKnownToModulesAndSandboxOnly =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(MODULES, SANDBOX)
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("com.dylibso.chicory..");

    @ArchTest
    static final ArchRule nativeCodeIsKnownToTheFilesOfGuestsAndToTheProcessOnly =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(
                            "dev.jetway.sandbox.file.linux..", "dev.jetway.sandbox.process..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("java.lang.foreign..");

    @ArchTest
    static final ArchRule caffeineIsKnownWhereSomethingIsCached =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(
                            MODULES,
                            "dev.jetway.auth..",
                            "dev.jetway.files..",
                            "dev.jetway.jetty..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("com.github.benmanes..");

    @ArchTest
    static final ArchRule commonsConfigurationAndTomlAreKnownToTheConfigurationOnly =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.jetway.server.config..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.apache.commons.configuration2..", "org.tomlj..");

    @ArchTest
    static final ArchRule servletsAreKnownToTheirPackageOnly =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.jetway.servlet..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("jakarta.servlet..");

    @ArchTest
    static final ArchRule commonsCliIsKnownToTheCommandLineOnly =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.jetway.server.cli..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.apache.commons.cli..");

    @ArchTest
    static final ArchRule jettysClientAndGsonAreKnownToRegistriesOnly =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.jetway.server.registry..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.eclipse.jetty.client..", "com.google.gson..");

    @ArchTest
    static final ArchRule simpleclientIsKnownToMetricsOnly =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.jetway.server.metrics..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.prometheus..");

    @ArchTest
    static void packagesKnowOnlyWhatTheyMay(JavaClasses classes) {
        MAY_KNOW.forEach((name, known) -> {
            var own = "dev.jetway." + name;
            List<String> allowed = new ArrayList<>(known);
            allowed.add(name);
            noClasses()
                    .that()
                    .resideInAPackage(own)
                    .should()
                    .dependOnClassesThat(isOfJetwayOutside(allowed))
                    .because(name + " knows of Jetway only " + allowed)
                    .check(classes);
        });
    }

    private static DescribedPredicate<JavaClass> isOfJetwayOutside(List<String> allowed) {
        String[] patterns =
                allowed.stream().map(name -> "dev.jetway." + name).toArray(String[]::new);
        // Every package may say that it is internal.
        return resideInAPackage("dev.jetway..")
                .and(not(resideInAnyPackage(patterns)))
                .and(not(equivalentTo(Internal.class)));
    }

    @ArchTest
    static void everyPackageBelowTheServerHasAnEntry(JavaClasses classes) {
        Set<String> packages =
                classes.stream()
                        .map(JavaClass::getPackageName)
                        .filter(p -> !p.startsWith("dev.jetway.server"))
                        .filter(p -> !p.equals("dev.jetway.benchmarks"))
                        .map(p -> p.substring("dev.jetway.".length()))
                        .collect(Collectors.toSet());
        assertThat(MAY_KNOW.keySet()).isEqualTo(packages);
    }

    /** A service is a package with a {@link HostModule}, beside that of WASI. */
    @ArchTest
    static void servicesOfGuestsDoNotKnowEachOther(JavaClasses classes) {
        Set<String> services =
                classes.stream()
                        .filter(c -> !c.isInterface() && c.isAssignableTo(HostModule.class))
                        .map(JavaClass::getPackageName)
                        .collect(Collectors.toSet());
        assertThat(services).contains("dev.jetway.sandbox.wasi");
        for (String service : services) {
            Set<String> others = new HashSet<>(services);
            others.remove(service);
            noClasses()
                    .that()
                    .resideInAPackage(service)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(others.toArray(String[]::new))
                    .allowEmptyShould(true)
                    .check(classes);
        }
    }

    @ArchTest
    static final ArchRule configurationAndCommandsKnowNoProgram =
            noClasses()
                    .that()
                    .resideInAnyPackage("dev.jetway.server.config..", "dev.jetway.server.cli..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("dev.jetway.server.program..");

    @ArchTest
    static void packagesAreSmall(JavaClasses classes) {
        Map<String, Long> types =
                classes.stream()
                        .filter(JavaClass::isTopLevelClass)
                        .filter(c -> !c.getSimpleName().equals("package-info"))
                        .collect(groupingBy(JavaClass::getPackageName, counting()));
        assertThat(types.values()).allMatch(count -> count <= MAX_TYPES);
    }

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.jetway.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyTheProcessReadsTheEnvironment =
            noClasses()
                    .that()
                    .doNotHaveFullyQualifiedName("dev.jetway.server.Main")
                    .should()
                    .callMethod(System.class, "getenv")
                    .orShould()
                    .callMethod(System.class, "getenv", String.class)
                    .orShould()
                    .accessField(System.class, "out")
                    .orShould()
                    .accessField(System.class, "err");
}
