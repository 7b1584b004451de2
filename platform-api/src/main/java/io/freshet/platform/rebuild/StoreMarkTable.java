package io.freshet.platform.rebuild;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.OffsetDateTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The mark of the online store, in a table of one row. */
@Component
class StoreMarkTable {
  private static final String MARK = "select * from online_store_mark where id = 1";

  private final JdbcClient database;

  StoreMarkTable(JdbcClient database) {
    this.database = database;
  }

  StoreMark read() {
    return database.sql(MARK).query(StoreMarkTable::mark).single();
  }

  /** Reads it and holds other replicas off until the transaction ends. */
  StoreMark lock() {
    return database.sql(MARK + " for update").query(StoreMarkTable::mark).single();
  }

  void replace(StoreMark mark) {
    database
        .sql(
            "update online_store_mark set mark = :mark, losses = :losses, lost_at = :lostAt"
                + " where id = 1")
        .param("mark", mark.id())
        .param("losses", mark.losses())
        .param("lostAt", mark.lostAt() == null ? null : Timestamp.from(mark.lostAt()))
        .update();
  }

  private static StoreMark mark(ResultSet row, int index) throws SQLException {
    OffsetDateTime lostAt = row.getObject("lost_at", OffsetDateTime.class);
    return new StoreMark(
        row.getString("mark"), row.getInt("losses"), lostAt == null ? null : lostAt.toInstant());
  }
}
