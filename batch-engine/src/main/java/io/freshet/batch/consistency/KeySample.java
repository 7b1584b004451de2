package io.freshet.batch.consistency;

import static org.apache.spark.sql.functions.crc32;
import static org.apache.spark.sql.functions.lit;

import java.util.zip.CRC32;
import org.apache.spark.sql.Column;

/**
 * The keys that are checked: those whose CRC-32 is a multiple of a number, the same ones each time.
 */
record KeySample(int oneIn) {
  boolean has(byte[] key) {
    CRC32 hash = new CRC32();
    hash.update(key);
    return hash.getValue() % oneIn == 0;
  }

  /** The same, in Spark. */
  Column has(Column key) {
    return crc32(key).mod(lit((long) oneIn)).equalTo(lit(0L));
  }
}
