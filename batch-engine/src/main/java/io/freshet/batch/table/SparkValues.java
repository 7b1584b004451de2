package io.freshet.batch.table;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Values of features in Spark's rows: lists and maps are Scala's there, scalars are as they are.
 */
public final class SparkValues {
  private SparkValues() {}

  public static @Nullable Object[] rowToSpark(@Nullable Object[] values) {
    @Nullable Object[] converted = new @Nullable Object[values.length];
    for (int i = 0; i < values.length; i++) {
      converted[i] = toSpark(values[i]);
    }
    return converted;
  }

  public static @Nullable Object fromSpark(@Nullable Object value) {
    if (value instanceof scala.collection.Seq<?> sequence) {
      Collection<?> elements = CollectionConverters.asJavaCollection(sequence);
      return List.copyOf(elements);
    }
    if (value instanceof scala.collection.Map<?, ?> map) {
      return Collections.unmodifiableSortedMap(new TreeMap<>(CollectionConverters.asJava(map)));
    }
    return value;
  }

  public static @Nullable Object toSpark(@Nullable Object value) {
    if (value instanceof List<?> list) {
      return CollectionConverters.asScala(list).toSeq();
    }
    return value instanceof Map<?, ?> map ? CollectionConverters.asScala(map) : value;
  }
}
