package dev.ripen.problem;

/**
 * The stable name of a kind of problem. Names are a contract: scripts match on them, the README
 * lists them. Add, never rename.
 */
public enum ErrorCode {
  USAGE_INVALID(ExitCode.USAGE),
  AS_OF_IN_THE_PAST(ExitCode.USAGE),
  PROJECT_NOT_FOUND(ExitCode.CONFIG),
  CONFIG_NOT_PARSED(ExitCode.CONFIG),
  CONFIG_UNKNOWN_KEY(ExitCode.CONFIG),
  CONFIG_MISSING_KEY(ExitCode.CONFIG),
  CONFIG_INVALID_VALUE(ExitCode.CONFIG),
  CONFIG_NOT_SUPPORTED_YET(ExitCode.CONFIG),
  CONFIG_SECRET_UNREADABLE(ExitCode.CONFIG),
  SQL_NOT_PARSED(ExitCode.CONFIG),
  SQL_TABLE_NOT_FOUND(ExitCode.CONFIG),
  SQL_COLUMN_NOT_FOUND(ExitCode.CONFIG),
  SQL_INVALID(ExitCode.CONFIG),
  SQL_CYCLE(ExitCode.CONFIG),
  SQL_MISSING_COLUMN(ExitCode.CONFIG),
  SQL_WRONG_TYPE(ExitCode.CONFIG),
  SQL_HEADER(ExitCode.CONFIG),
  SQL_FILE_UNEXPECTED(ExitCode.CONFIG),
  SQL_NOT_ROW_LOCAL(ExitCode.CONFIG),
  TEST_FAILED(ExitCode.STOPPED),
  CHECK_FAILED(ExitCode.STOPPED),
  GUARD_STOPPED(ExitCode.STOPPED),
  DATA_INVALID(ExitCode.STOPPED),
  SOURCE_UNAVAILABLE(ExitCode.UNAVAILABLE),
  SOURCE_LOCKED(ExitCode.UNAVAILABLE),
  SOURCE_INVALID(ExitCode.CONFIG),
  STATE_NOT_WRITABLE(ExitCode.CONFIG),
  STATE_NEWER(ExitCode.CONFIG),
  STATE_DAMAGED(ExitCode.STOPPED),
  STATE_LOCKED(ExitCode.LOCKED),
  STATE_DISK_FULL(ExitCode.UNAVAILABLE),
  PLAN_NOT_FOUND(ExitCode.USAGE),
  PLAN_OUTDATED(ExitCode.STOPPED),
  LEAD_NOT_FOUND(ExitCode.USAGE),
  CRM_TOKEN_MISSING(ExitCode.CONFIG),
  CRM_TOKEN_REFUSED(ExitCode.CONFIG),
  CRM_SCOPE_MISSING(ExitCode.CONFIG),
  CRM_FIELD_NOT_FOUND(ExitCode.CONFIG),
  CRM_FIELD_READ_ONLY(ExitCode.CONFIG),
  CRM_FIELD_WRONG_TYPE(ExitCode.CONFIG),
  CRM_UNAVAILABLE(ExitCode.UNAVAILABLE),
  CRM_DAILY_LIMIT(ExitCode.UNAVAILABLE),
  CRM_REQUEST_REFUSED(ExitCode.CONFIG),
  REJECT_LIMIT(ExitCode.REJECTED),
  LINT_RULE_NEVER_AWARDS(ExitCode.DONE),
  LINT_RULE_WITHOUT_EFFECT(ExitCode.DONE),
  LINT_RULE_WITHOUT_EVENT(ExitCode.DONE),
  LINT_SAME_EVENT(ExitCode.DONE),
  LINT_THRESHOLD_OUT_OF_REACH(ExitCode.DONE),
  LINT_LEVEL_OUT_OF_REACH(ExitCode.DONE),
  LINT_STATUS_UNKNOWN(ExitCode.DONE),
  INTERNAL(ExitCode.INTERNAL);

  private final ExitCode exitCode;

  ErrorCode(ExitCode exitCode) {
    this.exitCode = exitCode;
  }

  public ExitCode exitCode() {
    return exitCode;
  }

  /** Whether it stops nothing: what it is about is legal, but surely not meant. */
  public boolean isWarning() {
    return exitCode == ExitCode.DONE;
  }
}
