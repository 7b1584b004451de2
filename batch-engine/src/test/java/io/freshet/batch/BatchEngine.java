package io.freshet.batch;

import io.freshet.oracle.Engine;
import io.freshet.oracle.RandomCase;
import io.freshet.oracle.RandomSource;
import io.freshet.plan.SourcePlan;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** What a Spark run computes. It counts late events too, and takes cases of one as-of time. */
record BatchEngine(SparkSession spark) implements Engine {
  @Override
  public List<Map<String, @Nullable Object[]>> answers(List<RandomCase> cases) {
    ViewsInOneRun run = new ViewsInOneRun();
    for (int i = 0; i < cases.size(); i++) {
      RandomCase random = cases.get(i);
      String keyColumn = ViewsInOneRun.keyColumn(i);
      run.add(
          random.view(),
          random.arrivals().stream().map(one -> RandomSource.json(keyColumn, one)).toList());
    }
    List<String> keyColumns =
        IntStream.range(0, cases.size()).mapToObj(ViewsInOneRun::keyColumn).toList();
    SourcePlan source = RandomSource.plan(keyColumns, 0, cases.get(0).copies());
    return run.features(spark, source, cases.get(0).asOfMillis());
  }
}
