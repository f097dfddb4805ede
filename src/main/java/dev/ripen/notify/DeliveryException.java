package dev.ripen.notify;

/** A message could not be delivered; the text says why and shows neither address nor secret. */
final class DeliveryException extends Exception {
  private static final long serialVersionUID = 1L;

  DeliveryException(String why) {
    super(why);
  }

  DeliveryException(String why, Throwable cause) {
    super(why, cause);
  }
}
