package dev.ripen.sync;

/** Why a wanted row is not sent. Names are a contract: add, never rename. */
public enum SkipReason {
  /** The model's row names no lead. */
  NO_LEAD("no lead id"),
  /** Neither a record id nor an e-mail that {@code match-by} allows. */
  NO_KEY("no record id and no e-mail to match by"),
  /** The e-mail is the only key, and it is none. */
  INVALID_EMAIL("the e-mail is the only key and is not valid"),
  /** The CRM has nobody with that key, and {@code create} is {@code never}. */
  NO_CONTACT("no matching contact"),
  /** The CRM no longer has the record; what was deleted there is not created again. */
  RECORD_GONE("the CRM no longer has the record"),
  /** Another lead has that CRM record: the one of the ledger, else the first by lead id. */
  DUPLICATE_RECORD("another lead has the same CRM record");

  private final String text;

  SkipReason(String text) {
    this.text = text;
  }

  /** A few words for people. */
  public String text() {
    return text;
  }
}
