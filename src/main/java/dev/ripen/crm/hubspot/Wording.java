package dev.ripen.crm.hubspot;

/**
 * How problems speak of what HubSpot is to a project.
 *
 * @param token where the token is set
 * @param command what goes on where it ended
 * @param again what to do when HubSpot is not to be had
 * @param budget how to use more of a day; may be empty
 * @param scopes what the token must be allowed
 * @param refused what to look at when HubSpot does not understand
 */
record Wording(
    String token, String command, String again, String budget, String scopes, String refused) {

  static Wording destination(String name) {
    return new Wording(
        "destinations." + name + ".token",
        "ripen sync",
        "Run again later; what is written stays written: ripen sync",
        ". To use more: destinations." + name + ".budget.day",
        "reading and writing contacts needs crm.objects.contacts.read and .write, provisioning"
            + " crm.schemas.contacts.write.",
        "Check base-url and api-version of the destination, and the names of its fields.");
  }

  static Wording source(String name) {
    return new Wording(
        "sources." + name + ".token",
        "ripen run",
        "Run again later: ripen run. It reads on from the last run that came to its end",
        "",
        "reading needs crm.objects.contacts.read, crm.objects.companies.read,"
            + " crm.objects.deals.read and, for form submissions, forms.",
        "Check base-url and api-version of the source, and the names of its properties.");
  }
}
