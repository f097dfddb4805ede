package dev.ripen.crm;

/** Why a CRM refused a row, in our words. Names are a contract: add, never rename. */
public enum RejectCode {
  INVALID_VALUE,
  INVALID_EMAIL,
  UNKNOWN_FIELD,
  READ_ONLY_FIELD,
  MISSING_REQUIRED_FIELD,
  RECORD_NOT_FOUND,
  DUPLICATE_RECORD,
  ALREADY_EXISTS,
  NOT_ALLOWED,
  /** The CRM said success but did not do it. */
  NOT_APPLIED,
  OTHER
}
