package dev.jetway.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The table of docs/architecture.md: who may know what. */
@AnalyzeClasses(packages = "dev.jetway", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    private static final String MODULES = "dev.jetway.module..";
    private static final String UNITS = "dev.jetway.unit..";
    private static final String SANDBOX = "dev.jetway.sandbox..";
    private static final String CGI = "dev.jetway.cgi..";
    private static final String JETTY = "dev.jetway.jetty..";
    private static final String SERVER = "dev.jetway.server..";

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
                            "dev.jetway.sandbox.file..", "dev.jetway.sandbox.process..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("java.lang.foreign..");

    @ArchTest
    static final ArchRule caffeineIsKnownToModulesOnly =
            noClasses()
                    .that()
                    .resideOutsideOfPackage(MODULES)
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
    static final ArchRule commonsCliIsKnownToTheCommandLineOnly =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.jetway.server.cli..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.apache.commons.cli..");

    @ArchTest
    static final ArchRule simpleclientIsKnownToMetricsOnly =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.jetway.server.metrics..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.prometheus..");

    @ArchTest
    static final ArchRule modulesKnowNothingAboveThem =
            noClasses()
                    .that()
                    .resideInAnyPackage(MODULES, UNITS)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(SANDBOX, CGI, JETTY, SERVER);

    @ArchTest
    static final ArchRule theSandboxKnowsNothingAboveIt =
            noClasses()
                    .that()
                    .resideInAPackage(SANDBOX)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(CGI, JETTY, SERVER);

    @ArchTest
    static final ArchRule thePipelineKnowsNothingAboveIt =
            noClasses()
                    .that()
                    .resideInAPackage(CGI)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(JETTY, SERVER);

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
