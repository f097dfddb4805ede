package dev.ripen.sample;

import java.util.List;

/** The invented web site: its pages, and what comes to look at them. */
final class Site {
  static final Page HOME = new Page("/", "Acme | Work that flows");
  static final Page PRICING = new Page("/pricing", "Pricing | Acme");
  static final Page SIGN_UP = new Page("/signup", "Start free | Acme");
  static final Page PRODUCT = new Page("/product", "Product | Acme");
  static final Page CUSTOMERS = new Page("/customers", "Customers | Acme");

  static final String DESKTOP =
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
          + " Chrome/141.0.0.0 Safari/537.36";

  static final List<String> AGENTS =
      List.of(
          DESKTOP,
          "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)"
              + " Version/18.6 Safari/605.1.15",
          "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like"
              + " Gecko) Version/18.6 Mobile/15E148 Safari/604.1",
          "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0",
          "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko)"
              + " Chrome/141.0.0.0 Mobile Safari/537.36");

  static final List<String> BOT_AGENTS =
      List.of(
          "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
          "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)",
          "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)"
              + " HeadlessChrome/138.0.0.0 Safari/537.36",
          "python-requests/2.32.4");

  static final List<String> REFERRERS =
      List.of(
          "https://www.google.com/",
          "https://www.linkedin.com/",
          "https://duckduckgo.com/",
          "https://news.ycombinator.com/");

  static final List<String> FEATURES =
      List.of(
          "board_opened",
          "report_viewed",
          "export_downloaded",
          "automation_run",
          "comment_added",
          "dashboard_shared",
          "import_started",
          "search_used");

  static final List<Page> PAGES =
      List.of(
          HOME,
          PRODUCT,
          CUSTOMERS,
          new Page("/product/automations", "Automations | Acme"),
          new Page("/integrations", "Integrations | Acme"),
          new Page("/integrations/hubspot", "HubSpot | Acme"),
          new Page("/blog", "Blog | Acme"),
          new Page("/blog/what-is-an-mql", "What is an MQL? | Acme"),
          new Page("/blog/lead-scoring-that-sales-trusts", "Lead scoring that sales trusts | Acme"),
          new Page("/docs/getting-started", "Getting started | Acme Docs"),
          new Page("/docs/api", "API | Acme Docs"),
          new Page("/about", "About | Acme"),
          new Page("/careers", "Careers | Acme"));

  private Site() {}

  /** A page of the site. */
  record Page(String path, String title) {
    String url() {
      return "https://www.acme.example" + path;
    }
  }
}
