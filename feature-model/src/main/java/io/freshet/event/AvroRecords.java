package io.freshet.event;

import io.freshet.avro.AvroSchemas;
import io.freshet.plan.AvroFormat;
import io.freshet.plan.AvroFormat.Encoding;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/** Reads messages as records of a source's schema, whatever schema they were written by. */
final class AvroRecords {
  /** Two marker bytes, then the fingerprint, little-endian. */
  private static final int HEADER_BYTES = 2 + Long.BYTES;

  private static final byte FIRST_MARKER = (byte) 0xC3;
  private static final byte SECOND_MARKER = 0x01;

  private final Encoding encoding;
  private final WrittenBy current;
  private final Map<Long, WrittenBy> byFingerprint = new HashMap<>();

  AvroRecords(AvroFormat format) {
    Schema schema = AvroSchemas.parse(format.schema());
    this.encoding = format.encoding();
    this.current = new WrittenBy(schema, null);
    byFingerprint.put(SchemaNormalization.parsingFingerprint64(schema), current);
    for (String json : format.earlierSchemas()) {
      Schema earlier = AvroSchemas.parse(json);
      byFingerprint.putIfAbsent(
          SchemaNormalization.parsingFingerprint64(earlier), new WrittenBy(earlier, schema));
    }
  }

  /**
   * @throws RefusedMessageException if the bytes are not one record of a known schema
   */
  GenericRecord read(byte[] message) {
    return encoding == Encoding.BINARY
        ? current.read(message, 0)
        : writerOf(message).read(message, HEADER_BYTES);
  }

  private WrittenBy writerOf(byte[] message) {
    if (message.length < HEADER_BYTES
        || message[0] != FIRST_MARKER
        || message[1] != SECOND_MARKER) {
      throw RefusedMessageException.malformed(
          "it has no header of Avro's single-object encoding (bytes C3 01)");
    }
    long fingerprint =
        ByteBuffer.wrap(message, 2, Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).getLong();
    WrittenBy writer = byFingerprint.get(fingerprint);
    if (writer == null) {
      throw RefusedMessageException.malformed(
          "its Avro schema, fingerprint %016x, is not the source's and none of its earlierSchemas"
              .formatted(fingerprint));
    }
    return writer;
  }

  /**
   * Reads what was written by one schema. What is resolved to another one is read by its own first:
   * only then every length in it is checked, for what the other does not have is skipped.
   */
  private static final class WrittenBy {
    private final String name;
    private final Utf8Reader plain;
    private final @Nullable Utf8Reader resolving;

    WrittenBy(Schema writer, @Nullable Schema readAs) {
      this.name = writer.getFullName();
      this.plain = new Utf8Reader(writer, writer);
      this.resolving = readAs == null ? null : new Utf8Reader(writer, readAs);
    }

    GenericRecord read(byte[] message, int offset) {
      try {
        GenericRecord record = read(plain, message, offset);
        return resolving == null ? record : read(resolving, message, offset);
      } catch (IOException
          | RuntimeException e) { // Avro throws many kinds at bytes it cannot read.
        throw RefusedMessageException.malformed(
            "not Avro of record %s, %s"
                .formatted(name, e.getMessage() == null ? "it ends too early" : e.getMessage()));
      }
    }

    private static GenericRecord read(Utf8Reader reader, byte[] message, int offset)
        throws IOException {
      BinaryDecoder decoder =
          DecoderFactory.get().binaryDecoder(message, offset, message.length - offset, null);
      GenericRecord record = reader.read(null, decoder);
      if (!decoder.isEnd()) {
        throw new IOException("data after the record");
      }
      return record;
    }
  }
}
