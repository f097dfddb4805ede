package dev.ripen.spark;

import dev.ripen.identity.JudgedLink.Ignored;
import dev.ripen.identity.PersonId;
import dev.ripen.sqlmodel.CanonicalTables;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The rows of {@code people}, as they are kept and as models see them. */
final class PeopleRows {
  static final String VIEW = CanonicalTables.PEOPLE;

  /** What models see. */
  static final StructType VIEW_TYPE = ModelAnalyzer.canonical(VIEW);

  /** What is kept: also ids that are nobody's, and what is needed to go on from there. */
  static final StructType TYPE =
      new StructType()
          .add("id", DataTypes.StringType)
          .add("person_id", DataTypes.StringType)
          .add("component", DataTypes.StringType);

  private PeopleRows() {}

  static Dataset<Row> of(SparkSession spark, List<PersonId> people) {
    return spark.createDataFrame(
        people.stream()
            .map(id -> RowFactory.create(id.id(), id.personId(), id.component()))
            .toList(),
        TYPE);
  }

  /** What became of the links that were found, and are kept as these people. */
  static Pipeline.Identity count(Dataset<Row> kept, PeopleStep.Found found) {
    // Everybody is named by an id that is his.
    Row people =
        kept.selectExpr(
                "count_if(person_id IS NOT NULL)",
                "count_if(id = person_id)",
                "count_if(person_id IS NULL)")
            .head();
    Row links =
        found
            .judged()
            .selectExpr(
                "count_if(ignored = '" + Ignored.ROLE_ADDRESS + "')",
                "count_if(ignored = '" + Ignored.TOO_MANY_IDS + "')")
            .head();
    return new Pipeline.Identity(
        people.getLong(0),
        people.getLong(1),
        people.getLong(2),
        links.getLong(0),
        links.getLong(1),
        found.malformed());
  }

  /** As models see them. */
  static Dataset<Row> view(Dataset<Row> kept) {
    return kept.where("person_id IS NOT NULL").select("id", "person_id");
  }
}
