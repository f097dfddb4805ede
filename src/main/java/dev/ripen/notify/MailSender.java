package dev.ripen.notify;

import dev.ripen.config.NotifySettings.Account;
import dev.ripen.config.NotifySettings.Mail;
import dev.ripen.config.NotifySettings.Security;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Date;
import java.util.Optional;
import java.util.Properties;

/** Sends plain-text e-mail over SMTP. */
final class MailSender implements Sender {
  private static final String TIMEOUT_MILLIS = "15000";

  private final Mail settings;
  private final Clock clock;

  MailSender(Mail settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public void send(Message message) throws DeliveryException {
    Session session = Session.getInstance(properties());
    try (Transport transport = session.getTransport("smtp")) {
      MimeMessage mail = new MimeMessage(session);
      mail.setFrom(new InternetAddress(settings.from(), true));
      for (String to : settings.to()) {
        mail.addRecipient(MimeMessage.RecipientType.TO, new InternetAddress(to, true));
      }
      mail.setSubject(message.subject(), StandardCharsets.UTF_8.name());
      mail.setText(String.join("\n", message.lines()) + "\n", StandardCharsets.UTF_8.name());
      mail.setSentDate(Date.from(clock.instant()));
      // Out-of-office answers and the like stay away.
      mail.setHeader("Auto-Submitted", "auto-generated");
      mail.saveChanges();
      Optional<Account> account = settings.account();
      transport.connect(
          settings.host(),
          settings.port(),
          account.map(Account::username).orElse(null),
          account.map(a -> a.password().reveal()).orElse(null));
      transport.sendMessage(mail, mail.getAllRecipients());
    } catch (AuthenticationFailedException e) {
      throw new DeliveryException(server() + " refused user name or password", e);
    } catch (MessagingException e) {
      // Servers repeat addresses in what they say.
      throw new DeliveryException(
          server() + ": " + dev.ripen.http.Redaction.mask(String.valueOf(e.getMessage())), e);
    }
  }

  private String server() {
    return settings.host() + ":" + settings.port();
  }

  private Properties properties() {
    Properties properties = new Properties();
    properties.put("mail.smtp.auth", Boolean.toString(settings.account().isPresent()));
    properties.put("mail.smtp.connectiontimeout", TIMEOUT_MILLIS);
    properties.put("mail.smtp.timeout", TIMEOUT_MILLIS);
    properties.put("mail.smtp.writetimeout", TIMEOUT_MILLIS);
    properties.put("mail.smtp.ssl.checkserveridentity", "true");
    boolean starts = settings.security() == Security.STARTTLS;
    properties.put("mail.smtp.starttls.enable", Boolean.toString(starts));
    properties.put("mail.smtp.starttls.required", Boolean.toString(starts));
    properties.put("mail.smtp.ssl.enable", Boolean.toString(settings.security() == Security.TLS));
    return properties;
  }

  @Override
  public void close() {
    // Every message has a connection of its own.
  }
}
