package dev.ripen.sandbox;

import static java.util.Objects.requireNonNull;

import java.util.Set;

/**
 * A token that the sandbox accepts, and what it may do.
 *
 * @param name shown in the history of a contact
 * @param value what the client sends after {@code Bearer}
 * @param scopes as HubSpot names them
 */
public record SandboxToken(String name, String value, Set<String> scopes) {
  /** Scopes of a service key that may do everything the sandbox knows. */
  public static final Set<String> ALL_SCOPES =
      Set.of(
          "crm.objects.contacts.read",
          "crm.objects.contacts.write",
          "crm.objects.companies.read",
          "crm.objects.deals.read",
          "forms",
          "crm.schemas.contacts.read",
          "crm.schemas.contacts.write");

  public SandboxToken {
    requireNonNull(name);
    requireNonNull(value);
    scopes = Set.copyOf(scopes);
  }

  /** A token with all scopes. */
  public static SandboxToken of(String name, String value) {
    return new SandboxToken(name, value, ALL_SCOPES);
  }

  /** As often found in companies: may read and write contacts, may not create fields. */
  public static SandboxToken withoutSchemaScopes(String name, String value) {
    return new SandboxToken(
        name, value, Set.of("crm.objects.contacts.read", "crm.objects.contacts.write"));
  }

  @Override
  public String toString() {
    return "SandboxToken[" + name + ", " + scopes + "]";
  }
}
