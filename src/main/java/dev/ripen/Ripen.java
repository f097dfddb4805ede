package dev.ripen;

import dev.ripen.cli.RipenCommand;

/** The program: runs the command line and hands its exit code to the operating system. */
public final class Ripen {
  private Ripen() {}

  public static void main(String[] arguments) {
    System.exit(RipenCommand.execute(arguments).number());
  }
}
