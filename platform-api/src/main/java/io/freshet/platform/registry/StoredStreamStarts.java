package io.freshet.platform.registry;

import io.freshet.plan.Delivery;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the intents that the reconciler stores. */
@Component
class StoredStreamStarts implements StreamStarts {
  private final JdbcClient database;

  StoredStreamStarts(JdbcClient database) {
    this.database = database;
  }

  @Override
  public boolean isRequested(String project, String source, Delivery delivery) {
    return database
            .sql(
                "select count(*) from streaming_job"
                    + " where project = :project and source = :source and delivery = :delivery"
                    + " and state <> 'CANCELLED'")
            .param("project", project)
            .param("source", source)
            .param("delivery", delivery.name())
            .query(Long.class)
            .single()
        > 0;
  }
}
