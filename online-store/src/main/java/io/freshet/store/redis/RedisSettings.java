package io.freshet.store.redis;

import io.freshet.error.Violations;
import java.time.Duration;

/**
 * How the store talks to Redis.
 *
 * @param connectTimeout how long opening a connection may take
 * @param readTimeout how long a read may take, the time in queues included
 * @param writeTimeout how long an upsert may take, the time in queues included
 * @param maxReconnectDelay the longest pause between attempts to connect again
 * @param keysPerCall entities that one call of the script decides on; other clients wait meanwhile
 * @param rowsPerCall rows that one call of the script decides on
 * @param maxUnansweredReads entities whose reads a hanging server may leave without an answer;
 *     beyond it reads are refused at once until the server answers again
 */
public record RedisSettings(
    Duration connectTimeout,
    Duration readTimeout,
    Duration writeTimeout,
    Duration maxReconnectDelay,
    int keysPerCall,
    int rowsPerCall,
    int maxUnansweredReads) {
  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofMinutes(10);

  public static final RedisSettings DEFAULTS =
      new RedisSettings(
          Duration.ofSeconds(3),
          Duration.ofSeconds(1),
          Duration.ofSeconds(10),
          Duration.ofMillis(500),
          128,
          512,
          100_000);

  /**
   * @throws io.freshet.error.InvalidInputException with every setting that is out of its range
   */
  public RedisSettings {
    Violations violations = new Violations();
    check(violations, "connectTimeout", connectTimeout);
    check(violations, "readTimeout", readTimeout);
    check(violations, "writeTimeout", writeTimeout);
    check(violations, "maxReconnectDelay", maxReconnectDelay);
    check(violations, "keysPerCall", keysPerCall, 1, 1_000);
    // The script unpacks a call's rows of one key on Lua's stack, which holds 8,000 values.
    check(violations, "rowsPerCall", rowsPerCall, 1, 2_000);
    check(violations, "maxUnansweredReads", maxUnansweredReads, 1, 10_000_000);
    violations.throwIfAny("settings of the online store");
  }

  public RedisSettings withConnectTimeout(Duration timeout) {
    return new RedisSettings(
        timeout,
        readTimeout,
        writeTimeout,
        maxReconnectDelay,
        keysPerCall,
        rowsPerCall,
        maxUnansweredReads);
  }

  public RedisSettings withReadTimeout(Duration timeout) {
    return new RedisSettings(
        connectTimeout,
        timeout,
        writeTimeout,
        maxReconnectDelay,
        keysPerCall,
        rowsPerCall,
        maxUnansweredReads);
  }

  public RedisSettings withWriteTimeout(Duration timeout) {
    return new RedisSettings(
        connectTimeout,
        readTimeout,
        timeout,
        maxReconnectDelay,
        keysPerCall,
        rowsPerCall,
        maxUnansweredReads);
  }

  public RedisSettings withMaxReconnectDelay(Duration delay) {
    return new RedisSettings(
        connectTimeout,
        readTimeout,
        writeTimeout,
        delay,
        keysPerCall,
        rowsPerCall,
        maxUnansweredReads);
  }

  public RedisSettings withBatches(int keys, int rows) {
    return new RedisSettings(
        connectTimeout,
        readTimeout,
        writeTimeout,
        maxReconnectDelay,
        keys,
        rows,
        maxUnansweredReads);
  }

  public RedisSettings withMaxUnansweredReads(int reads) {
    return new RedisSettings(
        connectTimeout,
        readTimeout,
        writeTimeout,
        maxReconnectDelay,
        keysPerCall,
        rowsPerCall,
        reads);
  }

  private static void check(Violations violations, String path, Duration value) {
    if (value.compareTo(SHORTEST) < 0 || value.compareTo(LONGEST) > 0) {
      violations.add(
          path, value.toMillis() + " ms is out of range: choose a duration from 1ms to 10m");
    }
  }

  private static void check(Violations violations, String path, int value, int min, int max) {
    if (value < min || value > max) {
      violations.add(
          path, "%d is out of range: choose a number from %d to %d".formatted(value, min, max));
    }
  }
}
