package dev.ripen.crm;

/** What a batch does. */
public enum WriteAction {
  CREATE,
  UPDATE,
  /** Update the record with that e-mail, or create one. */
  UPSERT
}
