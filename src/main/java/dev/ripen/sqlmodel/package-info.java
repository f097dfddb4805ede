/**
 * The SQL files of a project: headers, checks, order, unit-test cases. Asks {@link
 * dev.ripen.sqlmodel.SqlReader} what a text reads; knows no Spark.
 */
@NullMarked
package dev.ripen.sqlmodel;

import org.jspecify.annotations.NullMarked;
