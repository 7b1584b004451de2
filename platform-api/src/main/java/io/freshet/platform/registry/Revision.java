package io.freshet.platform.registry;

import io.freshet.platform.registry.StoredDefinition.Address;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The count of the registry's changes, which are audited under it. */
@Component
public class Revision {
  private final JdbcClient database;
  private final AtomicLong localChanges = new AtomicLong();

  Revision(JdbcClient database) {
    this.database = database;
  }

  /** The count of changes so far, of all replicas; a cheap query. */
  public long current() {
    return database
        .sql("select revision from registry_revision where id = 1")
        .query(Long.class)
        .single();
  }

  /** The count of changes that this process committed since its start; costs no query. */
  public long localChanges() {
    return localChanges.get();
  }

  /** Holds other changes off until the transaction ends. */
  void lock() {
    database
        .sql("select revision from registry_revision where id = 1 for update")
        .query(Long.class)
        .single();
  }

  /**
   * Counts and audits one change; the transaction has the lock.
   *
   * @param content what the definition became, or null if it was deleted
   */
  void record(String action, Address address, @Nullable String content, Instant now) {
    advance();
    database
        .sql(
            "insert into audit_entry (revision, at, action, project, kind, name, content)"
                + " select revision, :now, :action, :project, :kind, :name, :content"
                + " from registry_revision where id = 1")
        .param("now", Timestamp.from(now))
        .param("action", action)
        .param("project", address.project())
        .param("kind", address.kind().wireName())
        .param("name", address.name())
        .param("content", content)
        .update();
  }

  /** Counts a change of what is served that no user made; the transaction has the lock. */
  void advance() {
    database.sql("update registry_revision set revision = revision + 1 where id = 1").update();
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            localChanges.incrementAndGet();
          }
        });
  }
}
