package dev.ripen.spark;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction1;

/** Java values as Scala wants them. */
final class SqlScala {
  private SqlScala() {}

  static <T> Seq<T> seq(List<T> list) {
    return CollectionConverters.asScala(list).toSeq();
  }

  static <K, V> scala.collection.immutable.Map<K, V> map(Map<K, V> map) {
    return scala.collection.immutable.Map$.MODULE$.from(CollectionConverters.asScala(map));
  }

  static <T> AbstractFunction1<T, T> function(UnaryOperator<T> function) {
    return mapping(function);
  }

  static <A, B> AbstractFunction1<A, B> mapping(Function<A, B> function) {
    return new AbstractFunction1<>() {
      @Override
      public B apply(A argument) {
        return function.apply(argument);
      }
    };
  }

  static <T> AbstractFunction1<T, Object> predicate(Predicate<T> predicate) {
    return new AbstractFunction1<>() {
      @Override
      public Object apply(T argument) {
        return predicate.test(argument);
      }
    };
  }

  /** Throws what Scala throws without declaring it. */
  static RuntimeException unchecked(Throwable thrown) {
    throw SqlScala.<RuntimeException>as(thrown);
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the type says it is unchecked
  private static <E extends Throwable> E as(Throwable thrown) throws E {
    throw (E) thrown;
  }
}
