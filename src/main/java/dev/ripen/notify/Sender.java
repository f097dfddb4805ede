package dev.ripen.notify;

/** Carries messages to one channel. */
interface Sender extends AutoCloseable {
  /**
   * Returns when the other side has taken the message.
   *
   * @throws DeliveryException if it has not, as far as one can know
   */
  void send(Message message) throws DeliveryException;

  @Override
  void close();
}
