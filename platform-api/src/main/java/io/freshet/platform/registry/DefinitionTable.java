package io.freshet.platform.registry;

import io.freshet.definition.Kind;
import io.freshet.platform.registry.StoredDefinition.Address;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table of current definitions. */
@Component
class DefinitionTable {
  private static final String AT_ADDRESS =
      " where project = :project and kind = :kind and name = :name";

  private final JdbcClient database;

  DefinitionTable(JdbcClient database) {
    this.database = database;
  }

  Optional<StoredDefinition> find(Address address) {
    return at("select * from definition" + AT_ADDRESS, address)
        .query(DefinitionTable::definition)
        .optional();
  }

  /** Those of a kind in a project, by name. */
  List<StoredDefinition> list(String project, Kind kind) {
    return database
        .sql("select * from definition where project = :project and kind = :kind order by name")
        .param("project", project)
        .param("kind", kind.wireName())
        .query(DefinitionTable::definition)
        .list();
  }

  List<StoredDefinition> projects() {
    return database
        .sql("select * from definition where kind = :kind order by name")
        .param("kind", Kind.PROJECT.wireName())
        .query(DefinitionTable::definition)
        .list();
  }

  /**
   * @param plan what engines get of it, or null
   */
  void save(StoredDefinition definition, @Nullable String plan, Instant now) {
    int updated =
        at(
                "update definition set content = :content, plan = :plan, updated_at = :now"
                    + AT_ADDRESS,
                definition.address())
            .param("content", definition.content())
            .param("plan", plan)
            .param("now", Timestamp.from(now))
            .update();
    if (updated == 0) {
      at(
              "insert into definition (project, kind, name, content, plan, updated_at)"
                  + " values (:project, :kind, :name, :content, :plan, :now)",
              definition.address())
          .param("content", definition.content())
          .param("plan", plan)
          .param("now", Timestamp.from(now))
          .update();
    }
  }

  void delete(Address address) {
    at("delete from definition" + AT_ADDRESS, address).update();
  }

  /** Holds others off a definition's row until the transaction ends; false if there is none. */
  boolean lock(Address address) {
    return at("select name from definition" + AT_ADDRESS + " for update", address)
        .query(String.class)
        .optional()
        .isPresent();
  }

  private JdbcClient.StatementSpec at(String sql, Address address) {
    return database
        .sql(sql)
        .param("project", address.project())
        .param("kind", address.kind().wireName())
        .param("name", address.name());
  }

  private static StoredDefinition definition(ResultSet row, int index) throws SQLException {
    Kind kind = Kind.ofWireName(row.getString("kind")).orElseThrow();
    return new StoredDefinition(
        new Address(kind, row.getString("project"), row.getString("name")),
        row.getString("content"));
  }
}
