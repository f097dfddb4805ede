package dev.ripen.adapters;

/**
 * A place that tables are read from.
 *
 * @param name as on the command line
 * @param title for people
 * @param isFiles whether its tables are paths, not names
 * @param isUpperCase whether names are usually written in capitals
 * @param settings the connection's lines of conf/ripen.conf
 */
record Warehouse(
    String name, String title, boolean isFiles, boolean isUpperCase, String settings) {}
