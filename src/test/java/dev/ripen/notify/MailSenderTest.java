package dev.ripen.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.icegreen.greenmail.configuration.GreenMailConfiguration;
import com.icegreen.greenmail.junit5.GreenMailExtension;
import com.icegreen.greenmail.util.ServerSetup;
import com.icegreen.greenmail.util.ServerSetupTest;
import dev.ripen.config.NotifySettings.Account;
import dev.ripen.config.NotifySettings.Mail;
import dev.ripen.config.NotifySettings.Security;
import dev.ripen.config.Secret;
import jakarta.mail.internet.MimeMessage;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Against a real SMTP server on this machine. */
class MailSenderTest {
  private static final Message MESSAGE =
      new Message(
          "run.failed",
          "acme-mql: the run failed\r\nBcc: all@acme.com",
          List.of("CRM_UNAVAILABLE: no answer from HubSpot", "Müller · 4711"),
          new ObjectMapper().createObjectNode());

  @RegisterExtension
  static final GreenMailExtension MAIL =
      new GreenMailExtension(
              new ServerSetup[] {
                ServerSetupTest.SMTP.dynamicPort(), ServerSetupTest.SMTPS.dynamicPort()
              })
          .withConfiguration(
              GreenMailConfiguration.aConfig().withUser("ripen@acme.com", "ripen", "hunter2"))
          .withPerMethodLifecycle(true);

  private static MailSender sender(int port, Security security, Optional<Account> account) {
    return new MailSender(
        new Mail(
            "127.0.0.1",
            port,
            security,
            "ripen <ripen@acme.com>",
            List.of("revops@acme.com", "sales@acme.com"),
            account),
        Clock.fixed(Instant.parse("2026-11-20T05:00:00Z"), ZoneOffset.UTC));
  }

  private static Optional<Account> account(String password) {
    return Optional.of(new Account("ripen", new Secret(password)));
  }

  @Test
  void sendsPlainTextToEverybody() throws Exception {
    sender(MAIL.getSmtp().getPort(), Security.NONE, account("hunter2")).send(MESSAGE);

    MimeMessage[] received = MAIL.getReceivedMessages();
    assertThat(received).hasSize(2);
    MimeMessage mail = received[0];
    assertThat(mail.getAllRecipients())
        .extracting(Object::toString)
        .containsExactly("revops@acme.com", "sales@acme.com");
    assertThat(mail.getFrom()[0].toString()).isEqualTo("ripen <ripen@acme.com>");
    assertThat(mail.getSentDate().toInstant()).isEqualTo("2026-11-20T05:00:00Z");
    assertThat(mail.getContent().toString().replace("\r\n", "\n"))
        .isEqualToIgnoringNewLines("CRM_UNAVAILABLE: no answer from HubSpot\nMüller · 4711");
  }

  @Test
  void letsNoSubjectAddAHeader() throws Exception {
    sender(MAIL.getSmtp().getPort(), Security.NONE, Optional.empty()).send(MESSAGE);

    MimeMessage mail = MAIL.getReceivedMessages()[0];
    assertThat(mail.getSubject()).isEqualTo("acme-mql: the run failed Bcc: all@acme.com");
    assertThat(mail.getHeader("Bcc")).isNull();
  }

  @Test
  void saysThatThePasswordIsWrongWithoutShowingIt() {
    MailSender sender = sender(MAIL.getSmtp().getPort(), Security.NONE, account("wrong-one"));

    assertThatThrownBy(() -> sender.send(MESSAGE))
        .isInstanceOf(DeliveryException.class)
        .hasMessageContaining("refused user name or password")
        .hasMessageNotContaining("wrong-one");
  }

  @Test
  void sendsNothingToAServerThatWillNotEncrypt() {
    MailSender sender = sender(MAIL.getSmtp().getPort(), Security.STARTTLS, account("hunter2"));

    assertThatThrownBy(() -> sender.send(MESSAGE))
        .isInstanceOf(DeliveryException.class)
        .hasMessageContaining("STARTTLS");
    assertThat(MAIL.getReceivedMessages()).isEmpty();
  }

  @Test
  void sendsNothingToAServerWhoseCertificateNobodyVouchesFor() {
    MailSender sender = sender(MAIL.getSmtps().getPort(), Security.TLS, account("hunter2"));

    assertThatThrownBy(() -> sender.send(MESSAGE)).isInstanceOf(DeliveryException.class);
    assertThat(MAIL.getReceivedMessages()).isEmpty();
  }

  @Test
  void saysWhichServerDoesNotAnswer() {
    int port = MAIL.getSmtp().getPort();
    MAIL.stop();

    assertThatThrownBy(() -> sender(port, Security.NONE, Optional.empty()).send(MESSAGE))
        .isInstanceOf(DeliveryException.class)
        .hasMessageContaining("127.0.0.1:" + port);
  }
}
