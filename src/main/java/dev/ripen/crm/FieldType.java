package dev.ripen.crm;

/** Types that every CRM can hold. */
public enum FieldType {
  BOOLEAN,
  NUMBER,
  TEXT,
  LONG_TEXT,
  DATE,
  INSTANT,
  ENUMERATION,
  /** Something that ripen does not write. */
  OTHER
}
