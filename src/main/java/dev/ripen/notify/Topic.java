package dev.ripen.notify;

/** What can be wrong, each on its own: a topic is open from the message of trouble to its end. */
enum Topic {
  /** The run failed, or a check or guard stopped it. */
  RUN,
  /** More rows than allowed wait as rejects. */
  REJECTS,
  /** No event that counts for too long. */
  NOTHING_NEW,
  /** The run took much longer than usual. */
  DURATION
}
