/**
 * Writes in a database's own SQL what Spark would do with its tables. Pure: it is given Spark's
 * plan and the types of the columns, and gives a text. A whitelist: what is not surely the same in
 * both is a {@link dev.ripen.spark.pushdown.NotPushedException}, and stays with Spark.
 */
@NullMarked
package dev.ripen.spark.pushdown;

import org.jspecify.annotations.NullMarked;
