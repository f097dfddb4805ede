package dev.ripen.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ripen.config.Secret;
import dev.ripen.config.Source;
import dev.ripen.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.internal.SQLConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.jdk.javaapi.CollectionConverters;

class JdbcSettingsTest {
  private static final Map<String, String> OF_SNOWFLAKE =
      Map.of(
          "url", "jdbc:snowflake://xy12345.eu-central-1.snowflakecomputing.com/",
          "driver", "net.snowflake.client.api.driver.SnowflakeDriver",
          "account", "xy12345.eu-central-1",
          "JDBC_QUERY_RESULT_FORMAT", "JSON",
          "TIMEZONE", "UTC",
          "application", "ripen",
          "QUERY_TAG", "ripen",
          "disablePlatformDetection", "true",
          "preferTimestampNTZ", "false");

  private static final Map<String, String> ACCOUNT = Map.of("account", "xy12345.eu-central-1");

  @Test
  void signsInToSnowflakeWithKeyPair() {
    assertThat(
            of(
                "snowflake",
                ACCOUNT,
                Map.of(
                    "private-key",
                    new Secret("the key"),
                    "private-key-passphrase",
                    new Secret("opens it"))))
        .isEqualTo(
            with(
                OF_SNOWFLAKE,
                Map.of(
                    "authenticator", "snowflake_jwt",
                    "private_key_base64", base64("the key"),
                    "private_key_pwd", "opens it")));
  }

  @Test
  void signsInToSnowflakeWithOauthToken() {
    assertThat(of("snowflake", ACCOUNT, Map.of("token", new Secret("t0"))))
        .isEqualTo(with(OF_SNOWFLAKE, Map.of("authenticator", "oauth", "token", "t0")));
  }

  @Test
  void keepsTheAuthenticatorThatTheProjectNames() {
    Map<String, String> options =
        with(ACCOUNT, Map.of("authenticator", "programmatic_access_token"));
    assertThat(of("snowflake", options, Map.of("token", new Secret("t0"))))
        .isEqualTo(
            with(
                OF_SNOWFLAKE, Map.of("authenticator", "programmatic_access_token", "token", "t0")));
  }

  @Test
  void signsInToSnowflakeWithPasswordAndNamesRoleWarehouseAndQueryTag() {
    Map<String, String> options =
        with(
            ACCOUNT,
            Map.of(
                "user", "RIPEN",
                "role", "RIPEN_READER",
                "warehouse", "RIPEN_XS",
                "database", "RAW",
                "schema", "HUBSPOT",
                "query-tag", "nightly"));
    assertThat(of("snowflake", options, Map.of("password", new Secret("p0"))))
        .isEqualTo(
            with(
                OF_SNOWFLAKE,
                Map.of(
                    "user", "RIPEN",
                    "password", "p0",
                    "role", "RIPEN_READER",
                    "warehouse", "RIPEN_XS",
                    "db", "RAW",
                    "schema", "HUBSPOT",
                    "QUERY_TAG", "nightly")));
  }

  @Test
  void asksForThePlatformOnlyWhereItIsTheIdentity() {
    Map<String, String> options = with(ACCOUNT, Map.of("authenticator", "WORKLOAD_IDENTITY"));
    assertThat(of("snowflake", options, Map.of()))
        .isEqualTo(
            with(
                OF_SNOWFLAKE,
                Map.of("authenticator", "WORKLOAD_IDENTITY", "disablePlatformDetection", "false")));
  }

  @Test
  void writesHyphensForUnderscoresInTheHostOfAnAccount() {
    assertThat(of("snowflake", Map.of("account", "acme-data_lake"), Map.of()).get("url"))
        .isEqualTo("jdbc:snowflake://acme-data-lake.snowflakecomputing.com/");
  }

  @Test
  void needsAccountOrUrlForSnowflake() {
    assertThatThrownBy(() -> of("snowflake", Map.of("user", "RIPEN"), Map.of()))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("source warehouse (snowflake) has no account");
  }

  @Test
  void writesTheAddressOfPostgres() {
    Map<String, String> options =
        Map.of(
            "host", "db.example",
            "database", "crm",
            "schema", "hubspot",
            "ssl-mode", "verify-full",
            "user", "ripen",
            "connectTimeout", "10");
    assertThat(
            of(
                "postgresql",
                options,
                Map.of("password", new Secret("p0"), "sslpassword", new Secret("p1"))))
        .isEqualTo(
            Map.of(
                "url", "jdbc:postgresql://db.example:5432/crm",
                "driver", "org.postgresql.Driver",
                "ApplicationName", "ripen",
                "currentSchema", "hubspot",
                "sslmode", "verify-full",
                "user", "ripen",
                "connectTimeout", "10",
                "password", "p0",
                "sslpassword", "p1",
                "preferTimestampNTZ", "false"));
  }

  @Test
  void opensDuckDbForReadingOnly(@TempDir Path directory) throws IOException {
    Path file = Files.createFile(directory.resolve("warehouse.duckdb"));
    assertThat(of("duckdb", Map.of("path", file.toString()), Map.of()))
        .isEqualTo(
            Map.of(
                "url", "jdbc:duckdb:" + file,
                "driver", "org.duckdb.DuckDBDriver",
                "duckdb.read_only", "true",
                "preferTimestampNTZ", "false"));
  }

  @Test
  void saysThatTheDuckDbFileIsMissing(@TempDir Path directory) {
    Map<String, String> options = Map.of("path", directory.resolve("none.duckdb").toString());
    assertThatThrownBy(() -> of("duckdb", options, Map.of()))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("the DuckDB file of source warehouse does not exist");
  }

  @Test
  void passesOtherDriversWhatTheProjectSays() {
    Map<String, String> options =
        Map.of("url", "jdbc:h2:mem:x", "driver", "org.h2.Driver", "user", "sa");
    assertThat(of("jdbc", options, Map.of("password", new Secret("p0"))))
        .isEqualTo(with(options, Map.of("password", "p0", "preferTimestampNTZ", "false")));
  }

  @Test
  void sparkShowsNoSecret() {
    Map<String, Secret> secrets =
        Map.of(
            "password", new Secret("hidden-1"),
            "token", new Secret("hidden-2"),
            "private-key", new Secret("hidden-3"),
            "private-key-passphrase", new Secret("hidden-4"));
    SQLConf conf = new SQLConf();
    conf.setConfString(SparkSessions.REDACTION, SparkSessions.SECRET_NAMES);
    Map<String, String> shown =
        CollectionConverters.asJava(
            conf.redactOptions(
                scala.collection.immutable.Map.from(
                    CollectionConverters.asScala(of("snowflake", ACCOUNT, secrets)))));
    assertThat(shown)
        .isEqualTo(
            with(
                OF_SNOWFLAKE,
                Map.of(
                    "authenticator", "snowflake_jwt",
                    "url", "*********(redacted)",
                    "password", "*********(redacted)",
                    "token", "*********(redacted)",
                    "private_key_base64", "*********(redacted)",
                    "private_key_pwd", "*********(redacted)")));
  }

  private static Map<String, String> of(
      String format, Map<String, String> options, Map<String, Secret> secrets) {
    return JdbcSettings.of(new Source("warehouse", format, options, secrets, List.of()), options);
  }

  private static Map<String, String> with(Map<String, String> map, Map<String, String> more) {
    Map<String, String> result = new HashMap<>(map);
    result.putAll(more);
    return result;
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
