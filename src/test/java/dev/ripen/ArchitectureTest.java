package dev.ripen;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Holds the arrows between the packages as CONTRIBUTING.md draws them. */
@AnalyzeClasses(packages = "dev.ripen", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule ARROWS =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("problem")
          .definedBy("dev.ripen.problem")
          .layer("scoring")
          .definedBy("dev.ripen.scoring")
          .layer("identity")
          .definedBy("dev.ripen.identity")
          .layer("crm")
          .definedBy("dev.ripen.crm")
          .layer("hubspot")
          .definedBy("dev.ripen.crm.hubspot")
          .layer("http")
          .definedBy("dev.ripen.http")
          .layer("config")
          .definedBy("dev.ripen.config")
          .layer("sqlmodel")
          .definedBy("dev.ripen.sqlmodel")
          .layer("sync")
          .definedBy("dev.ripen.sync")
          .layer("history")
          .definedBy("dev.ripen.history")
          .layer("notify")
          .definedBy("dev.ripen.notify")
          .layer("adapters")
          .definedBy("dev.ripen.adapters")
          .layer("spark")
          .definedBy("dev.ripen.spark")
          .layer("pushdown")
          .definedBy("dev.ripen.spark.pushdown")
          .layer("sandbox")
          .definedBy("dev.ripen.sandbox")
          .layer("sample")
          .definedBy("dev.ripen.sample")
          .layer("cli")
          .definedBy("dev.ripen.cli")
          .layer("main")
          .definedBy("dev.ripen")
          .whereLayer("problem")
          .mayNotAccessAnyLayer()
          .whereLayer("scoring")
          .mayNotAccessAnyLayer()
          .whereLayer("identity")
          .mayNotAccessAnyLayer()
          .whereLayer("crm")
          .mayOnlyAccessLayers("problem")
          .whereLayer("http")
          .mayOnlyAccessLayers("problem")
          .whereLayer("hubspot")
          .mayOnlyAccessLayers("crm", "http", "problem")
          .whereLayer("config")
          .mayOnlyAccessLayers("problem", "scoring", "identity", "crm")
          .whereLayer("sqlmodel")
          .mayOnlyAccessLayers("problem")
          .whereLayer("sync")
          .mayOnlyAccessLayers("config", "crm", "problem")
          .whereLayer("history")
          .mayOnlyAccessLayers("problem")
          .whereLayer("notify")
          .mayOnlyAccessLayers("config", "http", "problem")
          .whereLayer("adapters")
          .mayOnlyAccessLayers("problem")
          .whereLayer("spark")
          .mayOnlyAccessLayers(
              "config",
              "scoring",
              "identity",
              "sqlmodel",
              "sync",
              "history",
              "crm",
              "problem",
              "pushdown")
          .whereLayer("pushdown")
          .mayNotAccessAnyLayer()
          .whereLayer("sandbox")
          .mayOnlyAccessLayers("problem")
          .whereLayer("sample")
          .mayOnlyAccessLayers("problem")
          .whereLayer("main")
          .mayOnlyAccessLayers("cli", "problem");

  @ArchTest
  static final ArchRule ONLY_ONE_PACKAGE_KNOWS_SPARK =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.ripen.spark", "dev.ripen.spark.pushdown", "dev.ripen.cli")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.spark..", "org.apache.hadoop..", "scala..", "io.delta..");

  @ArchTest
  static final ArchRule SPARK_CALLS_NO_CRM =
      noClasses()
          .that()
          .resideInAPackage("dev.ripen.spark")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("dev.ripen.crm.Destination");

  @ArchTest
  static final ArchRule SCORING_AND_IDENTITY_ARE_PURE =
      noClasses()
          .that()
          .resideInAnyPackage("dev.ripen.scoring", "dev.ripen.identity")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.nio.file..", "java.net..", "okhttp3..", "com.fasterxml..");
}
